import MarketModel
import Quantities

/// What the engine asks of a venue, as a plain value.
///
/// A command is final: risk has approved it and pacing has released it. Commands with the same request
/// number travel in one request.
@frozen public enum Command: BitwiseCopyable, Equatable, Sendable {
    case place(Placement)
    case cancel(Cancellation)
    case modify(Modification)
    /// Asks for evidence about an order.
    case query(OrderQuery)
}

/// Places an order.
@frozen public struct Placement: BitwiseCopyable, Equatable, Sendable {
    public var order: OrderID
    public var strategy: StrategyID
    public var ticket: OrderTicket

    @inlinable
    public init(order: OrderID, strategy: StrategyID, ticket: OrderTicket) {
        self.order = order
        self.strategy = strategy
        self.ticket = ticket
    }
}

/// Cancels an order, by the venue's number where it is known, else by ours.
@frozen public struct Cancellation: BitwiseCopyable, Equatable, Sendable {
    public var order: OrderID
    public var venueOrder: VenueOrderID
    public var market: MarketID
    public var isStop: Bool

    @inlinable
    public init(order: OrderID, venueOrder: VenueOrderID, market: MarketID, isStop: Bool) {
        self.order = order
        self.venueOrder = venueOrder
        self.market = market
        self.isStop = isStop
    }
}

/// Replaces a resting order by one with another price or quantity; queue priority is lost.
///
/// The replacement is an order of its own with its own id, because the venue gives it a new number.
@frozen public struct Modification: BitwiseCopyable, Equatable, Sendable {
    public var order: OrderID
    public var venueOrder: VenueOrderID
    public var replacement: Placement

    @inlinable
    public init(order: OrderID, venueOrder: VenueOrderID, replacement: Placement) {
        self.order = order
        self.venueOrder = venueOrder
        self.replacement = replacement
    }
}

/// Asks what became of an order, and for its deals.
@frozen public struct OrderQuery: BitwiseCopyable, Equatable, Sendable {
    public var order: OrderID
    public var venueOrder: VenueOrderID
    public var market: MarketID
    /// When the order was sent first: an answer "not found" counts only if it covers this time.
    public var sentAt: Instant

    @inlinable
    public init(order: OrderID, venueOrder: VenueOrderID, market: MarketID, sentAt: Instant) {
        self.order = order
        self.venueOrder = venueOrder
        self.market = market
        self.sentAt = sentAt
    }
}

/// A released command with its place on the wire.
@frozen public struct Dispatch: BitwiseCopyable, Equatable, Sendable {
    /// Counts requests from 1; a batch shares one number.
    public var request: UInt64
    public var group: RateGroup
    public var command: Command
    /// When pacing released it.
    public var at: Instant

    @inlinable
    public init(request: UInt64, group: RateGroup, command: Command, at: Instant) {
        self.request = request
        self.group = group
        self.command = command
        self.at = at
    }
}
