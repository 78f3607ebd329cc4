import MarketModel
import Quantities

/// A trading strategy: typed parameters, a start, and callbacks for what it cares about.
///
/// A strategy is a struct that is called by the engine, one event at a time, with the desk lent to it. It
/// never waits, never looks at a clock and never fails silently: a callback that throws stops this strategy,
/// cancels its orders and leaves the other strategies running.
///
/// ```swift
/// struct Greedy: Strategy {
///     static let name = "greedy"
///     struct Parameters: StrategyParameters {
///         static var schema: [Parameter<Self>] { [] }
///     }
///     let market: Market
///
///     init(_ parameters: Parameters, _ setup: StrategySetup) throws { market = setup.market }
///
///     mutating func onQuote(_ quote: Quote, _ desk: inout Desk) {
///         guard desk.openOrders(in: market.id).isEmpty, desk.position(market.id).quantity.isZero else { return }
///         desk.place(.limit(.buy, market.rules.minimumQuantity, at: quote.bid, in: market.id, .makerOnly))
///     }
/// }
/// ```
public protocol Strategy: StrategyCallbacks {
    /// What the YAML may set; its schema gives defaults, ranges, units and help.
    associatedtype Parameters: StrategyParameters

    /// The name that the YAML selects it by: lower case with dashes.
    static var name: String { get }

    /// What it does, in one sentence that ends with a full stop; empty unless it is written.
    static var summary: String { get }

    /// What it needs of its markets and of the venue; nothing in particular unless it is written.
    static var needs: StrategyNeeds { get }

    /// Creates the strategy; throws `StrategyError` when parameters and markets do not fit together.
    init(_ parameters: Parameters, _ setup: StrategySetup) throws
}

extension Strategy {
    public static var summary: String { "" }
    public static var needs: StrategyNeeds { StrategyNeeds() }
}

/// The callbacks of a strategy; each does nothing unless it is written.
public protocol StrategyCallbacks: Sendable {
    /// Before the first event: own orders and positions are known.
    mutating func onStart(_ desk: inout Desk) throws
    /// The best bid or ask of a market changed.
    mutating func onQuote(_ quote: Quote, _ desk: inout Desk) throws
    /// A whole update was applied to the book of a market, which is live and readable.
    mutating func onBook(_ update: BookUpdate, _ desk: inout Desk) throws
    /// The book of a market cannot be read any more, or can be read again.
    mutating func onBookState(_ change: BookStateChange, _ desk: inout Desk) throws
    mutating func onTrade(_ trade: Trade, _ desk: inout Desk) throws
    mutating func onTicker(_ ticker: Ticker, _ desk: inout Desk) throws
    /// The venue tells what it takes an option to be worth, with implied volatility and Greeks.
    mutating func onOptionMark(_ mark: OptionMark, _ desk: inout Desk) throws
    /// One of the strategy's own orders has a new state.
    mutating func onOrder(_ order: OwnOrder, _ desk: inout Desk) throws
    /// A deal of one of the strategy's own orders; position and order have it already.
    mutating func onFill(_ fill: Fill, _ desk: inout Desk) throws
    mutating func onBalance(_ balance: Balance, _ desk: inout Desk) throws
    mutating func onConnection(_ change: ConnectionChange, _ desk: inout Desk) throws
    mutating func onAlarm(_ alarm: Alarm, _ desk: inout Desk) throws
    /// After the last event: orders placed here are refused, cancels are carried out.
    mutating func onStop(_ desk: inout Desk) throws
}

extension StrategyCallbacks {
    @inlinable public mutating func onStart(_ desk: inout Desk) {}
    @inlinable public mutating func onQuote(_ quote: Quote, _ desk: inout Desk) {}
    @inlinable public mutating func onBook(_ update: BookUpdate, _ desk: inout Desk) {}
    @inlinable public mutating func onBookState(_ change: BookStateChange, _ desk: inout Desk) {}
    @inlinable public mutating func onTrade(_ trade: Trade, _ desk: inout Desk) {}
    @inlinable public mutating func onTicker(_ ticker: Ticker, _ desk: inout Desk) {}
    @inlinable public mutating func onOptionMark(_ mark: OptionMark, _ desk: inout Desk) {}
    @inlinable public mutating func onOrder(_ order: OwnOrder, _ desk: inout Desk) {}
    @inlinable public mutating func onFill(_ fill: Fill, _ desk: inout Desk) {}
    @inlinable public mutating func onBalance(_ balance: Balance, _ desk: inout Desk) {}
    @inlinable public mutating func onConnection(_ change: ConnectionChange, _ desk: inout Desk) {}
    @inlinable public mutating func onAlarm(_ alarm: Alarm, _ desk: inout Desk) {}
    @inlinable public mutating func onStop(_ desk: inout Desk) {}
}

/// What a strategy is given when it is created.
public struct StrategySetup: Sendable {
    /// The markets that the configuration gives this strategy, at least one.
    public let markets: [Market]
    /// The markets that it reads only: orders in them are refused. None unless the configuration names some.
    public let watched: [Market]

    public init(markets: [Market], watched: [Market] = []) {
        precondition(!markets.isEmpty, "a strategy has at least one market")
        self.markets = markets
        self.watched = watched
    }

    /// The first market: the only one of most strategies.
    public var market: Market { markets[0] }
}

/// A strategy cannot go on, or cannot even start; the text is for the person who runs it.
public struct StrategyError: Error, Equatable, Sendable, CustomStringConvertible {
    public let description: String
    public init(_ description: String) { self.description = description }
}

/// A whole update was applied to a book.
@frozen public struct BookUpdate: BitwiseCopyable, Equatable, Sendable {
    public var market: MarketID
    public var sequence: UInt64
    public var venueTime: Instant
    public var receivedAt: Instant

    @inlinable
    public init(market: MarketID, sequence: UInt64, venueTime: Instant, receivedAt: Instant) {
        self.market = market
        self.sequence = sequence
        self.venueTime = venueTime
        self.receivedAt = receivedAt
    }
}

/// A market's data became unreadable, or readable again.
@frozen public struct BookStateChange: BitwiseCopyable, Equatable, Sendable {
    @frozen public enum State: UInt8, BitwiseCopyable, CaseIterable, Sendable {
        case live = 1
        /// Damaged or out of sequence, until the next snapshot or good quote.
        case suspect = 2
        /// Nothing was heard for longer than the staleness budget.
        case stale = 3
    }

    public var market: MarketID
    public var state: State
    public var at: Instant

    @inlinable
    public init(market: MarketID, state: State, at: Instant) {
        self.market = market
        self.state = state
        self.at = at
    }
}
