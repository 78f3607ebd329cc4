import Glibc
import MarketModel
import Quantities
import Recordings
import ScriptedVenue
import TestSupport
import Testing

/// Recorders as processes of their own that are killed: what they had written is there, and what is lost is told.
@Suite(.ownThread, .timeLimit(.minutes(3)))
struct RecordKillTests {
    private let scratch = ScratchFolder()
    private static let stream = "btcusdt@trade"

    @Test func `what a killed recorder had written is there, and that it was cut short is told`()
        async throws
    {
        let seed = FuzzSettings.seed(31)
        var random = SeededRandom(seed: seed)
        let venue = try await ScriptedBinance(["BTCUSDT"])
        var sent: UInt64 = 0
        for round in 1...5 {
            let child = ChildProcess(
                BuiltPrograms.martlet,
                [
                    "record", "--venue", "binance", "--streams", Self.stream, "--socket", venue.socketURL,
                    "--rest", venue.restURL, "out",
                ], in: scratch)
            while await venue.enter({ $0.subscriptionCount }) == 0 {
                try #require(!child.hasEnded, "\(child.errors)")
                await Task.yield()
            }
            // Without more behind them, these come to the disk by themselves.
            let first = sent + 1
            sent = await Self.send(100, behind: sent, by: venue)
            try #require(ChildProcess.wait { Self.trades(scratch, from: first).count == 100 })
            // Of these, some are on their way when the process ends.
            for _ in 0..<random.below(60) {
                sent = await Self.send(random.below(50), behind: sent, by: venue)
                usleep(UInt32(random.below(12_000)))
            }
            let written = Self.trades(scratch, from: first).count
            child.send(SIGKILL)
            #expect(child.wait() == .signal(SIGKILL))

            let kept = Self.trades(scratch, from: first)
            #expect(kept.count >= written, "seed \(seed), round \(round)")
            #expect(kept == Array((first...sent).prefix(kept.count)), "seed \(seed), round \(round)")
            let inspected = Saying(["data", "inspect", "out"], in: scratch)
            #expect(inspected.ending == .exit(0))
            // The time between two recorders is a gap of its own.
            #expect(inspected.output.contains(" \(round * 2 - 1) gaps, \(round) cut short, "), "\(inspected)")
            let validated = Saying(["data", "validate", "out"], in: scratch)
            #expect(validated.ending == .exit(65))
            #expect(validated.errors.contains("the recorder was cut short in "), "\(validated.errors)")
            if round > 1 {
                #expect(child.output.contains(" was cut short; going on since "), "\(child.output)")
            }
            while await venue.enter({ $0.subscriptionCount }) > 0 { await Task.yield() }
        }
    }

    /// Sends trades with numbers that go on; the number of the last.
    private static func send(_ count: Int, behind last: UInt64, by venue: ScriptedBinance) async -> UInt64 {
        await venue.enter { floor in
            for number in last..<last + UInt64(count) {
                floor.publish(
                    stream,
                    #"{"e":"trade","E":1700000000000,"s":"BTCUSDT","t":\#(number + 1),"p":"50000.00","#
                        + #""q":"0.001","T":1700000000000,"m":true,"M":true}"#)
            }
        }
        return last + UInt64(count)
    }

    /// The numbers of the trades that the capture holds, from one on.
    private static func trades(_ scratch: ScratchFolder, from first: UInt64) -> [UInt64] {
        var numbers: [UInt64] = []
        guard var source = try? RecordingSource([scratch.file("out")]) else { return [] }
        while let event = try? source.next() {
            if case .trade(let trade) = event, trade.id.raw >= first { numbers.append(trade.id.raw) }
        }
        return numbers
    }
}
