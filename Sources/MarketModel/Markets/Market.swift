import Quantities

/// A market as the session knows it: its name and its terms.
public struct Market: Equatable, Sendable {
    /// The venue's name, such as `BTCUSDT`.
    public var name: String
    public var terms: MarketTerms

    public init(name: String, id: MarketID, base: AssetID, quote: AssetID, rules: MarketRules) {
        self.name = name
        terms = MarketTerms(id: id, base: base, quote: quote, rules: rules)
    }

    @inlinable public var id: MarketID { terms.id }
    /// What is bought and sold.
    @inlinable public var base: AssetID { terms.base }
    /// What it is paid in.
    @inlinable public var quote: AssetID { terms.quote }
    @inlinable public var rules: MarketRules { terms.rules }
}

/// What trading needs of a market: all but its name, as a plain value.
///
/// Apart from the name, because copying a text costs reference counting, and an order looks at its
/// market a dozen times.
@frozen public struct MarketTerms: BitwiseCopyable, Equatable, Sendable {
    public var id: MarketID
    /// What is bought and sold.
    public var base: AssetID
    /// What it is paid in.
    public var quote: AssetID
    public var rules: MarketRules

    @inlinable
    public init(id: MarketID, base: AssetID, quote: AssetID, rules: MarketRules) {
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
