import MarketModel
import Quantities
import VenueKit

/// What a strategy may do at most. Every limit that is nil is off.
public struct RiskLimits: BitwiseCopyable, Equatable, Sendable {
    /// The most base quantity of one order.
    public var orderQuantityMax: Quantity?
    /// The most value of one order, in the quote asset.
    public var orderNotionalMax: Notional?
    /// How far beyond the mid price, in the direction that costs money, a limit may lie: 0.05 is 5 %.
    public var priceBand: FeeRate?
    /// The most living orders per strategy.
    public var openOrdersMax: Int = 200
    /// The most base quantity held long or short in a market, counting open orders as filled.
    public var positionMax: Quantity?
    /// Orders per window.
    public var orderRate: RateLimit?
    /// Refusals per window; one more stops the strategy.
    public var refusalRate = RateLimit(requests: 100, window: .seconds(1))
    /// Whether orders need a fresh quote of their market.
    public var needsFreshQuote = true
    /// Drawdown from the best profit so far, at which the ladder takes each step.
    public var ladder = LadderLimits()

    public init() {}
}

/// The steps of the drawdown ladder: how much lower than its peak, or than the day's start, profit may be.
public struct LadderLimits: BitwiseCopyable, Equatable, Sendable {
    public var warn: Notional?
    public var reduceOnly: Notional?
    public var halt: Notional?
    public var flatten: Notional?
    /// Loss since the start of the day (UTC) at which trading halts.
    public var dailyLoss: Notional?

    public init() {}
}
