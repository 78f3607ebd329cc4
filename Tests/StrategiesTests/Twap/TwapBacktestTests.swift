import Configuration
import Quantities
import Runtime
import StrategyKit
import TestSupport
import Testing
import TradingCore
import TwapStrategy

/// Whole runs over recorded and synthetic markets: what came of the parent order, twice the same.
@Suite struct TwapBacktestTests {
    private func run(_ data: String, _ parameters: String, seed: Int = 1) throws -> RunOutcome {
        let text = """
            mode: backtest
            seed: \(seed)
            duration: 15m
            data: \(data)
            markets:
              - {name: BTCUSDT, base: BTC, quote: USDT, tick: 0.01, lot: 0.00001, minimum: 0.0001, taker_fee: 0.0005}
            balances: {BTC: 0, USDT: 1000000}
            strategies:
              - {strategy: twap, markets: [BTCUSDT], parameters: {\(parameters)}}
            simulation: {latency: {feed: 5ms, order: 10ms, response: 10ms, jitter: 2ms}, queue: pessimistic}
            journal: {tape: false, ledger: false}
            """
        let binding = StrategyBinding(Twap.self)
        let reading = try SessionConfiguration.read(
            text: text, name: "test", strategies: [binding.description])
        return try SessionRun(SessionParts(reading.configuration), console: SilentConsole())
            .perform([binding])
    }

    /// Runs twice, demands the same decisions, and returns the outcome.
    private func backtest(_ data: String, _ parameters: String, seed: Int = 1) throws -> RunOutcome {
        let first = try run(data, parameters, seed: seed)
        let second = try run(data, parameters, seed: seed)
        #expect(first.hash == second.hash)
        #expect(first.decisions == second.decisions)
        #expect(first.finished.map(\.note) == second.finished.map(\.note))
        #expect(first.counters.refusedByRisk == 0)
        #expect(first.rateViolations == 0)
        return first
    }

    @Test(.enabled(if: SharedData.isThere, "the recordings in ../shared/data/market are not there"))
    func `a recorded market fills the parent order by the end`() throws {
        let files = SharedData.binance("spot_btcusdt_20240808", "spot_btcusdt_20240809")
        let data = "{source: recording, files: [\(files.joined(separator: ", "))]}"
        let outcome = try backtest(data, "quantity: 2, duration: 10m")
        #expect(outcome.lines[0].position == Quantity(2))
        #expect(outcome.lines[0].makerFills > 0)
        #expect(outcome.lines[0].makerFills < outcome.lines[0].fills)
        #expect(try #require(outcome.finished.first).note.hasPrefix("bought 2 of 2 at "))
    }

    @Test(.enabled(if: SharedData.isThere, "the recordings in ../shared/data/market are not there"))
    func `a cap that is too low for the parent order leaves a remainder`() throws {
        let files = SharedData.binance("spot_btcusdt_20240808", "spot_btcusdt_20240809")
        let data = "{source: recording, files: [\(files.joined(separator: ", "))]}"
        let outcome = try backtest(data, "quantity: 10, duration: 10m, participation: 0.01, at_end: cross")
        #expect(outcome.lines[0].position > .zero)
        #expect(outcome.lines[0].position < Quantity(10))
        #expect(try #require(outcome.finished.first).note.contains(" left, the market went "))
    }

    @Test(arguments: [1, 2, 3])
    func `a synthetic market fills the parent order by the end`(seed: Int) throws {
        let data = "{source: synthetic, synthetic: {price: 60000, events_per_second: 40}}"
        let outcome = try backtest(data, "quantity: 2, duration: 10m", seed: seed)
        #expect(outcome.lines[0].position == Quantity(2))
        #expect(try #require(outcome.finished.first).note.hasPrefix("bought 2 of 2 at "))
    }
}
