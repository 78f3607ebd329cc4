/// The weighted moving average: the newest of `period` values counts `period` times, the oldest once.
///
/// Begins when the window is full (TA-Lib and pandas agree). Constant cost: with each value all that are in the
/// window lose one weight, which is their plain sum. No drift: the weighted sum is begun anew as the
/// plain one is.
public struct WMA: Indicator {
    @usableFromInline var sum: RollingSum
    @usableFromInline var weighted = 0.0
    /// The weighted sum of what came since the window turned.
    @usableFromInline var fresh = 0.0
    @usableFromInline var freshCount = 0.0

    /// - Parameter period: 1 to 1,000,000; others trap.
    public init(period: Int) { sum = RollingSum(length: period) }

    @inlinable public var period: Int { sum.length }

    @inlinable public var value: Double? {
        let count = Double(sum.length)
        return sum.window.isFull ? weighted / (count * (count + 1) / 2) : nil
    }

    @inlinable
    public mutating func add(_ input: Double) {
        guard IndicatorLimits.accepts(input) else { return }
        if sum.window.isFull { weighted += Double(sum.length) * input - sum.sum }
        freshCount += 1
        fresh += freshCount * input
        sum.add(input)
        if sum.window.hasTurned {
            weighted = fresh
            fresh = 0
            freshCount = 0
        }
    }
}
