import MarketModel
import Quantities

/// What a link subscribes, under which name and with which key it trades, and how long it waits for what.
package struct CoinExLinkSettings: Sendable {
    /// Families in the order in which they are subscribed; private ones only with a key.
    package var streams: [CoinExStream]
    /// What is subscribed of each family.
    package var subscriptions: CoinExV1Subscriptions
    package var naming: CoinExOrderNaming
    /// Nil for a link that only looks at the market.
    package var credentials: CoinExCredentials?
    package var host = CoinExHost()
    /// Whose orders and balances count: 0 for spot.
    package var account: Int64 = 0
    /// Levels per side of the books that are subscribed.
    package var bookLimit: Int
    package var session: CoinExSessionSettings

    /// How long a request that places or cancels may take, until it counts as unanswered.
    package var orderTimeout = Interval.seconds(5)
    package var queryTimeout = Interval.seconds(10)
    /// How often the venue's clock is looked at, and how soon again when that failed.
    package var clockEvery = Interval.minutes(10)
    package var clockRetry = Interval.seconds(5)
    /// The pause between two looks for orders that a tape has lost.
    package var lookBackPause = Interval.seconds(10)
    /// Clocks that are farther apart than this are worth a notice; the difference is allowed for in any case.
    package var clockOffsetMax = Interval.seconds(30)

    /// Everything of the markets of a table.
    package init(
        _ table: MarketTable, naming: CoinExOrderNaming, credentials: CoinExCredentials?,
        streams: [CoinExStream] = [.depth, .deals, .state, .order, .ownDeals, .asset], bookLimit: Int = 20
    ) {
        self.streams = streams
        self.naming = naming
        self.credentials = credentials
        self.bookLimit = bookLimit
        subscriptions = CoinExV1Subscriptions(markets: table.markets.map(\.name), limit: bookLimit)
        session = CoinExSessionSettings(
            streams: streams, markets: table.markets.count, isSigned: credentials != nil)
    }

    package var isSigned: Bool { credentials != nil }
}
