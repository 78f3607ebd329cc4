import MarketModel
import Quantities

/// How orders meet a market: against other orders, or against recorded data.
///
/// The venue around it keeps accounts, ids and news; an execution only says what trades.
package protocol Execution {
    /// Takes an order in: fills what trades at once, then rests, ends or refuses.
    ///
    /// `fills` is appended to, with the order's own fills and those of other client orders that it met.
    mutating func submit(
        _ order: ExecutionOrder, _ state: borrowing MarketState, at now: Instant,
        fills: inout [ExecutionFill]
    ) -> ExecutionOutcome

    /// Takes a resting order out; false when it does not rest.
    mutating func cancel(_ key: Int, in market: MarketID, at now: Instant) -> Bool

    /// A public trade of the market: resting orders may be filled by it.
    mutating func observe(_ trade: Trade, _ state: borrowing MarketState, fills: inout [ExecutionFill])

    /// The market's quote or book changed: resting orders may be filled, or move up in the queue.
    mutating func observeDepth(
        of market: MarketID, _ state: borrowing MarketState, fills: inout [ExecutionFill])
}

/// An order as an execution sees it.
package struct ExecutionOrder: BitwiseCopyable, Equatable, Sendable {
    /// The venue's slot of the order: unique among resting orders.
    package var key: Int
    package var market: MarketID
    package var side: Side
    /// Nil for a market order.
    package var limit: Price?
    package var duration: OrderDuration
    package var isHidden: Bool
    package var quantity: Quantity

    package init(
        key: Int, market: MarketID, side: Side, limit: Price?, duration: OrderDuration,
        isHidden: Bool = false, quantity: Quantity
    ) {
        self.key = key
        self.market = market
        self.side = side
        self.limit = limit
        self.duration = duration
        self.isHidden = isHidden
        self.quantity = quantity
    }
}

/// A part of a client order that traded.
package struct ExecutionFill: BitwiseCopyable, Equatable, Sendable {
    package var key: Int
    package var liquidity: Liquidity
    package var price: Price
    package var quantity: Quantity

    package init(key: Int, liquidity: Liquidity, price: Price, quantity: Quantity) {
        self.key = key
        self.liquidity = liquidity
        self.price = price
        self.quantity = quantity
    }
}

/// What became of an order on entry, after its fills.
package enum ExecutionOutcome: Equatable, Sendable {
    /// The rest stands in the book.
    case rested
    /// Nothing is left of it: filled, or the rest was dropped.
    case ended
    /// It did not enter; there are no fills.
    case refused(Refusal)
}
