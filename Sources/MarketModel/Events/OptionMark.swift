import Quantities

/// What a venue takes an option to be worth, and the volatility that this implies.
///
/// Volatilities and Greeks are signals: they have single precision, which is what a record holds, so that a
/// recording brings what came live, to the bit. Volatilities are per year, 0.6 is 60 %; one of zero is not known.
/// Greeks are those that the venue tells, or zero.
@frozen public struct OptionMark: BitwiseCopyable, Equatable, Sendable {
    public var market: MarketID
    /// In the market's quote asset.
    public var price: Price
    /// What the mark price implies; zero is not known.
    public var volatility: Float
    /// What the best bid implies; zero is not known.
    public var bidVolatility: Float
    /// What the best ask implies; zero is not known.
    public var askVolatility: Float
    public var delta: Float
    public var gamma: Float
    public var theta: Float
    public var vega: Float
    public var venueTime: Instant
    public var receivedAt: Instant

    /// Creates a mark; what is no finite number, and a volatility below zero, is not known.
    @inlinable
    public init(
        market: MarketID, price: Price, volatility: Float, bidVolatility: Float = 0, askVolatility: Float = 0,
        delta: Float = 0, gamma: Float = 0, theta: Float = 0, vega: Float = 0, venueTime: Instant,
        receivedAt: Instant
    ) {
        self.market = market
        self.price = price
        self.volatility = Self.finite(max(volatility, 0))
        self.bidVolatility = Self.finite(max(bidVolatility, 0))
        self.askVolatility = Self.finite(max(askVolatility, 0))
        self.delta = Self.finite(delta)
        self.gamma = Self.finite(gamma)
        self.theta = Self.finite(theta)
        self.vega = Self.finite(vega)
        self.venueTime = venueTime
        self.receivedAt = receivedAt
    }

    /// Whether the venue tells a volatility.
    @inlinable public var hasVolatility: Bool { volatility > 0 }

    @inlinable static func finite(_ number: Float) -> Float { number.isFinite ? number : 0 }
}
