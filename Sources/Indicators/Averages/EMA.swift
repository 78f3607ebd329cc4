/// The exponential moving average with the weight `2 / (period + 1)` for the newest value.
///
/// Begins with the mean of the first `period` values, as TA-Lib does; pandas begins with the first value and
/// shows figures that still depend on it. Constant cost, no window; an error fades as values do.
public struct EMA: Indicator {
    public let period: Int
    @usableFromInline let weight: Double
    /// Values that are passed over before the first that counts.
    @usableFromInline let skipped: Int
    @usableFromInline var taken = 0
    /// The sum of the first values, then the average.
    @usableFromInline var state = 0.0

    /// - Parameter period: 1 to 1,000,000; others trap.
    public init(period: Int) { self.init(period: period, skipping: 0) }

    @usableFromInline
    init(period: Int, skipping skipped: Int) {
        IndicatorLimits.check(window: period)
        self.period = period
        self.skipped = skipped
        weight = 2 / (Double(period) + 1)
    }

    @inlinable public var value: Double? { taken >= skipped + period ? state : nil }

    @inlinable
    public mutating func add(_ input: Double) {
        guard IndicatorLimits.accepts(input) else { return }
        if taken >= skipped + period {
            state += (input - state) * weight
            return
        }
        taken += 1
        guard taken > skipped else { return }
        state += input
        if taken == skipped + period { state /= Double(period) }
    }
}
