import Quantities

/// One of our orders, as far as the evidence goes.
@frozen public struct OwnOrder: BitwiseCopyable, Equatable, Sendable {
    public var id: OrderID
    public var strategy: StrategyID
    public var ticket: OrderTicket
    public var state: OrderState
    /// A cancel is under way; the order lives until the venue says that it ended.
    public var isCancelRequested: Bool
    /// Whether the order stays at the venue when the session ends: stop orders that protect a position.
    public var outlivesSession: Bool
    public var venueID: VenueOrderID
    /// How much has been filled, by deals that we hold.
    public var filled: Quantity
    /// What the fills cost or brought, without fees.
    public var filledNotional: Notional
    /// The order that this one replaces, or `none`.
    public var replaces: OrderID
    public var createdAt: Instant
    public var updatedAt: Instant

    @inlinable
    public init(
        id: OrderID, strategy: StrategyID, ticket: OrderTicket, replaces: OrderID = .none, createdAt: Instant
    ) {
        self.id = id
        self.strategy = strategy
        self.ticket = ticket
        state = .active(.created)
        isCancelRequested = false
        outlivesSession = false
        venueID = .unknown
        filled = .zero
        filledNotional = .zero
        self.replaces = replaces
        self.createdAt = createdAt
        updatedAt = createdAt
    }

    @inlinable public var market: MarketID { ticket.market }
    @inlinable public var side: Side { ticket.side }
    @inlinable public var price: Price { ticket.price }
    @inlinable public var quantity: Quantity { ticket.quantity }
    /// Below zero where an order that spends a sum has bought more than was expected.
    @inlinable public var remaining: Quantity { ticket.quantity - filled }
    /// What an order that buys for a sum may still spend; zero for others.
    @inlinable public var unspent: Notional {
        ticket.spendsSum ? max(.zero, ticket.spend - filledNotional) : .zero
    }
    @inlinable public var isActive: Bool { state.isActive }

    /// The average price of the fills; nil before the first.
    public var averagePrice: Price? {
        guard filled.isPositive else { return nil }
        do throws(ArithmeticError) {
            return try filledNotional.divided(by: filled, .toNearestOrEven)
        } catch {
            return nil
        }
    }
}

/// The life of an order. Only the venue's evidence, or proof that nothing was sent, closes it.
@frozen public enum OrderState: BitwiseCopyable, Equatable, Sendable {
    case active(ActivePhase)
    case closed(Closing)

    @inlinable public var isActive: Bool {
        switch self {
        case .active: true
        case .closed: false
        }
    }
}

/// Where a living order is.
@frozen public enum ActivePhase: UInt8, BitwiseCopyable, CaseIterable, Hashable, Sendable {
    /// Decided, not yet handed to the venue link. Can transition to: `submitting` when it is released,
    /// closed when risk or the desk refuses it or it is withdrawn unsent.
    case created = 1
    /// On its way. Can transition to: `open` on acceptance, `unknown` when no answer comes, closed on
    /// refusal or when fills complete it.
    case submitting = 2
    /// At the venue: resting, or waiting for its trigger. Can transition to: `unknown` when evidence is
    /// missing, closed when the venue says so.
    case open = 3
    /// It may or may not exist at the venue. It counts as open and as filled, whichever is worse. Can
    /// transition to: `open` or closed, on evidence only.
    case unknown = 4
}

/// How an order ended.
@frozen public enum Closing: BitwiseCopyable, Equatable, Hashable, Sendable {
    case filled
    /// Ended with a remainder: by our cancel or modification, by the venue, or because it was
    /// immediate-or-cancel.
    case cancelled
    /// It never stood in the book.
    case rejected(Refusal)
    /// A stop order fired and the venue could not submit what it stands for.
    case triggerFailed
}
