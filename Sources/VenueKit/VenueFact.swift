import MarketModel
import Quantities

/// A piece of evidence about our orders and balances, whatever channel it came by.
///
/// REST replies, pushes, query answers and the journal all reduce to these. Facts are joined: any order
/// of arrival and any number of repetitions give the same result.
@frozen public enum VenueFact: BitwiseCopyable, Equatable, Sendable {
    /// The order stands, or has stood, at the venue.
    case accepted(OrderAccepted)
    /// The venue answered that the order does not and will not stand.
    case refused(OrderRefused)
    /// How far the order has come, by the venue's count.
    case progress(OrderProgress)
    case deal(Deal)
    /// The venue refused to cancel or modify; the order itself is untouched by this.
    case actionRefused(OrderRefused)
    /// No answer came: the request may or may not have been carried out.
    case outcomeUnknown(OrderUncertain)
    /// Proof that the request never left: not one byte was written.
    case neverSent(OrderUncertain)
    /// A query that covers the order's whole life did not find it.
    case absent(OrderUncertain)
    case balance(Balance)
    /// The venue said that the rate limit of this group is exhausted.
    case rateLimited(RateLimited)
    /// How far apart orders are to be sent, so that what the venue counts over hours lasts.
    case orderPause(OrderPause)
}

@frozen public struct OrderAccepted: BitwiseCopyable, Equatable, Sendable {
    public var order: OrderID
    public var venueOrder: VenueOrderID
    public var venueTime: Instant

    @inlinable
    public init(order: OrderID, venueOrder: VenueOrderID, venueTime: Instant) {
        self.order = order
        self.venueOrder = venueOrder
        self.venueTime = venueTime
    }
}

@frozen public struct OrderRefused: BitwiseCopyable, Equatable, Sendable {
    public var order: OrderID
    public var reason: Refusal
    public var venueTime: Instant

    @inlinable
    public init(order: OrderID, reason: Refusal, venueTime: Instant) {
        self.order = order
        self.reason = reason
        self.venueTime = venueTime
    }
}

/// The venue's count of an order: cumulative, so the larger one is the newer one.
@frozen public struct OrderProgress: BitwiseCopyable, Equatable, Sendable {
    @frozen public enum Phase: UInt8, BitwiseCopyable, CaseIterable, Hashable, Sendable {
        case open = 1
        case filled = 2
        /// Ended with a remainder.
        case cancelled = 3
        /// A stop order fired and could not be submitted.
        case triggerFailed = 4
    }

    public var order: OrderID
    public var venueOrder: VenueOrderID
    public var phase: Phase
    /// Cumulative, in the base asset.
    public var filled: Quantity
    public var venueTime: Instant

    @inlinable
    public init(
        order: OrderID, venueOrder: VenueOrderID, phase: Phase, filled: Quantity, venueTime: Instant
    ) {
        self.order = order
        self.venueOrder = venueOrder
        self.phase = phase
        self.filled = filled
        self.venueTime = venueTime
    }
}

/// One execution of one of our orders.
@frozen public struct Deal: BitwiseCopyable, Equatable, Sendable {
    public var id: DealID
    public var market: MarketID
    public var order: OrderID
    public var liquidity: Liquidity
    public var price: Price
    public var quantity: Quantity
    public var notional: Notional
    public var fee: Amount
    public var feeAsset: AssetID
    public var venueTime: Instant

    @inlinable
    public init(
        id: DealID, market: MarketID, order: OrderID, liquidity: Liquidity, price: Price, quantity: Quantity,
        notional: Notional, fee: Amount, feeAsset: AssetID, venueTime: Instant
    ) {
        self.id = id
        self.market = market
        self.order = order
        self.liquidity = liquidity
        self.price = price
        self.quantity = quantity
        self.notional = notional
        self.fee = fee
        self.feeAsset = feeAsset
        self.venueTime = venueTime
    }
}

@frozen public struct OrderUncertain: BitwiseCopyable, Equatable, Sendable {
    public var order: OrderID
    public var venueTime: Instant

    @inlinable
    public init(order: OrderID, venueTime: Instant) {
        self.order = order
        self.venueTime = venueTime
    }
}

@frozen public struct RateLimited: BitwiseCopyable, Equatable, Sendable {
    public var group: RateGroup
    /// The order of the refused request, which did not happen; `none` for a query.
    public var order: OrderID
    public var venueTime: Instant

    @inlinable
    public init(group: RateGroup, order: OrderID, venueTime: Instant) {
        self.group = group
        self.order = order
        self.venueTime = venueTime
    }
}

/// The least time between two orders, for a while; zero lifts an earlier one. Cancels and questions are free of it.
@frozen public struct OrderPause: BitwiseCopyable, Equatable, Sendable {
    public var pause: Interval
    /// From then on there is none, unless it is told anew: by our clock.
    public var until: Instant
    public var venueTime: Instant

    @inlinable
    public init(pause: Interval, until: Instant, venueTime: Instant) {
        self.pause = pause
        self.until = until
        self.venueTime = venueTime
    }
}
