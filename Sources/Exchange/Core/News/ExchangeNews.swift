import MarketModel
import Quantities

/// What the venue calls the events of an order; the numbers are its own.
package enum OrderEvent: UInt8, BitwiseCopyable, Hashable, Sendable {
    /// It came to rest, perhaps after deals.
    case put = 1
    /// It rested and traded, and rests on.
    case update = 2
    /// It ended.
    case finish = 3
}

/// The events of a stop order; the numbers are the venue's, but for `modify`, which it has none for.
package enum StopEvent: UInt8, BitwiseCopyable, Hashable, Sendable {
    case put = 1
    /// It fired; its status tells whether the order could be placed.
    case activate = 2
    case cancel = 3
    case modify = 4
}

/// Something that happened, with everything that is told of it, in the order of its happening.
///
/// Per deal: the deal, the own deals of maker and taker, the maker's order, the maker's balances. At the end
/// of a placement the taker's order, then its balances. A stop order that fires is told before its order.
package enum ExchangeNews: BitwiseCopyable, Equatable, Sendable {
    /// The order as it was at that moment.
    case order(OrderEvent, ExchangeOrder)
    case stop(StopEvent, ExchangeStop)
    /// One side of a deal, to its owner.
    case ownDeal(OwnDeal)
    /// The totals of an asset after a change.
    case balance(AccountID, AssetBalance, at: Instant)
    /// For the public; may be dropped when nobody takes the news.
    case deal(PublicDeal)
    /// The public depth is another; once until the news is taken. May be dropped likewise.
    case depth(MarketID)
}
