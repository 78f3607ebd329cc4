import MarketModel
import Quantities

/// An order that stands at the venue under the name of our bot, but of an earlier run.
///
/// Orders without such a name are of others: they are never told of and never touched.
@frozen public struct FoundOrder: BitwiseCopyable, Equatable, Sendable {
    public var venueOrder: VenueOrderID
    /// Which run gave it its name.
    public var run: UInt32
    /// What it was called in that run.
    public var name: OrderID
    /// The strategy that it was of, by its place in that run.
    public var strategy: StrategyID
    /// As far as the venue tells of it: how long it stands, and whether it is hidden, it does not.
    public var ticket: OrderTicket
    /// Cumulative, in the base asset.
    public var filled: Quantity

    @inlinable
    public init(
        venueOrder: VenueOrderID, run: UInt32, name: OrderID, strategy: StrategyID, ticket: OrderTicket,
        filled: Quantity
    ) {
        self.venueOrder = venueOrder
        self.run = run
        self.name = name
        self.strategy = strategy
        self.ticket = ticket
        self.filled = filled
    }
}

/// All orders of ours that stood at the venue when it was asked: resting ones, and stop orders that wait.
///
/// An order that was acknowledged before `askedAt` and is not in the list has ended since.
public struct OpenListing: Equatable, Sendable {
    /// By the ids of this run, in the order of the venue's lists.
    public var orders: [OrderID]
    /// When the first of the lists was asked for.
    public var askedAt: Instant

    public init(orders: [OrderID], askedAt: Instant) {
        self.orders = orders
        self.askedAt = askedAt
    }
}
