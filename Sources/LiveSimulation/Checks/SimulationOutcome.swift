import Quantities

/// What came of one seed.
package struct SimulationOutcome: Sendable {
    package var plan: SimulationPlan
    package var violations: [SimulationViolation]
    package var counts: SimulationCounts
    /// How often each kind of fault struck.
    package var faults: [Int]
    /// Of the decisions.
    package var hash: String
    /// Of every byte that travelled, and when.
    package var trace: String
    /// How many entries the tape had after each of its writes, until the bot had stopped.
    package var writes: [Int]
    package var time: Interval
    /// The newest lines of what happened, oldest first.
    package var lines: [String]

    /// Runs a seed to its end.
    ///
    /// - Throws: what a strategy throws that does not want its parameters.
    package init(
        _ plan: SimulationPlan, _ strategies: [SimulatedStrategy], mutant: SimulatedMutant? = nil,
        linesMax: Int = 400
    ) throws {
        let world = try SimulatedWorld(plan, strategies, mutant: mutant, linesMax: linesMax)
        world.run()
        self.plan = plan
        violations = world.violations
        counts = world.counts
        faults = FaultKind.allCases.map(world.faultCount)
        hash = world.hash
        trace = world.trace.text
        writes = world.writes
        time = world.now - world.start
        lines = world.lines
    }

    package var isGood: Bool { violations.isEmpty }
}

/// Makes a failing plan smaller: fewer kinds of faults, and less time.
package enum Shrinking {
    /// The smallest plan that was found to fail, by the same rule.
    ///
    /// - Parameter outcome: one that has a violation.
    package static func shrink(
        _ outcome: SimulationOutcome, _ strategies: [SimulatedStrategy], mutant: SimulatedMutant? = nil
    ) throws -> SimulationOutcome {
        guard let rule = outcome.violations.first?.rule else { return outcome }
        var best = outcome
        for kind in outcome.plan.faults.kinds {
            var plan = best.plan
            plan.remove(kind)
            try attempt(plan, rule, strategies, mutant, &best)
        }
        while best.plan.duration > .seconds(10) {
            var plan = best.plan
            // Whole seconds, for the command that does it again.
            plan.duration = .seconds(Int64(plan.duration.seconds) * 3 / 4)
            guard try attempt(plan, rule, strategies, mutant, &best) else { break }
        }
        return best
    }

    @discardableResult
    private static func attempt(
        _ plan: SimulationPlan, _ rule: String, _ strategies: [SimulatedStrategy], _ mutant: SimulatedMutant?,
        _ best: inout SimulationOutcome
    ) throws -> Bool {
        let outcome = try SimulationOutcome(plan, strategies, mutant: mutant)
        guard outcome.violations.first?.rule == rule else { return false }
        best = outcome
        return true
    }
}
