import Quantities
import Runtime
import TestSupport
import Testing
import TradingCore

@Suite struct SyntheticRunTests {
    @Test(arguments: [Sessions.maker, Sessions.cross])
    func `the same seed gives the same decisions, another seed gives others`(strategy: String) throws {
        func run(seed: Int) throws -> RunOutcome {
            try Sessions.run(
                Sessions.text(
                    seed: seed, duration: "5m", strategies: [strategy]))
        }
        let first = try run(seed: 1)
        let again = try run(seed: 1)
        let other = try run(seed: 2)
        #expect(first.decisions > 0)
        #expect(first.hash == again.hash)
        #expect(first.decisions == again.decisions)
        #expect(first.lines == again.lines)
        #expect(first.hash != other.hash)
    }

    @Test func `the pace of paper trading does not change a decision`() throws {
        let fast = try Sessions.run(Sessions.text(mode: "paper", duration: "60s", pace: "max"))
        let paced = try Sessions.run(Sessions.text(mode: "paper", duration: "60s", pace: "300"))
        #expect(fast.decisions > 0)
        #expect(paced.hash == fast.hash)
        #expect(paced.decisions == fast.decisions)
        #expect(paced.wallTime >= .milliseconds(150), "a minute at 300 seconds per second takes 200 ms")
    }

    @Test func `what is written down does not change a decision`() throws {
        let scratch = ScratchFolder()
        let bare = try Sessions.run(Sessions.text())
        let written = try Sessions.run(Sessions.text(folder: scratch.file("runs")))
        #expect(bare.hash == written.hash)
        #expect(bare.folder == nil)
        #expect(written.folder == scratch.file("runs/run-0001"))
    }

    @Test func `an interruption ends the run in good order`() throws {
        let scratch = ScratchFolder()
        var looks = 0
        let outcome = try Sessions.run(Sessions.text(folder: scratch.path)) {
            looks += 1
            return looks > 60
        }
        #expect(outcome.ending == .interrupted)
        #expect(outcome.marketTime < .minutes(2))
        let replay = try Sessions.replay(scratch.file("run-0001/session.tape"))
        #expect(replay.isComplete)
        #expect(replay.hash == outcome.hash)
    }

    @Test func `orders that are open at the end are cancelled`() throws {
        let outcome = try Sessions.run(
            Sessions.text(duration: "40s", strategies: ["{strategy: odd-orders, markets: [BTCUSDT]}"]))
        #expect(outcome.counters.placements == outcome.counters.cancels)
    }

    @Test func `the status tells the time, the market and how far the run has come`() throws {
        let console = LineConsole()
        _ = try Sessions.run(Sessions.text(mode: "paper", duration: "10s"), console: console)
        let status = try #require(console.statuses.last)
        #expect(status.hasPrefix("00:00:10  100 %  BTCUSDT "))
        #expect(status.contains("  profit 0.00  orders "))
    }
}
