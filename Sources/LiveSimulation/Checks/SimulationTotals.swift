import Quantities

/// What came of many seeds.
package struct SimulationTotals: Sendable {
    package private(set) var seeds = 0
    package private(set) var time = Interval.zero
    package private(set) var counts = SimulationCounts()
    /// How often each kind of fault struck.
    package private(set) var faults = Array(repeating: 0, count: FaultKind.allCases.count)
    /// In ascending order.
    package private(set) var failed: [UInt64] = []

    package init() {}

    package mutating func add(_ outcome: SimulationOutcome) {
        seeds += 1
        time = time + outcome.time
        counts.add(outcome.counts)
        for index in faults.indices { faults[index] += outcome.faults[index] }
        if !outcome.isGood { failed.append(outcome.plan.seed) }
    }

    package mutating func add(_ other: SimulationTotals) {
        seeds += other.seeds
        time = time + other.time
        counts.add(other.counts)
        for index in faults.indices { faults[index] += other.faults[index] }
        failed = (failed + other.failed).sorted()
    }

    /// What there is to say of them.
    package var lines: [String] {
        let struck = FaultKind.allCases.map { "\($0.rawValue) \(faults[$0.number])" }
        return [
            "\(seeds) seeds, \(Double(Int(time.seconds / 360)) / 10) simulated hours, \(counts.orders) orders, "
                + "\(counts.fills) fills, \(counts.requests) requests, \(counts.messages) messages, "
                + "\(counts.restarts) restarts, \(counts.residues) alerts of balances, "
                + "\(counts.missedTrades) of \(counts.trades) trades missed",
            "faults: " + struck.joined(separator: ", "),
            failed.isEmpty ? "no violations" : "violations in \(failed.count): \(failed)",
        ]
    }
}

extension SimulationCounts {
    mutating func add(_ other: SimulationCounts) {
        steps += other.steps
        requests += other.requests
        messages += other.messages
        orders += other.orders
        fills += other.fills
        restarts += other.restarts
        residues += other.residues
        excesses += other.excesses
        malformed += other.malformed
        uncertain += other.uncertain
        placements += other.placements
        cancels += other.cancels
        trades += other.trades
        missedTrades += other.missedTrades
    }
}

extension SimulationOutcome {
    /// One line about the seed, and one for each violation.
    package var summary: String {
        let struck = plan.faults.kinds.map { "\($0.rawValue) \(faults[$0.number])" }
        return "seed \(plan.seed): \(Int(time.seconds)) s, \(counts.orders) orders, \(counts.fills) fills, "
            + "\(counts.restarts) restarts, hash \(hash), trace \(trace); \(struck.joined(separator: ", "))"
            + violations.map { "\n  \($0)" }.joined()
    }
}

extension SimulationPlan {
    /// The kinds of faults that another plan has and this one does not, as options name them.
    package func missingFaults(drawn other: SimulationPlan) -> String {
        other.faults.kinds.filter { !faults.contains($0) }.map(\.rawValue).joined(separator: ",")
    }
}
