import Exchange
import Quantities

/// What becomes of what the simulated venue pushes: the faults of the venue itself, before the network has its own.
struct WorldFates: FrontFates {
    private let plan: SimulationPlan
    private let start: Instant
    private var dice: [SeededRandom]
    /// How often each kind has struck.
    private let counts: FaultCounts

    init(_ plan: SimulationPlan, start: Instant, counts: FaultCounts) {
        self.plan = plan
        self.start = start
        self.counts = counts
        let source = SeededRandom(seed: plan.seed)
        dice = FaultKind.allCases.map { source.stream(300 + UInt64($0.number)) }
    }

    mutating func fate(
        of kind: FrontKind, for session: FrontSessionID?, at now: Instant
    ) -> FrontFate {
        var fate = FrontFate()
        guard now < start + plan.duration, case .push(let family) = kind else { return fate }
        if family == .depth, plan.strikes(.depthFrozen, at: now - start) {
            counts.note(.depthFrozen)
            fate.copies = 0
            return fate
        }
        if strikes(.pushLost) { fate.copies = 0 }
        if strikes(.pushRepeated) { fate.copies = max(fate.copies, 1) + 1 }
        // What is delayed holds all behind it: longer than faults go on would be a fault after them.
        if strikes(.pushDelayed) {
            fate.delay = min(draw(.pushDelayed, .seconds(60)), start + plan.duration - now)
        }
        if strikes(.pushReordered) {
            fate.delay = draw(.pushReordered, .seconds(5))
            fate.keepsOrder = false
        }
        return fate
    }

    private mutating func strikes(_ kind: FaultKind) -> Bool {
        let strength = plan.strength(kind)
        guard strength > 0, dice[kind.number].chance(strength) else { return false }
        counts.note(kind)
        return true
    }

    private mutating func draw(_ kind: FaultKind, _ most: Interval) -> Interval {
        Interval(nanoseconds: Int64(dice[kind.number].below(Int(most.nanoseconds))))
    }
}

/// How often each kind of fault has struck; shared by the parts of one world, which is confined to one thread.
final class FaultCounts: @unchecked Sendable {
    private(set) var counts = Array(repeating: 0, count: FaultKind.allCases.count)

    func note(_ kind: FaultKind) { counts[kind.number] += 1 }
}
