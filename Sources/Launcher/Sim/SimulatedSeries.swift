import Configuration
import LiveSimulation
import Locks
import Quantities
import Runtime
import StrategyKit
import Sweeps

/// What all seeds of a simulation have in common.
struct SimulatedSeries: Sendable {
    var strategies: [SimulatedStrategy]
    var duration: Interval?
    /// When faults stop, whatever was drawn for later.
    var cut: Interval?
    var excluded: FaultSet
    /// The words that begin the command of one seed.
    var command: String

    func outcome(_ seed: UInt64, linesMax: Int) throws -> SimulationOutcome {
        return try SimulationOutcome(plan(seed), strategies, linesMax: linesMax)
    }

    private func plan(_ seed: UInt64) -> SimulationPlan {
        var plan = SimulationPlan(seed: seed, duration: duration, without: excluded)
        if let cut { plan.duration = min(plan.duration, cut) }
        return plan
    }

    /// The command that does this again.
    func command(_ plan: SimulationPlan) -> String {
        var words = "\(command) --seed \(plan.seed)"
        let drawn = SimulationPlan(seed: plan.seed, duration: duration)
        if let duration { words += " --duration \(duration.nanoseconds / 1_000_000)ms" }
        if plan.duration < drawn.duration { words += " --cut \(plan.duration.nanoseconds / 1_000_000)ms" }
        let missing = plan.missingFaults(drawn: drawn)
        if !missing.isEmpty { words += " --without \(missing)" }
        return words
    }
}

/// The strategies of a configuration, at the simulated venue.
struct SimulatedSelection {
    private let selections: [StrategySelection]
    private let bindings: [StrategyBinding]
    /// The name of each market at the simulated venue.
    private var markets: [String: String] = [:]

    init(_ configuration: SessionConfiguration, _ bindings: [StrategyBinding]) throws(UsageError) {
        selections = configuration.strategies
        self.bindings = bindings
        let names = SimulatedMarkets.names
        guard configuration.markets.count <= names.count else {
            throw UsageError(
                "\(configuration.markets.count) markets: the simulated venue has \(names.count)")
        }
        for (market, name) in zip(configuration.markets, names) { markets[market.name] = name }
    }

    func strategies(quotes: Bool) throws(UsageError) -> [SimulatedStrategy] {
        var strategies: [SimulatedStrategy] = []
        for selection in selections {
            guard let binding = bindings.first(where: { $0.description.name == selection.strategy }) else {
                throw UsageError("the strategy '\(selection.strategy)' is not in this program")
            }
            strategies.append(
                SimulatedStrategy(
                    selection.label, markets: selection.markets.compactMap { markets[$0] }, quotes: quotes
                ) { try binding.make(selection.parameters, $0) })
        }
        return strategies
    }
}

/// Seeds that are simulated by several threads.
final class SeedWork: Sendable {
    private struct State {
        var next: UInt64
        var total = SimulationTotals()
        var failure: (any Error)?
        var isOver = false
    }

    private let seeds: Range<UInt64>
    private let series: SimulatedSeries
    private let state: Lock<State>

    init(_ seeds: Range<UInt64>, _ series: SimulatedSeries) {
        self.seeds = seeds
        self.series = series
        state = Lock(State(next: seeds.lowerBound))
    }

    /// What kept a seed from being simulated.
    var failure: (any Error)? { state.withLock { $0.failure } }

    /// Simulates all.
    ///
    /// - Parameter each: is told of every seed, one at a time; no more are begun once it says false.
    func perform(
        jobs: Int, each: @escaping @Sendable (SimulationOutcome, SimulationTotals) -> Bool
    ) -> SimulationTotals {
        WorkerThreads(jobs) { self.work(each) }.join()
        return state.withLock { $0.total }
    }

    private func work(_ each: @Sendable (SimulationOutcome, SimulationTotals) -> Bool) {
        while let seed = takeSeed() {
            do {
                let outcome = try series.outcome(seed, linesMax: 0)
                state.withLock { state in
                    state.total.add(outcome)
                    if !each(outcome, state.total) { state.isOver = true }
                }
            } catch {
                state.withLock { state in
                    state.failure = state.failure ?? error
                    state.isOver = true
                }
            }
        }
    }

    private func takeSeed() -> UInt64? {
        state.withLock { state in
            guard !state.isOver, state.next < seeds.upperBound else { return nil }
            defer { state.next += 1 }
            return state.next
        }
    }
}
