import Quantities
import Recordings
import Runtime
import StrategyKit
import TestSupport
import Testing
import TradingCore

@testable import Runtime

@Suite struct RecordedMarketTests {
    private let scratch = ScratchFolder()

    private func run(
        _ files: String..., strategy: String = "watcher", duration: String? = nil,
        console: LineConsole = LineConsole()
    ) throws -> RunOutcome {
        let list = files.joined(separator: ", ")
        return try Sessions.run(
            Sessions.text(
                duration: duration, data: "{source: recording, files: [\(list)]}",
                strategies: ["{strategy: \(strategy), markets: [BTCUSDT]}"]), console: console)
    }

    /// The words of a line behind its time.
    private func texts(_ console: LineConsole) -> [String] {
        console.lines.map { String($0.drop { $0 != " " }.dropFirst()) }
    }

    @Test(arguments: ["1ms", "100ms", "1s", "1250ms", "7s", "19900ms", "1h"])
    func `a duration ends frames and records at the same event`(duration: String) throws {
        let frames = scratch.compress(Frames.walk(200), "walk.gz")
        let records = scratch.file("walk.rec")
        _ = try RecordingImporter.convert([frames], to: records)
        let decoded = try run(frames, strategy: "diary", duration: duration)
        let mapped = try run(records, strategy: "diary", duration: duration)
        #expect(decoded.events == mapped.events)
        #expect(decoded.marketTime == mapped.marketTime)
        #expect(decoded.hash == mapped.hash)
    }

    @Test func `a crossed quote is told, makes the market suspect, and the run goes on`() throws {
        let lines = [
            Frames.line(0, Frames.ticker(1, "60000.00", "60001.00")),
            Frames.line(100, Frames.ticker(2, "60002.00", "60001.00")),
            Frames.line(200, Frames.ticker(3, "60000.00", "60001.00")),
        ]
        let console = LineConsole()
        let outcome = try run(scratch.compress(lines, "crossed.gz"), console: console)
        #expect(outcome.ending == .finished)
        #expect(outcome.events == 3)
        #expect(
            texts(console) == [
                "watcher: book live",
                "BTCUSDT: a crossed or one-sided quote was dropped, not readable until the next good one",
                "watcher: book suspect",
                "watcher: book live",
            ])
    }

    @Test func `P10: updates that are missing make the book suspect until the next snapshot`() throws {
        let lines = [
            Frames.line(0, Frames.depth(99, 101, bids: #"[["59999.00","1.0"]]"#)),
            Frames.line(10, Frames.snapshot),
            Frames.line(20, Frames.depth(102, 103, bids: #"[["59998.00","1.0"]]"#)),
            Frames.line(30, Frames.depth(105, 106, bids: #"[["59997.00","1.0"]]"#)),
            Frames.line(40, Frames.depth(107, 108, bids: #"[["59996.00","1.0"]]"#)),
        ]
        let file = scratch.compress(lines, "gap.gz")
        let console = LineConsole()
        let outcome = try run(file, console: console)
        #expect(outcome.ending == .finished)
        #expect(texts(console) == ["watcher: book live", "watcher: book suspect"])

        let snapshot = Frames.snapshot.replacing("100", with: "108")
        let healed = scratch.compress(
            lines + [
                Frames.line(50, snapshot),
                Frames.line(60, Frames.depth(109, 110, bids: #"[["59996.00","2.0"]]"#)),
            ], "healed.gz")
        let second = LineConsole()
        _ = try run(healed, console: second)
        #expect(texts(second) == ["watcher: book live", "watcher: book suspect", "watcher: book live"])
    }

    @Test func `a line that goes back in time ends the run at its place`() throws {
        let lines = [
            Frames.line(100, Frames.ticker(1, "60000.00", "60001.00")),
            Frames.line(200, Frames.ticker(2, "60000.00", "60001.00")),
            Frames.line(150, Frames.ticker(3, "60000.00", "60001.00")),
        ]
        let file = scratch.compress(lines, "back.gz")
        let outcome = try run(file)
        #expect(
            outcome.ending
                == .failed(
                    .recording(
                        .line(path: file, number: 3, fault: .timeBackwards(by: .milliseconds(50))))))
        #expect(outcome.events == 2)
    }

    @Test func `a recording of another market is refused with what it has`() throws {
        let file = scratch.compress(
            [
                Frames.line(0, Frames.ticker(1, "2500.00", "2501.00")).replacing("BTCUSDT", with: "ETHUSDT"),
                Frames.line(1, Frames.ticker(1, "150.00", "151.00")).replacing("BTCUSDT", with: "SOLUSDT"),
            ], "other.gz")
        #expect(throws: RunError.marketNotRecorded("BTCUSDT", recorded: ["ETHUSDT", "SOLUSDT"])) {
            try run(file)
        }
    }

    @Test func `markets that are not traded are left out, and mapped files are used all the same`() throws {
        var lines = Frames.walk(100)
        for index in stride(from: 0, to: 100, by: 10) {
            lines.insert(
                lines[index].replacing("BTCUSDT", with: "ETHUSDT"), at: index)
        }
        let frames = scratch.compress(lines, "two.gz")
        let records = scratch.file("two.rec")
        _ = try RecordingImporter.convert([frames], to: records)
        let decoded = try run(frames, strategy: "buyer")
        let mapped = try run(records, strategy: "buyer")
        #expect(decoded.events == 100)
        #expect(mapped.events == 100)
        #expect(decoded.hash == mapped.hash)
        #expect(decoded.decisions == 1)
    }
}
