import MarketModel
import Quantities

/// What a client asks for when it places a stop order.
package struct StopRequest: BitwiseCopyable, Equatable, Sendable {
    /// What is placed when the stop fires.
    package var order: OrderRequest
    package var stopPrice: Price

    package init(_ order: OrderRequest, stopPrice: Price) {
        self.order = order
        self.stopPrice = stopPrice
    }
}

/// What became of a stop order; the numbers are the venue's.
package enum StopStatus: UInt8, BitwiseCopyable, Hashable, Sendable {
    case waiting = 0
    /// It fired and its order was placed.
    case active = 1
    /// It fired and its order was refused.
    case failed = 2
    /// Not kept; only in the news.
    case cancelled = 3
}

/// On which side of the last trade the stop price was when the stop order came; the numbers are the venue's.
package enum StopDirection: UInt8, BitwiseCopyable, Hashable, Sendable {
    /// The stop price was below: fires when the last trade is at it or lower.
    case falling = 1
    /// The stop price was above: fires when the last trade is at it or higher.
    case rising = 2
}

/// A stop order as the exchange knows it.
package struct ExchangeStop: BitwiseCopyable, Equatable, Sendable {
    package var id: VenueOrderID
    package var account: AccountID
    package var market: MarketID
    package var side: Side
    package var duration: OrderDuration
    package var options: OrderOptions
    package var status = StopStatus.waiting
    package var direction: StopDirection
    package var unit: AmountUnit
    package var stopPrice: Price
    /// Nil when a market order is to be placed.
    package var price: Price?
    package var amount: Amount
    package var paysFeesAtDiscount: Bool
    package var feeDiscount: FeeRate
    package var makerRate: FeeRate
    package var takerRate: FeeRate
    package var createdAt: Instant
    package var updatedAt: Instant
    package var clientID: ShortText
    package var sourceID: ShortText

    package var isMarket: Bool { price == nil }
    package var isHidden: Bool { options.contains(.hidden) }
}
