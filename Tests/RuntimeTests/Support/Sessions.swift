import Configuration
import EmaCrossStrategy
import Journal
import MarketMakerStrategy
import Quantities
import Runtime
import StrategyKit

/// Sessions as their configuration describes them, run and replayed in the test's own process.
enum Sessions {
    static let bindings: [StrategyBinding] = [
        StrategyBinding(MarketMaker.self), StrategyBinding(EmaCross.self),
        StrategyBinding(Buyer.self), StrategyBinding(OddOrders.self), StrategyBinding(Flooder.self),
        StrategyBinding(Failing.self), StrategyBinding(Watcher.self), StrategyBinding(Diary.self),
        StrategyBinding(Finisher.self), StrategyBinding(SumBuyer.self),
    ]

    static let maker = "{strategy: market-maker, markets: [BTCUSDT]}"
    /// With averages that cross within minutes.
    static let cross =
        "{strategy: ema-cross, markets: [BTCUSDT], parameters: {fast: 5s, slow: 20s, threshold: 0.2}}"

    /// A configuration with one market, BTCUSDT, and no journal unless a folder is named.
    static func text(
        mode: String = "backtest", seed: Int = 1, duration: String? = "5m", pace: String = "max",
        data: String = "{source: synthetic, synthetic: {price: 60000, events_per_second: 40}}",
        strategies: [String] = ["{strategy: market-maker, markets: [BTCUSDT]}"],
        folder: String? = nil, takerFee: String = "0.0005"
    ) -> String {
        var lines = ["mode: \(mode)", "seed: \(seed)", "pace: \(pace)", "data: \(data)"]
        if let duration { lines.append("duration: \(duration)") }
        lines += [
            "markets:",
            "  - {name: BTCUSDT, base: BTC, quote: USDT, tick: 0.01, lot: 0.00001, minimum: 0.0001, "
                + "maker_fee: 0, taker_fee: \(takerFee)}",
            "balances: {BTC: 1, USDT: 100000}",
            "strategies:",
        ]
        lines += strategies.map { "  - \($0)" }
        lines.append("simulation: {latency: {feed: 5ms, order: 10ms, response: 10ms, jitter: 2ms}}")
        if let folder {
            lines.append("journal: {folder: \(folder)}")
        } else {
            lines.append("journal: {tape: false, ledger: false}")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    static func parts(_ text: String) throws -> SessionParts {
        let reading = try SessionConfiguration.read(
            text: text, name: "test", strategies: bindings.map(\.description))
        return SessionParts(reading.configuration)
    }

    static func run(
        _ text: String, console: any RunConsole = SilentConsole(),
        isInterrupted: @escaping () -> Bool = { false }
    ) throws -> RunOutcome {
        try SessionRun(try parts(text), console: console, isInterrupted: isInterrupted)
            .perform(bindings)
    }

    /// Replays a tape with the configuration that it carries.
    static func replay(_ tape: String) throws -> ReplayOutcome {
        guard let header = SessionTapeHeader(try TapeReader(path: tape).metadata) else {
            throw TapeError.notATape(path: tape)
        }
        return try SessionReplay(try parts(header.configuration), tape: tape).perform(bindings)
    }

    static func recording(_ files: String...) -> String {
        "{source: recording, files: [\(files.joined(separator: ", "))]}"
    }
}

/// Keeps what a run says.
final class LineConsole: RunConsole {
    private(set) var lines: [String] = []
    private(set) var statuses: [String] = []
    func line(_ text: String) { lines.append(text) }
    func status(_ text: String) { statuses.append(text) }
}
