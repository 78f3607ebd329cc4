import Journal
import Quantities
import Runtime
import StrategyKit
import TestSupport
import Testing
import TradingCore

@Suite struct RefusedOrderTests {
    @Test func `orders that cannot be are refused one by one and the strategy is told`() throws {
        let console = LineConsole()
        let outcome = try Sessions.run(
            Sessions.text(duration: "10s", strategies: ["{strategy: odd-orders, markets: [BTCUSDT]}"]),
            console: console)
        let prefix = "00:00:00.000 odd-orders: order "
        #expect(
            console.lines == [
                prefix + "1: price is not a multiple of the tick",
                prefix + "2: quantity is below the market's minimum",
                prefix + "3: quantity is not a multiple of the lot",
                prefix + "4: quantity is not positive",
                prefix + "5: price is not positive",
                prefix + "6: price times quantity is too large",
            ])
        #expect(outcome.counters.refusedByRisk == 6)
        // The seventh is far from the market and good.
        #expect(outcome.counters.placements == 1)
        #expect(outcome.ending == .finished)
        #expect(outcome.stopped.isEmpty)
    }

    @Test func `P20: ten thousand orders in one turn are bounded, and stop the strategy`() throws {
        let console = LineConsole()
        let outcome = try Sessions.run(
            Sessions.text(duration: "1m", strategies: ["{strategy: flooder, markets: [BTCUSDT]}"]),
            console: console)
        #expect(outcome.ending == .finished)
        #expect(console.lines.contains("00:00:00.000 flooder: 1024 taken"))
        #expect(
            console.lines.contains(
                "00:00:00.000 flooder: 8976 requests of one turn were dropped, they were too many"))
        #expect(
            console.lines.contains("00:00:00.000 flooder: stopped, too many of its orders were refused"))
        #expect(outcome.stopped.map(\.strategy) == ["flooder"])
        #expect(outcome.stopped.map(\.reason) == ["too many refused orders"])
        // 200 may live, one refusal too many stops it, and what lives is cancelled or never sent.
        #expect(outcome.counters.refusedByRisk > 100)
        #expect(outcome.counters.placements <= 200)
        #expect(outcome.counters.placements == outcome.counters.cancels)
        #expect(outcome.rateViolations == 0)
    }

    @Test func `a strategy that fails alone ends with its orders cancelled`() throws {
        let scratch = ScratchFolder()
        let outcome = try Sessions.run(
            Sessions.text(
                duration: "30s", strategies: ["{strategy: failing, markets: [BTCUSDT]}"],
                folder: scratch.path))
        #expect(outcome.stopped.map(\.reason) == ["the hundredth quote is too much"])
        #expect(outcome.counters.placements == 1)
        #expect(outcome.counters.cancels == 1)
        let book = try LedgerReading(scratch.file("ledger.db"), run: 1)
        #expect(book.orders.map(\.state) == ["cancelled"])
        #expect(try Sessions.replay(scratch.file("run-0001/session.tape")).hash == outcome.hash)
    }
}
