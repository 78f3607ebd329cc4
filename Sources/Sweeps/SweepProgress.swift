/// How far a sweep is.
package struct SweepProgress: Sendable {
    /// Trials that have a result, reused ones included.
    package var finished = 0
    /// Trials whose results an earlier run has left.
    package var reused = 0
    /// Trials of all rounds, as far as they are known.
    package var total = 0
    /// The best trial or combination so far, and its objective.
    package private(set) var best: (point: Int, value: Double)?
    private var bestDivisor = Int.max

    init() {}

    /// Notes a result; one of a longer time counts more than any of a shorter.
    mutating func note(_ value: Double, point: Int, divisor: Int) {
        if let best {
            guard divisor < bestDivisor || (divisor == bestDivisor && value > best.value) else { return }
        }
        bestDivisor = divisor
        best = (point, value)
    }
}
