import Quantities

/// Donchian's channel: the highest high and the lowest low of the newest candles.
///
/// Begins when the window is full. The newest candle is part of it: a break-out is a price beyond the channel
/// as it was before that candle. The cost is constant on average, see `RollingMaximum`; exact.
public struct DonchianChannel: Indicator {
    @usableFromInline var highs: RollingMaximum
    /// Of the lows with their sign changed.
    @usableFromInline var lows: RollingMaximum

    /// - Parameter period: how many candles count, 1 to 1,000,000; others trap.
    public init(period: Int) {
        highs = RollingMaximum(length: period)
        lows = highs
    }

    @inlinable public var value: Band? {
        guard let high = highs.value, let low = lows.value else { return nil }
        return Band(lower: -low, middle: (high - low) * 0.5, upper: high)
    }

    @inlinable
    public mutating func add(_ candle: Candle) { add(high: Double(candle.high), low: Double(candle.low)) }

    /// Takes the next candle by its figures.
    @inlinable
    public mutating func add(high: Double, low: Double) {
        guard IndicatorLimits.accepts(high), IndicatorLimits.accepts(low) else { return }
        highs.add(high)
        lows.add(-low)
    }
}
