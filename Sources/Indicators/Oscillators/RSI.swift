/// Wilder's relative strength index: the share of rises in the movement of prices, 0 to 100.
///
/// Begins, as Wilder and TA-Lib do, with the means of the rises and falls of the first `period` changes, so
/// with the value `period + 1`; goes on with Wilder's average. Where nothing moved at all it is 50, neither
/// strong nor weak; TA-Lib says 0 there, which reads as a fall. Constant cost, no window.
public struct RSI: Indicator {
    @usableFromInline var rises: WilderAverage
    @usableFromInline var falls: WilderAverage
    @usableFromInline var last = Double.nan

    /// - Parameter period: how many changes are averaged, 1 to 1,000,000; others trap.
    public init(period: Int) {
        rises = WilderAverage(period: period)
        falls = rises
    }

    @inlinable public var value: Double? {
        guard let rise = rises.value, let fall = falls.value else { return nil }
        let movement = rise + fall
        return movement > 0 ? 100 * (rise / movement) : 50
    }

    @inlinable
    public mutating func add(_ input: Double) {
        guard IndicatorLimits.accepts(input) else { return }
        let change = input - last
        last = input
        // Not a number before the second value.
        guard IndicatorLimits.accepts(change) else { return }
        rises.add(max(change, 0))
        falls.add(max(-change, 0))
    }
}
