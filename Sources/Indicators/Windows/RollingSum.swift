/// The sum of the newest values of a series.
///
/// Nil until the window is full. Constant cost. It does not drift, see `Indicator`; after an outlier has
/// left, digits that it has cost come back within one turn of the window.
public struct RollingSum: Indicator {
    @usableFromInline var window: RollingWindow<Double>
    @usableFromInline var sum = 0.0
    /// The sum of what came since the window turned.
    @usableFromInline var fresh = 0.0

    /// - Parameter length: how many values are added up, 1 to 1,000,000; others trap.
    public init(length: Int) { window = RollingWindow(length: length, blank: 0) }

    @inlinable public var length: Int { window.length }
    @inlinable public var value: Double? { window.isFull ? sum : nil }

    @inlinable
    public mutating func add(_ input: Double) {
        guard IndicatorLimits.accepts(input) else { return }
        sum -= window.push(input) ?? 0
        sum += input
        fresh += input
        if window.hasTurned {
            sum = fresh
            fresh = 0
        }
    }
}
