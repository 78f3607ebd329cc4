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
    /// The name that a replacement goes under if the venue keeps names: that of the first order of the chain.
    var carriedName: CoinExClientID?
    /// The venue's number of the order that it replaces.
    var replacedNumber = VenueOrderID.unknown
    var side = Side.buy
    var price = Price.zero
    var quantity = Quantity.zero
}
