import MarketModel
import Quantities
import Recordings
import Runtime
import Simulation
import StrategyKit
import TradingCore
import VenueKit

/// What a backtest decided, as a number that must not change when it becomes faster.
struct BacktestOutcome: Equatable {
    var decisions: Int
    var chain: String
    var fills: Int
}

/// One backtest over mapped records: engine, risk, pacing and a simulated venue, a millisecond away.
enum BacktestRun {
    static let market = MarketID(0)

    static var table: MarketTable {
        get throws {
            var table = MarketTable()
            let rules = MarketRules(
                tick: RecordFile.market.tick, lot: RecordFile.market.lot,
                minimumQuantity: try Quantity("0.0001"), makerFee: .zero, takerFee: try FeeRate("0.001"))
            table.add(
                RecordFile.market.name, base: RecordFile.market.base, quote: RecordFile.market.quote,
                rules: rules)
            return table
        }
    }

    /// So wide that pacing never holds anything back.
    static var limits: VenueLimits {
        let wide = RateLimit(requests: 10_000, window: .seconds(1))
        return VenueLimits(
            place: wide, cancel: wide, batch: wide, query: wide, total: wide, cancelReserve: 0, batchSize: 1)
    }

    static func session<S: StrategyCallbacks>(
        _ strategy: S, at start: Instant
    ) throws -> SimulatedSession<S, NoObserver> {
        let table = try table
        let desk = Desk(table: table, strategies: 1, seed: 1)
        let floor = TradingFloor(risk: [RiskRules(RiskLimits())], limits: limits, desk)
        let millisecond = LatencyModel(base: .milliseconds(1))
        var venue = SimulatedVenue(
            table: table, limits: limits,
            latency: VenueLatency(feed: millisecond, order: millisecond, response: millisecond),
            queue: .pessimistic, seed: 1)
        venue.deposit(Amount(1_000), AssetID(0), at: start)
        venue.deposit(Amount(100_000_000), AssetID(1), at: start)
        var session = SimulatedSession(
            engine: Engine(strategy: strategy, desk: desk, floor: floor), venue: venue,
            observer: NoObserver())
        session.start(at: start)
        return session
    }

    /// Runs over the whole file.
    ///
    /// Allocations are those of the second half: the first lets every buffer find its size.
    static func measure<S: StrategyCallbacks>(
        _ strategy: S, _ file: RecordFile
    ) throws -> (Measurement, BacktestOutcome) {
        let records = file.mapped.records
        let half = records.count / 2
        var session = try session(strategy, at: file.mapped.header.firstAt)
        var scales = [SyntheticRecords.scale]
        let measurement = scales.withUnsafeMutableBufferPointer { scales in
            let first = Measurement.of {
                session.run(.init(rebasing: records[..<half]), .init(scales))
            }
            var second = Measurement.of {
                session.run(.init(rebasing: records[half...]), .init(scales))
            }
            second.nanoseconds += first.nanoseconds
            return second
        }
        let outcome = BacktestOutcome(
            decisions: session.engine.floor.chain.count, chain: session.engine.floor.chain.text,
            fills: session.engine.floor.counters.fills)
        return (measurement, outcome)
    }
}
