import MarketModel
import Quantities

/// What a push says of an order, whatever the generation of the protocol.
package struct CoinExOrderNews: BitwiseCopyable, Equatable, Sendable {
    package var venueOrder: VenueOrderID
    /// The order of ours that its client id names; nil when it names none.
    package var namedOrder: OrderID?
    /// The stop order that it came of; `unknown` for none.
    package var stopOrder: VenueOrderID
    package var market: MarketID
    package var isOver: Bool
    package var isMarketOrder: Bool
    /// In the base asset, or in the quote asset for market buys that were placed in it.
    package var amount: Amount
    /// In the unit of `amount`; may be dust on an order that was filled.
    package var left: Amount
    /// Cumulative, in the base asset.
    package var filled: Quantity
    /// Cumulative, in the quote asset.
    package var notional: Notional
    package var fees: CoinExFees
    package var lastDeal: CoinExLastDeal
    package var changed: Instant
}

/// The fees of an order so far: every deal pays in one of three assets.
package struct CoinExFees: BitwiseCopyable, Equatable, Sendable {
    package var base = Amount.zero
    package var quote = Amount.zero
    package var other = Amount.zero
    /// The asset of `other`; nil when the session does not know it.
    package var otherAsset: AssetID?

    package init() {}
}

/// The latest deal of an order, as its push tells of it.
package struct CoinExLastDeal: BitwiseCopyable, Equatable, Sendable {
    /// 0 for none.
    package var id: UInt64 = 0
    package var price = Price.zero
    package var quantity = Quantity.zero
    package var time = Instant.distantPast
    /// Nil where the venue does not tell.
    package var liquidity: Liquidity?

    package init() {}
}

/// What a deal of ours costs, where its push tells.
package struct CoinExDealCost: BitwiseCopyable, Equatable, Sendable {
    package var fee: Amount
    package var asset: AssetID
    package var liquidity: Liquidity
}

/// A deal of our own, as the stream of own deals tells of it: in the first generation without its fee.
package struct CoinExDealNews: BitwiseCopyable, Equatable, Sendable {
    package var id: DealID
    package var venueOrder: VenueOrderID
    package var namedOrder: OrderID?
    package var market: MarketID
    package var price: Price
    package var quantity: Quantity
    package var time: Instant
    /// Nil where the push does not tell.
    package var cost: CoinExDealCost?
}

/// What a push says of a stop order.
package struct CoinExStopNews: BitwiseCopyable, Equatable, Sendable {
    package enum Change: BitwiseCopyable, Equatable, Sendable {
        case placed
        /// It fired and an order came of it, which is told of by itself.
        case fired
        /// It fired and no order came of it.
        case failed
        case cancelled
    }

    package var venueOrder: VenueOrderID
    package var namedOrder: OrderID?
    package var market: MarketID
    package var change: Change
    package var changed: Instant
}
