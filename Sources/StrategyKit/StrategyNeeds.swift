import MarketModel

/// What a strategy needs of its markets and of the venue: a configuration that lacks it is refused.
///
/// ```swift
/// static var needs: StrategyNeeds {
///     StrategyNeeds(markets: 1...1, ofTraded: [.quotes], ofWatched: [.optionMarks], orders: [.makerOnly])
/// }
/// ```
public struct StrategyNeeds: Equatable, Sendable {
    /// What a market can tell.
    public enum Data: String, CaseIterable, Sendable {
        /// The best bid and ask; a venue's book brings them too.
        case quotes
        case trades
        case book
        case tickers
        /// What the venue takes an option to be worth, with implied volatility.
        case optionMarks = "option marks"
    }

    /// What can be asked of the venue that is traded at.
    public enum Order: String, CaseIterable, Sendable {
        case limit = "limit orders"
        case makerOnly = "maker-only orders"
        case immediateOrCancel = "immediate-or-cancel orders"
        case fillOrKill = "fill-or-kill orders"
        case market = "market orders"
        case spending = "market orders for a sum"
        case stop = "stop orders"
        case hidden = "hidden orders"
    }

    /// How many markets it trades in: at least one.
    public var markets: ClosedRange<Int>
    /// How many markets it reads without trading in them.
    public var watched: ClosedRange<Int>
    /// What each market has to tell that it trades in.
    public var ofTraded: [Data]
    /// What each market has to tell that it only reads.
    public var ofWatched: [Data]
    /// The orders that it places.
    public var orders: [Order]

    /// A strategy that says nothing is given whatever the configuration names.
    public init(
        markets: ClosedRange<Int> = 1...MarketID.marketsMax,
        watched: ClosedRange<Int> = 0...MarketID.marketsMax, ofTraded: [Data] = [], ofWatched: [Data] = [],
        orders: [Order] = []
    ) {
        precondition(markets.lowerBound >= 1, "a strategy has at least one market")
        self.markets = markets
        self.watched = watched
        self.ofTraded = ofTraded
        self.ofWatched = ofWatched
        self.orders = orders
    }
}
