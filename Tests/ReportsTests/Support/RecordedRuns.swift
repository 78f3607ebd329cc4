import Configuration
import EmaCrossStrategy
import Foundation
import MarketMakerStrategy
import Quantities
import Reports
import Runtime
import StrategyKit

/// A folder of runs, made once and shared by tests that only read: a market maker, three strategies in two
/// markets, and a run without a fill.
enum RecordedRuns {
    static let journal: String = {
        let folder = FileManager.default.temporaryDirectory.appending(path: "martlet-reports-\(getpid())")
        atexit {
            try? FileManager.default.removeItem(
                at: FileManager.default.temporaryDirectory.appending(path: "martlet-reports-\(getpid())"))
        }
        return folder.path
    }()

    private static let made: Result<Void, any Error> = Result {
        for text in [text(), portfolio, text(duration: "20s", strategy: "ema-cross")] { _ = try run(text) }
    }

    /// `run-0001` (market maker), `run-0002` (portfolio), `run-0003` (no fills).
    static func place(_ name: String) throws -> RunPlace {
        try made.get()
        return try RunPlace(finding: journal + "/" + name)
    }

    static func report(_ name: String) throws -> RunReport { try RunReport(place(name)) }

    static func run(_ text: String) throws -> RunOutcome {
        let bindings = [StrategyBinding(MarketMaker.self), StrategyBinding(EmaCross.self)]
        let reading = try SessionConfiguration.read(
            text: text, name: "test", strategies: bindings.map(\.description))
        return try SessionRun(SessionParts(reading.configuration), console: SilentConsole()).perform(bindings)
    }

    static func text(
        duration: String = "4m", strategy: String = "market-maker",
        folder: String = journal
    ) -> String {
        """
        mode: backtest
        seed: 1
        duration: \(duration)
        data: {source: synthetic, synthetic: {price: 60000, events_per_second: 40, volatility: 0.6}}
        markets:
          - {name: BTCUSDT, base: BTC, quote: USDT, tick: 0.01, lot: 0.00001, minimum: 0.0001, maker_fee: 0, taker_fee: 0.0005}
        balances: {BTC: 1, USDT: 100000}
        strategies:
          - {strategy: \(strategy), markets: [BTCUSDT]}
        journal: {folder: \(folder), tape: false}
        """
    }

    private static let portfolio = """
        mode: backtest
        seed: 1
        duration: 4m
        data: {source: synthetic, synthetic: {price: 60000, events_per_second: 40, volatility: 0.6}}
        markets:
          - {name: BTCUSDT, base: BTC, quote: USDT, tick: 0.01, lot: 0.00001, minimum: 0.0001, maker_fee: 0, taker_fee: 0.0005}
          - {name: ETHUSDT, base: ETH, quote: USDT, tick: 0.01, lot: 0.0001, minimum: 0.001, maker_fee: -0.0001}
        balances: {BTC: 1, ETH: 2, USDT: 100000}
        strategies:
          - {strategy: market-maker, name: maker-btc, markets: [BTCUSDT]}
          - {strategy: market-maker, name: maker-eth, markets: [ETHUSDT], parameters: {order_size: 0.1, max_inventory: 0.5}}
          - {strategy: ema-cross, name: trend, markets: [BTCUSDT], parameters: {fast: 5s, slow: 20s, threshold: 0.2}}
        journal: {folder: \(journal), tape: false}
        """
}

/// A folder of its own for one test, removed with everything in it.
final class Scratch {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(
            path: "martlet-report-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { path + "/" + name }

    static func read(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    static func names(in path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    }
}
