import Quantities

/// A deal of one of our orders, booked exactly once.
@frozen public struct Fill: BitwiseCopyable, Equatable, Sendable {
    public var market: MarketID
    /// With the market it is the fill's identity.
    public var deal: DealID
    public var order: OrderID
    public var strategy: StrategyID
    public var side: Side
    public var liquidity: Liquidity
    public var price: Price
    public var quantity: Quantity
    public var notional: Notional
    /// What the venue charged, in `feeAsset`; negative is a rebate.
    public var fee: Amount
    public var feeAsset: AssetID
    public var venueTime: Instant
    public var receivedAt: Instant

    @inlinable
    public init(
        market: MarketID, deal: DealID, order: OrderID, strategy: StrategyID, side: Side,
        liquidity: Liquidity, price: Price, quantity: Quantity, notional: Notional, fee: Amount,
        feeAsset: AssetID, venueTime: Instant, receivedAt: Instant
    ) {
        self.market = market
        self.deal = deal
        self.order = order
        self.strategy = strategy
        self.side = side
        self.liquidity = liquidity
        self.price = price
        self.quantity = quantity
        self.notional = notional
        self.fee = fee
        self.feeAsset = feeAsset
        self.venueTime = venueTime
        self.receivedAt = receivedAt
    }
}

/// What an account holds of an asset.
@frozen public struct Balance: BitwiseCopyable, Equatable, Sendable {
    public var asset: AssetID
    /// Everything, including what resting orders hold.
    public var total: Amount
    /// What resting orders hold.
    public var frozen: Amount
    public var venueTime: Instant

    @inlinable
    public init(asset: AssetID, total: Amount, frozen: Amount, venueTime: Instant) {
        self.asset = asset
        self.total = total
        self.frozen = frozen
        self.venueTime = venueTime
    }

    @inlinable public var available: Amount { total - frozen }
}
