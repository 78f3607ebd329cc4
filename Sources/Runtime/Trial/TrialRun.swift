import Configuration
import MarketModel
import Quantities
import Recordings
import Simulation
import StrategyKit
import TradingCore

/// One backtest of many: as `SessionRun`, but over data that others share, without tape, ledger or console.
///
/// Over the whole of the data it decides what `SessionRun` decides, with the same hash. Between blocks it looks
/// whether it is still wanted, and how the profit stands; neither can change a decision.
public final class TrialRun {
    @usableFromInline let parts: SessionParts
    private let records: TrialRecords?
    private let window: TrialWindow
    private let isUnwanted: () -> Bool
    private var outcome = TrialOutcome()

    /// - Parameters:
    ///   - records: nil for synthetic markets, which the session makes from its seed.
    ///   - isUnwanted: asked between blocks; true gives the trial up.
    package init(
        _ parts: SessionParts, _ records: TrialRecords?, _ window: TrialWindow,
        isUnwanted: @escaping () -> Bool = { false }
    ) {
        self.parts = parts
        self.records = records
        self.window = window
        self.isUnwanted = isUnwanted
    }

    /// Runs all strategies of the configuration; nil when the trial was given up. Throws when a strategy cannot
    /// be made with its parameters.
    package func perform(_ bindings: [StrategyBinding]) throws -> TrialOutcome? {
        let selections = parts.configuration.strategies
        guard selections.count == 1 else { return try perform(parts.makeEnsemble(bindings)) }
        let binding = try parts.binding(selections[0], bindings)
        return try binding.tryAlone(self, selections[0].parameters, parts.setup(selections[0]))
    }

    @inlinable
    package func perform<S: StrategyCallbacks>(_ strategy: S) throws -> TrialOutcome? {
        let engine = parts.makeEngine(strategy)
        let venue = try parts.makeVenue(at: start)
        var session = SimulatedSession(engine: engine, venue: venue, observer: NoObserver())
        warm(&session.engine.desk)
        session.start(at: start)
        for block in 0..<blockCount {
            var count = 0
            if let chunk = chunk(block) {
                scales.withUnsafeBufferPointer { session.run(chunk, $0) }
                count = chunk.count
            } else {
                count = session.runMarkets(to: end(block))
            }
            guard goesOn(session.engine.desk, session.engine.floor, after: count) else { return nil }
        }
        session.stop(at: end)
        return conclude(session.engine.desk, session.engine.floor)
    }

    @usableFromInline var start: Instant { window.start }
    @usableFromInline var end: Instant { window.end }
    @usableFromInline var blockCount: Int { window.blockTimes.count }
    @usableFromInline func end(_ block: Int) -> Instant { window.blockTimes[block] }
    @usableFromInline var scales: [RecordScale] { records?.scales ?? [] }

    /// The records of a block; nil for synthetic markets.
    @usableFromInline func chunk(_ block: Int) -> UnsafeBufferPointer<MarketRecord>? {
        guard let records else { return nil }
        let first = block == 0 ? window.first : window.blockEnds[block - 1]
        return UnsafeBufferPointer(rebasing: records.records[first..<window.blockEnds[block]])
    }

    /// Shows the desk the markets as they stood when the window begins.
    @usableFromInline func warm(_ desk: inout Desk) {
        for index in window.states.indices { desk.states[index] = window.states[index] }
    }

    /// Notes the profit of this moment; false when the trial is given up.
    @usableFromInline
    func goesOn(_ desk: borrowing Desk, _ floor: borrowing TradingFloor, after events: Int) -> Bool {
        outcome.events += events
        outcome.equity.append(profit(desk, floor))
        return !isUnwanted()
    }

    @usableFromInline
    func conclude(_ desk: borrowing Desk, _ floor: borrowing TradingFloor) -> TrialOutcome {
        let profit = profit(desk, floor)
        outcome.profit = profit
        outcome.equity[outcome.equity.count - 1] = profit
        outcome.drawdown = floor.risk.elements.reduce(.zero) { max($0, $1.ladder.drawdownMax) }
        for index in desk.positions.indices {
            let market = MarketID(index % desk.table.markets.count)
            let strategy = StrategyID(index / desk.table.markets.count)
            guard let position = try? desk.valuation(of: strategy, in: market).position else { continue }
            outcome.fees = outcome.fees + position.fees
            outcome.turnover = outcome.turnover + position.turnover
            outcome.fills += position.fillCount
            outcome.makerFills += position.makerFillCount
        }
        outcome.orders = floor.counters.placements
        outcome.cancels = floor.counters.cancels
        outcome.refusedByRisk = floor.counters.refusedByRisk
        outcome.refusedByVenue = floor.counters.refusedByVenue
        outcome.decisions = floor.chain.count
        outcome.hash = floor.chain.text
        outcome.stopped = stopped(desk)
        return outcome
    }

    /// The profit of all strategies; one whose figures overflow counts as it stood last.
    private func profit(_ desk: borrowing Desk, _ floor: borrowing TradingFloor) -> Notional {
        do throws(ArithmeticError) {
            var sum = Notional.zero
            for index in desk.statuses.indices {
                sum = try sum.adding(floor.profit(of: StrategyID(index), desk))
            }
            return sum
        } catch {
            return outcome.equity.last ?? .zero
        }
    }

    private func stopped(_ desk: borrowing Desk) -> String {
        for index in desk.statuses.indices {
            switch desk.statuses[index] {
            case .running, .finished: continue
            case .stopped(let reason), .failed(let reason):
                return "\(parts.configuration.strategies[index].label): \(reason)"
            }
        }
        return ""
    }
}
