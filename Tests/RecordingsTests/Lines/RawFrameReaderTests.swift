import BinanceVenue
import Journal
import MarketModel
import Quantities
import Recordings
import TestSupport
import Testing

struct RawFrameReaderTests {
    let folder = ScratchFolder()

    static let lines = [
        Tape.line(0, Tape.ticker(90)), Tape.line(5, Tape.depth(95, 101, at: 4)),
        Tape.line(10, Tape.snapshot), Tape.line(20, Tape.trade(7, at: 18)),
        Tape.line(30, Tape.depth(102, 103, at: 29, bids: #"[["25.34","2.5"]]"#)),
        Tape.line(40, #"{"result":null,"id":1}"#), Tape.line(50, Tape.ticker(103)),
    ]

    @Test func `plain and compressed files, in one piece or several, give the same events`() throws {
        let plain = try Reading([folder.write(Self.lines, "plain.log")])
        let compressed = try Reading([folder.compress(Self.lines, "compressed.gz")])
        let parts = try Reading([
            folder.compress(Array(Self.lines[..<4]), "1.gz"),
            folder.write(Array(Self.lines[4...]), "2.log"),
        ])
        #expect(plain.events.count == 7)
        #expect(plain.errors.isEmpty)
        #expect(compressed.events == plain.events)
        #expect(parts.events == plain.events)
        #expect(parts.report == plain.report)
        #expect(plain.report.lines == 7)
        #expect(plain.report.frames.other == 1)
    }

    @Test func `a line that cannot be read is named and passed over`() throws {
        var lines = Self.lines
        lines.insert("nonsense", at: 1)
        lines.insert(Tape.line(11, #"{"stream":"x@trade","data":{"e":"trade"}}"#), at: 4)
        lines.insert("", at: 5)
        let path = folder.write(lines, "damaged.log")
        let reading = try Reading([path])
        #expect(reading.events == (try Reading([folder.write(Self.lines, "sound.log")])).events)
        #expect(reading.errors.count == 2)
        #expect(reading.errors[0] == .line(path: path, number: 2, fault: .noTime))
        guard case .line(path, 5, .frame(let error)) = reading.errors[1] else {
            Issue.record("\(reading.errors[1])")
            return
        }
        #expect(error.kind == .missingField)
        #expect(error.field == .transactionTime)
        #expect(reading.errors[1].description.hasPrefix("\(path):5: "))
    }

    @Test func `line numbers begin anew in every file`() throws {
        let first = folder.write(Array(Self.lines[..<3]), "1.log")
        let second = folder.write([Self.lines[3], "oops"], "2.log")
        #expect(
            try Reading([first, second]).errors == [
                .line(path: second, number: 2, fault: .noTime)
            ])
    }

    @Test func `time that goes backwards is an error of the line or is moved, as asked`() throws {
        let lines = [
            Tape.line(10, Tape.ticker(1)), Tape.line(9, Tape.ticker(2)),
            Tape.line(10, Tape.ticker(3)), Tape.line(8, Tape.ticker(4)),
        ]
        let path = folder.write(lines, "backwards.log")
        let strict = try Reading([path])
        #expect(
            strict.errors == [
                .line(path: path, number: 2, fault: .timeBackwards(by: .milliseconds(1))),
                .line(path: path, number: 4, fault: .timeBackwards(by: .milliseconds(2))),
            ])
        #expect(strict.events.count == 2)

        var options = RecordingOptions()
        options.timeOrder = .clamp
        let lenient = try Reading([path], options)
        #expect(lenient.errors.isEmpty)
        #expect(lenient.events.map(\.receivedAt) == Array(repeating: Tape.at(10), count: 4))
        #expect(lenient.report.clampedTimes == 2)
    }

    @Test func `files in the wrong order are noticed`() throws {
        let first = folder.write(Array(Self.lines[..<4]), "1.log")
        let second = folder.write(Array(Self.lines[4...]), "2.log")
        let reading = try Reading([second, first])
        #expect(reading.errors.count == 4)
        #expect(
            reading.errors[0]
                == .line(path: first, number: 1, fault: .timeBackwards(by: .milliseconds(50))))
    }

    @Test func `a compressed file cut anywhere gives the events before the cut, then the error`() throws {
        var random = SeededRandom(seed: 3)
        let lines = (0..<400).map { number in
            Tape.line(Int64(number), Tape.ticker(number, size: "\(random.below(100_000)).5"))
        }
        let bytes = ScratchFolder.read(folder.compress(lines, "whole.gz"))
        let whole = try Reading([folder.file("whole.gz")])
        #expect(whole.events.count == 400)
        var longest = 0
        for count in stride(from: bytes.count / 3, to: bytes.count, by: 97) {
            let path = folder.write(Array(bytes[..<count]), "cut.gz")
            let reading = try Reading([path])
            #expect(reading.errors.count == 1)
            guard case .lines(let error) = reading.errors[0] else {
                Issue.record("\(reading.errors)")
                return
            }
            #expect(error.reason == .truncated)
            #expect(error.line == reading.events.count + 1)
            #expect(reading.events[...] == whole.events[..<reading.events.count])
            #expect(reading.events.count >= longest)
            longest = reading.events.count
        }
        #expect(longest > 300)
    }

    @Test func `a recording without a snapshot has quotes and trades, and no book`() throws {
        let lines = Self.lines.filter { !$0.contains("lastUpdateId") }
        let reading = try Reading([folder.write(lines, "second-day.log")])
        #expect(reading.report.quotes == 2)
        #expect(reading.report.trades == 1)
        #expect(reading.report.levels == 0)
        #expect(reading.report.frames.keptDepths == 2)
        #expect(reading.report.frames.appliedKeptDepths == 0)
        #expect(reading.report.description.contains("2 depth frames had no snapshot to join"))
    }
}
