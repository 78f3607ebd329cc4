import Quantities

/// Realised volatility: the root of the mean squared logarithmic return of the newest prices.
///
/// No mean is taken off: over short times it is noise, and taking it off would hide a trend. Begins with the
/// price `period + 1`, when there are `period` returns. Prices that are not positive are left out. Constant
/// cost and one logarithm, no drift.
public struct RealisedVolatility: Indicator {
    @usableFromInline var squares: RollingSum
    @usableFromInline let returnsPerYear: Double
    @usableFromInline var last = 0.0

    /// - Parameters:
    ///   - period: how many returns count, 1 to 1,000,000; others trap.
    ///   - returnsPerYear: scales the figure to a year: 525,600 for prices of every minute. At 1 it is the
    ///     volatility of one return.
    public init(period: Int, returnsPerYear: Double = 1) {
        squares = RollingSum(length: period)
        self.returnsPerYear = returnsPerYear
    }

    @inlinable public var value: Double? {
        squares.value.map { (max(0, $0) / Double(squares.length) * returnsPerYear).squareRoot() }
    }

    @inlinable
    public mutating func add(_ input: Double) {
        guard IndicatorLimits.accepts(input), input > 0 else { return }
        let before = last
        last = input
        guard before > 0 else { return }
        let change = SignalMath.log(input / before)
        squares.add(change * change)
    }
}
