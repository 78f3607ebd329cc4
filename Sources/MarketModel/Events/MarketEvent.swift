import Quantities

/// Something that happened in a market, as a plain value.
///
/// Every event carries two times: when the venue says it happened and when it reached us. The engine
/// runs on ours; the venue's is for latency and for matching against other venue times.
@frozen public enum MarketEvent: BitwiseCopyable, Equatable, Sendable {
    case quote(Quote)
    case trade(Trade)
    case level(LevelChange)
    case reset(BookReset)
    case ticker(Ticker)
    case optionMark(OptionMark)
    case connection(ConnectionChange)

    /// When the event reached us.
    @inlinable public var receivedAt: Instant {
        switch self {
        case .quote(let event): event.receivedAt
        case .trade(let event): event.receivedAt
        case .level(let event): event.receivedAt
        case .reset(let event): event.receivedAt
        case .ticker(let event): event.receivedAt
        case .optionMark(let event): event.receivedAt
        case .connection(let event): event.receivedAt
        }
    }
}

/// The best bid and ask of a market, with their sizes.
@frozen public struct Quote: BitwiseCopyable, Equatable, Sendable {
    public var market: MarketID
    public var bid: Price
    public var bidSize: Quantity
    public var ask: Price
    public var askSize: Quantity
    /// The venue's update number; 0 where it has none.
    public var sequence: UInt64
    public var venueTime: Instant
    public var receivedAt: Instant

    @inlinable
    public init(
        market: MarketID, bid: Price, bidSize: Quantity, ask: Price, askSize: Quantity,
        sequence: UInt64, venueTime: Instant, receivedAt: Instant
    ) {
        self.market = market
        self.bid = bid
        self.bidSize = bidSize
        self.ask = ask
        self.askSize = askSize
        self.sequence = sequence
        self.venueTime = venueTime
        self.receivedAt = receivedAt
    }

    /// Half-way between bid and ask, rounded down to a raw unit.
    @inlinable public var mid: Price { Price(raw: (bid.raw + ask.raw) >> 1) }
    @inlinable public var spread: Price { ask - bid }
}

/// A public trade.
@frozen public struct Trade: BitwiseCopyable, Equatable, Sendable {
    public var market: MarketID
    /// The side that took liquidity.
    public var aggressor: Side
    public var id: DealID
    public var price: Price
    public var quantity: Quantity
    public var venueTime: Instant
    public var receivedAt: Instant

    @inlinable
    public init(
        market: MarketID, aggressor: Side, id: DealID, price: Price, quantity: Quantity,
        venueTime: Instant, receivedAt: Instant
    ) {
        self.market = market
        self.aggressor = aggressor
        self.id = id
        self.price = price
        self.quantity = quantity
        self.venueTime = venueTime
        self.receivedAt = receivedAt
    }
}

/// One price level of a book has a new size; zero removes the level.
///
/// A venue's update of several levels arrives as several changes, the last of which is marked: the book
/// is whole again only then, and only then does a strategy hear of it.
@frozen public struct LevelChange: BitwiseCopyable, Equatable, Sendable {
    public var market: MarketID
    public var side: Side
    /// Whether this is the last change of the venue's update.
    public var isLast: Bool
    public var price: Price
    public var quantity: Quantity
    /// The venue's number of the update; 0 where it has none.
    public var sequence: UInt64
    public var venueTime: Instant
    public var receivedAt: Instant

    @inlinable
    public init(
        market: MarketID, side: Side, isLast: Bool, price: Price, quantity: Quantity,
        sequence: UInt64, venueTime: Instant, receivedAt: Instant
    ) {
        self.market = market
        self.side = side
        self.isLast = isLast
        self.price = price
        self.quantity = quantity
        self.sequence = sequence
        self.venueTime = venueTime
        self.receivedAt = receivedAt
    }
}

/// The book of a market starts anew, or can no longer be trusted.
@frozen public struct BookReset: BitwiseCopyable, Equatable, Sendable {
    @frozen public enum Reason: UInt8, BitwiseCopyable, CaseIterable, Sendable {
        /// A snapshot follows, as level changes up to the one that is marked as last.
        case snapshot = 1
        /// Updates are missing: the book is suspect until the next snapshot.
        case sequenceGap = 2
        /// The connection was lost: the book is suspect until the next snapshot.
        case disconnected = 3
        /// The venue's checksum differs from ours.
        case checksumMismatch = 4
        /// The recording itself has a hole here.
        case recordingGap = 5
    }

    public var market: MarketID
    public var reason: Reason
    public var sequence: UInt64
    public var venueTime: Instant
    public var receivedAt: Instant

    @inlinable
    public init(
        market: MarketID, reason: Reason, sequence: UInt64, venueTime: Instant, receivedAt: Instant
    ) {
        self.market = market
        self.reason = reason
        self.sequence = sequence
        self.venueTime = venueTime
        self.receivedAt = receivedAt
    }
}

/// The venue's rolling statistics of a market, usually over 24 hours.
@frozen public struct Ticker: BitwiseCopyable, Equatable, Sendable {
    public var market: MarketID
    public var last: Price
    public var open: Price
    public var high: Price
    public var low: Price
    /// Traded base volume of the window.
    public var volume: Quantity
    public var venueTime: Instant
    public var receivedAt: Instant

    @inlinable
    public init(
        market: MarketID, last: Price, open: Price, high: Price, low: Price, volume: Quantity,
        venueTime: Instant, receivedAt: Instant
    ) {
        self.market = market
        self.last = last
        self.open = open
        self.high = high
        self.low = low
        self.volume = volume
        self.venueTime = venueTime
        self.receivedAt = receivedAt
    }
}

/// A stream of the venue came up or went down.
@frozen public struct ConnectionChange: BitwiseCopyable, Equatable, Sendable {
    @frozen public enum State: UInt8, BitwiseCopyable, CaseIterable, Sendable {
        case connecting = 1
        case ready = 2
        case lost = 3
    }

    public var state: State
    public var venueTime: Instant
    public var receivedAt: Instant

    @inlinable
    public init(state: State, venueTime: Instant, receivedAt: Instant) {
        self.state = state
        self.venueTime = venueTime
        self.receivedAt = receivedAt
    }
}
