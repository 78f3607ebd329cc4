import Glibc

/// The standard normal distribution.
enum NormalDistribution {
    /// The share of the distribution at or below `x`.
    static func cumulative(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }

    /// Where a share of the distribution lies at or below; `share` is above 0 and below 1.
    ///
    /// Halves the interval that holds the answer until no `Double` is left between its ends: slow, exact to the
    /// last bits of `erfc`, and asked for twice in a sweep.
    static func quantile(_ share: Double) -> Double {
        precondition(share > 0 && share < 1, "a share is between 0 and 1")
        // The upper half mirrors the lower, where `erfc` keeps all its digits.
        if share > 0.5 { return -quantile(1 - share) }
        var (low, high) = (-40.0, 0.0)
        while true {
            let middle = low + (high - low) / 2
            if middle <= low || middle >= high { return middle }
            if cumulative(middle) < share { low = middle } else { high = middle }
        }
    }
}
