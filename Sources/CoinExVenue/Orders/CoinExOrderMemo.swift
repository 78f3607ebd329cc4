import MarketModel
import Quantities

/// What the executor remembers of an order that it was given, by the order's slot.
///
/// A slot's next order overwrites it, as the engine's own table does.
struct CoinExOrderMemo: BitwiseCopyable, Sendable {
    /// What an order of an earlier run was called there.
    struct Earlier: BitwiseCopyable, Sendable {
        var run: UInt32
        var order: OrderID
    }

    var order: OrderID
    var strategy: StrategyID
    var market: MarketID
    var isStop: Bool
    var earlier: Earlier?
    /// The order that this one replaces, or none.
    var replaces = OrderID.none
    /// The first of the orders that replaced each other: whose name all of them may have at the venue.
    var root = OrderID.none
    /// The venue's number of that.
    var replacedNumber = VenueOrderID.unknown
    var side = Side.buy
    var price = Price.zero
    /// As it was asked for: in the base asset, or in the quote asset for a market buy that spends a sum.
    var amount = Amount.zero
}
