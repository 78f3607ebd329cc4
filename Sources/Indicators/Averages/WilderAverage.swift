/// Wilder's moving average: an exponential one with the weight `1 / period`.
///
/// Begins with the mean of the first `period` values, as Wilder and TA-Lib do. Constant cost, no window.
/// The base of `RSI` and `ATR`.
public struct WilderAverage: Indicator {
    public let period: Int
    @usableFromInline var taken = 0
    /// The sum of the first values, then the average.
    @usableFromInline var state = 0.0

    /// - Parameter period: 1 to 1,000,000; others trap.
    public init(period: Int) {
        IndicatorLimits.check(window: period)
        self.period = period
    }

    @inlinable public var value: Double? { taken == period ? state : nil }

    @inlinable
    public mutating func add(_ input: Double) {
        guard IndicatorLimits.accepts(input) else { return }
        if taken == period {
            state += (input - state) / Double(period)
            return
        }
        taken += 1
        state += input
        if taken == period { state /= Double(period) }
    }
}
