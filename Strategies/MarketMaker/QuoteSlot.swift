import MarketModel
import Quantities

/// The one order that a side may have, and the prices at which it is left alone.
@usableFromInline
struct QuoteSlot: Sendable {
    @usableFromInline enum State: Equatable, Sendable {
        /// No order. Can transition to: `standing` when one is placed.
        case empty
        /// An order that is to stay, as far as we know: on its way, open, or of unknown fate. Can
        /// transition to: `leaving` when it is cancelled, `empty` when it ended.
        case standing(OrderID)
        /// Cancelled, not known to have ended. Can transition to: `empty` when it ended, `standing`
        /// when the venue refused to cancel it.
        case leaving(OrderID)
    }

    private(set) var state = State.empty
    /// The order's limit; zero when there is none.
    private(set) var price = Price.zero
    private var size = Quantity.zero
    /// Target prices between these leave things as they are; no price does when they are in
    /// disorder.
    @usableFromInline var low = Double.infinity
    @usableFromInline var high = -Double.infinity
    /// Nothing is placed on this side before.
    var pausedUntil = Instant.distantPast
    /// Why the last order was refused; nil after one that was not.
    var lastRefusal: Refusal?

    /// Whether nothing has to be done when this is where the quote should stand.
    @inlinable func isGood(_ target: Double) -> Bool { target > low && target < high }

    var order: OrderID {
        switch state {
        case .empty: .none
        case .standing(let id), .leaving(let id): id
        }
    }

    var isLeaving: Bool {
        switch state {
        case .leaving: true
        case .empty, .standing: false
        }
    }

    /// An order was placed; it stays while its target is within `slack` of what it is now.
    mutating func stand(
        _ id: OrderID, _ price: Price, _ size: Quantity, around target: Double, slack: Double
    ) {
        state = .standing(id)
        self.price = price
        self.size = size
        low = target - slack
        high = target + slack
    }

    /// No order can be placed, whatever the price: there is nothing to do until `wake`.
    mutating func rest() {
        guard state == .empty else { return }
        leaveEverythingGood()
    }

    /// What kept the side from quoting may have changed.
    mutating func wake() {
        guard state == .empty else { return }
        leaveNothingGood()
    }

    /// The order was cancelled: whatever the market does, there is nothing to do until it ended.
    mutating func leave() {
        state = .leaving(order)
        leaveEverythingGood()
    }

    /// The cancel was refused: the order stands, where it should not.
    mutating func stay() {
        state = .standing(order)
        leaveNothingGood()
    }

    /// The order ended.
    mutating func clear() {
        state = .empty
        price = .zero
        size = .zero
        leaveNothingGood()
    }

    /// An order of which less than half is left has to be renewed.
    mutating func noteRemaining(_ remaining: Quantity) {
        guard !isLeaving, remaining + remaining < size else { return }
        leaveNothingGood()
    }

    private mutating func leaveEverythingGood() {
        low = -.infinity
        high = .infinity
    }

    private mutating func leaveNothingGood() {
        low = .infinity
        high = -.infinity
    }
}
