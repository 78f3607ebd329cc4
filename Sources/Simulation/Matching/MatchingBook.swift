import MarketModel
import Quantities

/// The order book of a simulated venue: price, then time.
///
/// 1. An order trades with the best price of the other side first, and there with the oldest order;
///    hidden orders queue like visible ones. The price is the maker's.
/// 2. What is left rests (good-till-cancelled, maker-only) or is dropped (immediate-or-cancel, market).
/// 3. Fill-or-kill and maker-only are judged before entry; a refusal leaves no trace.
/// 4. After every call the best bid is below the best ask.
///
/// Two implementations answer alike, to the last event: `NaiveMatchingBook` is there to be obviously
/// right, `FastMatchingBook` to be used.
package protocol MatchingBook: Sendable {
    init()

    /// How many orders rest.
    var restingCount: Int { get }

    /// Matches an order and rests what may rest.
    ///
    /// Appends the trades in the order in which they happened, and every public level that changed
    /// once: those of the other side from the best on, then the own one.
    mutating func submit(
        _ order: MatchOrder, matches: inout [Match], depth: inout [DepthChange]
    ) -> Submission

    /// Takes a resting order out; returns what remained of it, nil when there is no such order.
    mutating func cancel(_ id: UInt64, depth: inout [DepthChange]) -> Quantity?

    /// Makes a resting order smaller; it keeps its place in the queue.
    ///
    /// Refused when there is no such order, or when the quantity is not positive or not smaller.
    mutating func reduce(
        _ id: UInt64, to quantity: Quantity, depth: inout [DepthChange]
    ) -> Refusal?

    /// A resting order with what remains of it.
    func order(_ id: UInt64) -> MatchOrder?

    /// The order that the next taker on the other side meets first.
    func front(_ side: Side) -> MatchOrder?

    /// The best price with everything that rests there, hidden orders included.
    func best(_ side: Side) -> Level?

    /// The best price at which something visible rests, with what is visible.
    func publicBest(_ side: Side) -> Level?

    /// What is visible at a price.
    func publicQuantity(_ side: Side, at price: Price) -> Quantity

    /// Appends the public levels from the best on, at most `limit` of them.
    func publicLevels(_ side: Side, limit: Int, into levels: inout [Level])
}

/// The limits of a matching book; an order beyond them is refused, nothing else happens.
package enum MatchingLimits {
    /// The most orders that rest in one book. With as many, an order that could rest is refused with
    /// `queueFull` even if it would trade in full.
    package static let restingOrdersMax = 100_000

    /// The largest quantity of an order: so many resting orders of this size have a sum that fits.
    package static let quantityMax = Quantity(1_000_000_000_000_000_000)

    /// The reason why an order cannot enter whatever the book holds, nil when it can.
    static func defect(of order: MatchOrder) -> Refusal? {
        if !order.quantity.isPositive { return .quantityNotPositive }
        if order.quantity > quantityMax { return .overflow }
        guard let limit = order.limit else {
            return order.duration == .makerOnly ? .venueBadParameter : nil
        }
        return limit.isPositive ? nil : .priceNotPositive
    }
}

extension MatchOrder {
    /// Whether a remainder of it would stay in the book.
    var mayRest: Bool {
        guard limit != nil else { return false }
        switch duration {
        case .goodTillCancelled, .makerOnly: return true
        case .immediateOrCancel, .fillOrKill: return false
        }
    }

    /// Whether it trades with a resting order of the other side at this price.
    func accepts(_ price: Price) -> Bool {
        guard let limit else { return true }
        switch side {
        case .buy: return price <= limit
        case .sell: return price >= limit
        }
    }
}
