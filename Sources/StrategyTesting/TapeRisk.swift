import Quantities
import TradingCore

/// What a strategy may do at most in a test; a limit that is nil is off.
public struct TapeRisk: Sendable {
    /// The most base quantity of one order.
    public var orderQuantityMax: Quantity?
    /// The most value of one order, in the quote asset.
    public var orderNotionalMax: Notional?
    /// How far beyond the mid price, in the direction that costs money, a limit may lie: 0.05 is 5 %.
    public var priceBand: FeeRate?
    /// The most living orders.
    public var openOrdersMax = 200
    /// The most base quantity held long or short in a market, counting open orders as filled.
    public var positionMax: Quantity?
    /// Drawdown at which only orders that reduce the position are allowed.
    public var reduceOnlyDrawdown: Notional?
    /// Drawdown at which no orders are allowed.
    public var haltDrawdown: Notional?

    public init() {}

    var limits: RiskLimits {
        var limits = RiskLimits()
        limits.orderQuantityMax = orderQuantityMax
        limits.orderNotionalMax = orderNotionalMax
        limits.priceBand = priceBand
        limits.openOrdersMax = openOrdersMax
        limits.positionMax = positionMax
        limits.ladder.reduceOnly = reduceOnlyDrawdown
        limits.ladder.halt = haltDrawdown
        return limits
    }
}
