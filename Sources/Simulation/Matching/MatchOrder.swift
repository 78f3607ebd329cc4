import MarketModel
import Quantities

/// An order as the matching sees it: whose it is and what it wants, without accounts and fees.
package struct MatchOrder: BitwiseCopyable, Equatable, Sendable {
    /// Unique among the orders that rest in a book.
    package var id: UInt64
    /// Whose order it is; the matching only hands it on.
    package var owner: UInt32
    package var side: Side
    package var duration: OrderDuration
    /// Rests and trades like any other, but is left out of the public depth.
    package var isHidden: Bool
    /// The worst price it accepts; nil for a market order.
    package var limit: Price?
    /// In the base asset; of a resting order what remains.
    package var quantity: Quantity

    package init(
        id: UInt64, owner: UInt32, side: Side, limit: Price?, quantity: Quantity,
        duration: OrderDuration = .goodTillCancelled, isHidden: Bool = false
    ) {
        self.id = id
        self.owner = owner
        self.side = side
        self.duration = duration
        self.isHidden = isHidden
        self.limit = limit
        self.quantity = quantity
    }
}

/// One trade between an order that came in and one that rested.
package struct Match: BitwiseCopyable, Equatable, Sendable {
    package var taker: UInt64
    package var takerOwner: UInt32
    package var maker: UInt64
    package var makerOwner: UInt32
    /// The side of the taker.
    package var aggressor: Side
    /// The maker's price.
    package var price: Price
    package var quantity: Quantity

    package init(
        taker: UInt64, takerOwner: UInt32, maker: UInt64, makerOwner: UInt32, aggressor: Side,
        price: Price, quantity: Quantity
    ) {
        self.taker = taker
        self.takerOwner = takerOwner
        self.maker = maker
        self.makerOwner = makerOwner
        self.aggressor = aggressor
        self.price = price
        self.quantity = quantity
    }
}

/// What became of an order that was submitted to a book.
package enum Submission: BitwiseCopyable, Equatable, Sendable {
    /// It stands in the book with this remainder, perhaps after fills.
    case rested(remaining: Quantity)
    /// It was filled completely.
    case filled
    /// It took what there was; the rest was dropped. Immediate-or-cancel and market orders end so.
    case cancelled(remaining: Quantity)
    /// It never entered: the book is as before and nothing traded.
    case refused(Refusal)
}

/// A price of the public depth has a new quantity; zero when nothing visible is left there.
package struct DepthChange: BitwiseCopyable, Equatable, Sendable {
    package var side: Side
    package var price: Price
    package var quantity: Quantity

    package init(side: Side, price: Price, quantity: Quantity) {
        self.side = side
        self.price = price
        self.quantity = quantity
    }
}
