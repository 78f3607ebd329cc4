import Configuration
import Explain
import MarketMakerStrategy
import Quantities
import Runtime
import StrategyKit
import TestSupport

/// A session of the embedded market, run and kept on a tape in a folder of its own.
struct ExplainedRun {
    static let bindings = [StrategyBinding(MarketMaker.self)]

    let scratch = ScratchFolder()
    let outcome: RunOutcome
    let session: RecordedSession

    /// - Parameter risk: a section of the configuration.
    init(duration: String = "2m", risk: String = "{}") throws {
        let text = """
            mode: backtest
            seed: 1
            duration: \(duration)
            data: {source: synthetic, synthetic: {price: 60000, events_per_second: 40}}
            markets:
              - {name: BTCUSDT, base: BTC, quote: USDT, tick: 0.01, lot: 0.00001, minimum: 0.0001,
                 maker_fee: 0, taker_fee: 0.0005}
            balances: {BTC: 1, USDT: 100000}
            strategies:
              - {strategy: market-maker, markets: [BTCUSDT]}
            risk: \(risk)
            simulation: {latency: {feed: 5ms, order: 10ms, response: 10ms, jitter: 2ms}}
            journal: {folder: \(scratch.path)}
            """
        let reading = try SessionConfiguration.read(
            text: text, name: "test", strategies: Self.bindings.map(\.description))
        outcome = try SessionRun(SessionParts(reading.configuration), console: SilentConsole())
            .perform(Self.bindings)
        session = try RecordedSession(tape: scratch.file("run-0001/session.tape"), Self.bindings)
    }

    func steps() throws -> [OrderStep] {
        var steps: [OrderStep] = []
        try session.follow { steps.append($0) }
        return steps
    }
}
