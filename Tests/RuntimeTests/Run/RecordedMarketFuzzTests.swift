import Quantities
import Recordings
import Runtime
import TestSupport
import Testing

@testable import Runtime

/// Recordings that no market would write: numbers of any size, crossed and empty quotes, books in pieces.
@Suite struct RecordedMarketFuzzTests {
    @Test func `any numbers in a recording end in a summary, the same for frames and records`() throws {
        let seed = FuzzSettings.seed(1)
        let cases = FuzzSettings.cases(40)
        var compared = 0
        for number in 0..<cases {
            let scratch = ScratchFolder()
            var random = SeededRandom(seed: seed &+ UInt64(number))
            var frames = Frames.walk(20)
            for index in 0..<40 { frames.append(frame(index, &random)) }
            let file = scratch.compress(frames, "wild.gz")
            let records = scratch.file("wild.rec")
            let decoded = try run(file, folder: scratch.path)
            let replay = try Sessions.replay(scratch.file("run-0001/session.tape"))
            #expect(replay.hash == decoded.hash, "seed \(seed), case \(number)")
            #expect(replay.isComplete)
            // What does not fit a record file, or cannot be read at all, is told by both.
            guard (try? RecordingImporter.convert([file], to: records)) != nil else { continue }
            compared += 1
            let mapped = try run(records)
            #expect(decoded.hash == mapped.hash, "seed \(seed), case \(number)")
            #expect(decoded.lines == mapped.lines, "seed \(seed), case \(number)")
        }
        #expect(compared > cases / 3)
    }

    private func run(_ file: String, folder: String? = nil) throws -> RunOutcome {
        try Sessions.run(
            Sessions.text(
                duration: nil, data: Sessions.recording(file),
                strategies: [
                    Sessions.maker, Sessions.cross, "{strategy: buyer, markets: [BTCUSDT]}",
                ], folder: folder))
    }

    private func frame(_ index: Int, _ random: inout SeededRandom) -> String {
        let time = 2_000 + Int64(index) * 150
        let (first, second) = (digits(&random), digits(&random))
        switch random.next() % 5 {
        case 0: return Frames.line(time, Frames.ticker(100 + index, first, second))
        case 1: return Frames.line(time, Frames.trade(index + 1, first, at: time))
        case 2:
            return Frames.line(
                time, Frames.depth(100 + index, 101 + index, bids: "[[\"\(first)\",\"\(second)\"]]"))
        case 3: return Frames.line(time, Frames.snapshot)
        default: return Frames.line(time, Frames.ticker(100 + index, "60000.00", "60000.01"))
        }
    }

    /// A number with up to 22 digits in front of the point, often an everyday one.
    private func digits(_ random: inout SeededRandom) -> String {
        if random.next() % 3 == 0 { return "60000.5" }
        let count = random.next() % 200 == 0 ? random.next() % 22 : random.next() % 15
        var text = random.next() % 4 == 0 ? "0" : "\(1 + random.next() % 9)"
        for _ in 0..<count { text += "\(random.next() % 10)" }
        return text + ".\(random.next() % 100)"
    }
}
