import Glibc
import Journal
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
            let child = try await recorder(of: venue)
            // Without more behind them, these come to the disk by themselves.
            let first = sent + 1
            sent = await Self.send(100, behind: sent, by: venue)
            try #require(ChildProcess.wait { trades(from: first).count == 100 })
            // Of these, some are on their way when the process ends.
            for _ in 0..<random.below(60) {
                sent = await Self.send(random.below(50), behind: sent, by: venue)
                usleep(UInt32(random.below(12_000)))
            }
            let written = trades(from: first).count
            child.send(SIGKILL)
            #expect(child.wait() == .signal(SIGKILL))

            let kept = trades(from: first)
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

    @Test func `a killed recorder loses what came within the age of a block, and the next tells since when`()
        async throws
    {
        let seed = FuzzSettings.seed(32)
        var random = SeededRandom(seed: seed)
        let venue = try await ScriptedBinance(["BTCUSDT"])
        // The name of the bound: how long records wait in memory.
        let age = SegmentSettings().blockAge
        var sent: UInt64 = 0
        var all: [UInt64] = []
        var lastTold: String?
        for round in 1...5 {
            let child = try await recorder(of: venue)
            if let lastTold {
                #expect(child.output.contains("was cut short; going on since \(lastTold)"))
            }
            let first = sent + 1
            let start = Self.now()
            let length = 1_500_000_000 + Int64(random.below(700)) * 1_000_000
            var lag: Int64 = 0
            var before = start
            while before < start + length {
                let pause = Int64(random.below(8)) * 1_000_000
                // So few that blocks are written for their age and not for their size.
                sent = await Self.send(1 + random.below(3), behind: sent, by: venue)
                usleep(UInt32(pause / 1_000))
                let now = Self.now()
                lag = max(lag, now - before - pause)
                before = now
            }
            let killed = Self.now()
            child.send(SIGKILL)
            #expect(child.wait() == .signal(SIGKILL))

            let kept = events(from: first)
            let numbers = kept.map(\.id.raw)
            #expect(numbers == Array((first...sent).prefix(kept.count)), "seed \(seed), round \(round)")
            let last = try #require(kept.last?.receivedAt)
            // Where other programs keep the processors, all is later by that.
            let slack = 300_000_000 + 2 * lag
            let lost = killed - last.nanoseconds
            #expect(lost <= age + slack, "seed \(seed), round \(round): \(lost / 1_000_000) ms")
            lastTold = "\(last)"
            all += numbers
            while await venue.enter({ $0.subscriptionCount }) > 0 { await Task.yield() }
        }
        let child = try await recorder(of: venue)
        child.send(SIGINT)
        #expect(child.wait() == .exit(128 + SIGINT))
        // Each once, whoever wrote them, and each time that is missing is told.
        #expect(trades(from: 1) == all)
        let inspected = Saying(["data", "inspect", "out"], in: scratch)
        #expect(inspected.output.contains(" 10 gaps, 5 cut short, "), "\(inspected)")
        let since = try #require(lastTold)
        #expect(inspected.output.contains("nothing was recorded since \(since)"), "\(inspected)")
    }

    /// Nanoseconds since 1970.
    private static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// A recorder of its own that has subscribed.
    private func recorder(of venue: ScriptedBinance) async throws -> ChildProcess {
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
        return child
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
    private func trades(from first: UInt64) -> [UInt64] { events(from: first).map(\.id.raw) }

    private func events(from first: UInt64) -> [Trade] {
        var trades: [Trade] = []
        guard var source = try? RecordingSource([scratch.file("out")]) else { return [] }
        while let event = try? source.next() {
            if case .trade(let trade) = event, trade.id.raw >= first { trades.append(trade) }
        }
        return trades
    }
}
