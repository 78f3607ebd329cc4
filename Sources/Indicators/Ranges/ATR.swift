import Quantities

/// Wilder's average true range: how far prices go in a candle, gaps from the last close included.
///
/// Begins as Wilder and TA-Lib do: the first candle has no true range, for it has no close before it, and the
/// first figure is the mean of the next `period` ranges: it comes with candle `period + 1`. Constant cost,
/// no window. An empty candle counts as a range of zero; whoever does not want that leaves it out.
public struct ATR: Indicator {
    @usableFromInline var average: WilderAverage
    @usableFromInline var lastClose = Double.nan

    /// - Parameter period: how many ranges are averaged, 1 to 1,000,000; others trap.
    public init(period: Int) { average = WilderAverage(period: period) }

    @inlinable public var value: Double? { average.value }

    @inlinable
    public mutating func add(_ candle: Candle) {
        add(high: Double(candle.high), low: Double(candle.low), close: Double(candle.close))
    }

    /// Takes the next candle by its figures.
    @inlinable
    public mutating func add(high: Double, low: Double, close: Double) {
        guard IndicatorLimits.accepts(high), IndicatorLimits.accepts(low), IndicatorLimits.accepts(close)
        else { return }
        let before = lastClose
        lastClose = close
        guard !before.isNaN else { return }
        average.add(max(high, before) - min(low, before))
    }
}
