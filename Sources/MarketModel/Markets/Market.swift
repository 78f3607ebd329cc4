import Quantities

/// A market as the session knows it: its names and its rules.
public struct Market: Equatable, Sendable {
    /// The venue's name, such as `BTCUSDT`.
    public var name: String
    public var id: MarketID
    /// What is bought and sold.
    public var base: AssetID
    /// What it is paid in.
    public var quote: AssetID
    public var rules: MarketRules

    public init(name: String, id: MarketID, base: AssetID, quote: AssetID, rules: MarketRules) {
        self.name = name
        self.id = id
        self.base = base
        self.quote = quote
        self.rules = rules
    }
}

/// What the venue demands of an order in a market, and what it charges.
@frozen public struct MarketRules: BitwiseCopyable, Equatable, Sendable {
    /// The step of prices. Positive.
    public var tick: Price
    /// The step of quantities. Positive.
    public var lot: Quantity
    /// The least quantity of an order.
    public var minimumQuantity: Quantity
    /// The least value of an order; zero where the venue has no such rule.
    public var minimumNotional: Notional
    /// The fee of a fill that added liquidity; negative is a rebate.
    public var makerFee: FeeRate
    /// The fee of a fill that took liquidity.
    public var takerFee: FeeRate

    public init(
        tick: Price, lot: Quantity, minimumQuantity: Quantity, minimumNotional: Notional = .zero,
        makerFee: FeeRate = .zero, takerFee: FeeRate = .zero
    ) {
        precondition(tick.isPositive && lot.isPositive, "tick and lot are positive")
        self.tick = tick
        self.lot = lot
        self.minimumQuantity = minimumQuantity
        self.minimumNotional = minimumNotional
        self.makerFee = makerFee
        self.takerFee = takerFee
    }

    /// The fee rate of a fill.
    @inlinable
    public func fee(_ liquidity: Liquidity) -> FeeRate {
        switch liquidity {
        case .maker: makerFee
        case .taker: takerFee
        }
    }
}
