/// The simple moving average: the mean of the newest values.
///
/// Begins with the mean of the first `period` values (TA-Lib and pandas agree). Constant cost, no drift.
public struct SMA: Indicator {
    @usableFromInline var sum: RollingSum

    /// - Parameter period: how many values are averaged, 1 to 1,000,000; others trap.
    public init(period: Int) { sum = RollingSum(length: period) }

    @inlinable public var period: Int { sum.length }
    @inlinable public var value: Double? { sum.value.map { $0 / Double(sum.length) } }
    @inlinable public mutating func add(_ input: Double) { sum.add(input) }
}
