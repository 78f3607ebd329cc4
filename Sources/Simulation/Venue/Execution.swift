import MarketModel
import Quantities

/// An order as an execution sees it.
package struct ExecutionOrder: BitwiseCopyable, Equatable, Sendable {
    /// The venue's slot of the order: unique among resting orders.
    package var key: Int
    package var market: MarketID
    package var side: Side
    /// The price up to which it may trade; nil is any.
    package var limit: Price?
    /// A market order never rests, and is refused where there is nothing to trade with.
    package var isMarket: Bool
    package var duration: OrderDuration
    package var isHidden: Bool
    package var quantity: Quantity
    /// What a market buy spends instead of taking a quantity; nil for all others.
    package var budget: SpendingBudget?

    package init(
        key: Int, market: MarketID, side: Side, limit: Price?, isMarket: Bool = false,
        duration: OrderDuration, isHidden: Bool = false, quantity: Quantity, budget: SpendingBudget? = nil
    ) {
        self.key = key
        self.market = market
        self.side = side
        self.limit = limit
        self.isMarket = isMarket
        self.duration = duration
        self.isHidden = isHidden
        self.quantity = quantity
        self.budget = budget
    }

    /// Whether a remainder of it would stay in the book.
    package var mayRest: Bool {
        guard limit != nil, !isMarket else { return false }
        switch duration {
        case .goodTillCancelled, .makerOnly: return true
        case .immediateOrCancel, .fillOrKill: return false
        }
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
    /// It bought for its sum: what is left of that pays for no lot more.
    case spent
    /// It did not enter; there are no fills.
    case refused(Refusal)
}
