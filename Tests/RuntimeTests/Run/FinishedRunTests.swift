import Journal
import Quantities
import Runtime
import StrategyKit
import TestSupport
import Testing
import TradingCore

/// A run ends by itself when every strategy has ended and none of their orders lives.
@Suite struct FinishedRunTests {
    private static let finisher = "{strategy: finisher, markets: [BTCUSDT]}"
    private static let failing = "{strategy: failing, markets: [BTCUSDT]}"

    @Test(arguments: [nil, "1h"])
    func `a run ends when its strategy has finished`(duration: String?) throws {
        let outcome = try Sessions.run(Sessions.text(duration: duration, strategies: [Self.finisher]))
        #expect(outcome.ending == .finished)
        #expect(outcome.finished.map(\.note) == ["ten quotes were enough"])
        #expect(outcome.stopped.isEmpty)
        #expect(outcome.counters.placements == 1)
        #expect(outcome.counters.cancels == 1)
        #expect(outcome.marketTime < .minutes(1))
    }

    @Test func `the pace does not change what was decided`() throws {
        let fast = try Sessions.run(Sessions.text(duration: nil, strategies: [Self.finisher]))
        let text = Sessions.text(
            mode: "paper", duration: nil, pace: "1000", strategies: [Self.finisher])
        #expect(try Sessions.run(text).hash == fast.hash)
    }

    @Test func `a run ends when its last strategy has ended, finished or failed`() throws {
        let outcome = try Sessions.run(
            Sessions.text(duration: nil, strategies: [Self.finisher, Self.failing]))
        #expect(outcome.ending == .finished)
        #expect(outcome.finished.map(\.strategy) == ["finisher"])
        #expect(outcome.stopped.map(\.strategy) == ["failing"])
    }

    @Test func `the end of such a run is on the tape, and replays`() throws {
        let scratch = ScratchFolder()
        let outcome = try Sessions.run(
            Sessions.text(duration: nil, strategies: [Self.finisher], folder: scratch.path))
        let replay = try Sessions.replay(scratch.file("run-0001/session.tape"))
        #expect(replay.isComplete)
        #expect(replay.difference == nil)
        #expect(replay.hash == outcome.hash)
        let book = try LedgerReading(scratch.file("ledger.db"), run: 1)
        #expect(book.orders.map(\.state) == ["cancelled"])
    }
}
