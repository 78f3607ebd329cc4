import MarketModel
import Quantities

/// The volume-weighted average price of the newest trades, or of the newest candles.
///
/// Begins when the window is full. Trades without a positive price and quantity are left out, and so are
/// candles without volume. Constant cost, no drift.
public struct RollingVWAP: Indicator {
    public typealias Input = Trade

    @usableFromInline var turnover: RollingSum
    @usableFromInline var volume: RollingSum

    /// - Parameter period: how many trades or candles count, 1 to 1,000,000; others trap.
    public init(period: Int) {
        turnover = RollingSum(length: period)
        volume = turnover
    }

    @inlinable public var value: Double? {
        guard let turnover = turnover.value, let volume = volume.value, volume > 0 else { return nil }
        return turnover / volume
    }

    @inlinable
    public mutating func add(_ trade: Trade) {
        guard trade.price.isPositive else { return }
        add(turnover: Double(trade.price) * Double(trade.quantity), volume: Double(trade.quantity))
    }

    /// Takes a candle with all its trades.
    @inlinable
    public mutating func add(_ candle: Candle) {
        add(turnover: Double(candle.turnover), volume: Double(candle.volume))
    }

    @inlinable
    mutating func add(turnover value: Double, volume quantity: Double) {
        guard quantity > 0, IndicatorLimits.accepts(value), IndicatorLimits.accepts(quantity) else { return }
        turnover.add(value)
        volume.add(quantity)
    }
}
