import Configuration
import EmaCrossStrategy
import MarketMakerStrategy
import Quantities
import Runtime
import StrategyKit

@testable import Sweeps

/// Sweeps as a command line asks for them, run in the test's own process.
enum Sweeping {
    static let bindings: [StrategyBinding] = [
        StrategyBinding(MarketMaker.self), StrategyBinding(EmaCross.self),
    ]

    static let cross =
        "{strategy: ema-cross, markets: [BTCUSDT], parameters: {fast: 5s, slow: 20s, threshold: 0.2}}"
    static let maker = "{strategy: market-maker, name: maker, markets: [BTCUSDT]}"
    static let synthetic = "{source: synthetic, synthetic: {price: 60000, events_per_second: 20}}"

    static func text(data: String, strategies: [String], duration: String? = nil) -> String {
        var lines = ["mode: backtest", "data: \(data)"]
        if let duration { lines.append("duration: \(duration)") }
        lines += [
            "markets:",
            "  - {name: BTCUSDT, base: BTC, quote: USDT, tick: 0.01, lot: 0.00001, minimum: 0.0001,"
                + " maker_fee: 0, taker_fee: 0.0001}",
            "balances: {BTC: 1, USDT: 100000}",
            "strategies:",
        ]
        lines += strategies.map { "  - \($0)" }
        return lines.joined(separator: "\n") + "\n"
    }

    static func configuration(
        data: String = synthetic, strategies: [String] = [cross], duration: String? = nil
    ) throws -> SessionConfiguration {
        try SessionConfiguration.read(
            text: text(data: data, strategies: strategies, duration: duration), name: "test",
            strategies: bindings.map(\.description)
        ).configuration
    }

    static func recording(_ file: String) -> String { "{source: recording, files: [\(file)]}" }

    static func space(_ texts: String..., strategies: [String] = [cross]) throws -> ParameterSpace {
        try ParameterSpace(texts, configuration(strategies: strategies).strategies)
    }

    /// A sweep of an ema-cross over a recording.
    static func request(
        _ file: String, _ sets: [String] = ["fast=1s..5s:1s", "threshold=0.1,0.3"], in folder: String
    ) throws -> SweepRequest {
        let configuration = try configuration(data: recording(file))
        return SweepRequest(
            configuration, try ParameterSpace(sets, configuration.strategies), folder: folder)
    }

    /// Runs a sweep to its end and writes its files.
    static func run(_ request: SweepRequest) throws -> SweepOutcome {
        guard let outcome = try Sweep(request, bindings).perform({ _ in true }) else {
            throw SweepError.request("the sweep was interrupted, which nobody asked for")
        }
        _ = try outcome.write()
        return outcome
    }
}
