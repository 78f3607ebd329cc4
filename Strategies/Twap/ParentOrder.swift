import MarketModel
import Quantities

/// The parent order: what of it is done, and the one child order that may live.
///
/// Invariant: `done` and the whole of a living child never exceed the quantity. A child is sent only
/// while none lives, and for no more than is missing then; it counts in full until the venue says
/// that it ended, whatever is unknown about it.
struct ParentOrder: Sendable {
    let quantity: Quantity
    /// What was filled, in this run and before it.
    private(set) var done: Quantity
    private(set) var child: ChildOrder?

    init(_ quantity: Quantity, done: Quantity = .zero) {
        self.quantity = quantity
        self.done = min(max(done, .zero), quantity)
    }

    /// What is not filled yet, a living child included.
    var remaining: Quantity { max(quantity - done, .zero) }

    /// What of a living child may still be filled.
    var living: Quantity {
        guard let child else { return .zero }
        return max(child.doneBefore + child.quantity - done, .zero)
    }

    mutating func send(_ id: OrderID, _ ticket: OrderTicket, _ role: ChildOrder.Role, at now: Instant) {
        precondition(child == nil && ticket.quantity <= remaining, "a child is part of what is missing")
        child = ChildOrder(
            id: id, role: role, price: ticket.price, quantity: ticket.quantity, doneBefore: done,
            sentAt: now)
    }

    mutating func book(_ quantity: Quantity) throws(ArithmeticError) { done = try done.adding(quantity) }

    /// The child was cancelled, and lives until that is confirmed.
    mutating func leave() { child?.role = .leaving }

    /// The venue refused the cancel: the child rests as before.
    mutating func stay() { child?.role = .resting }

    /// The child ended; all that the venue has filled of it counts.
    mutating func close(filled: Quantity) {
        guard let child else { return }
        done = max(done, child.doneBefore + filled)
        self.child = nil
    }
}

/// The order that is at work for its parent.
struct ChildOrder: Equatable, Sendable {
    enum Role: Equatable, Sendable {
        /// Rests as maker. Can transition to: `leaving` when it is cancelled.
        case resting
        /// Cancelled, not known to have ended. Can transition to: `resting` when the venue refused to
        /// cancel it.
        case leaving
        /// Takes at once and ends by itself. Final.
        case crossing
    }

    let id: OrderID
    fileprivate(set) var role: Role
    let price: Price
    let quantity: Quantity
    /// What was done of the parent before this order.
    let doneBefore: Quantity
    let sentAt: Instant
}
