import MarketModel
import Quantities
import VenueKit

/// What a link subscribes, under which name and with which key it trades, and how long it waits for what.
package struct CoinExLinkSettings: Sendable {
    /// Families in the order in which they are subscribed; private ones only with a key.
    package var streams: [CoinExStream]
    /// What is subscribed of each family.
    package var subscriptions: CoinExSubscriptions
    package var naming: CoinExOrderNaming
    /// Nil for a link that only looks at the market.
    package var credentials: CoinExCredentials?
    package var host: CoinExHost
    /// Whose orders and balances count: 0 for spot.
    package var account: Int64 = 0
    /// Levels per side of the books that are subscribed.
    package var bookLimit: Int
    package var session: CoinExSessionSettings

    /// How much longer the windows of the link's own questions are than the venue's; see `VenueLimits.pacingMargin`.
    package var pacingMargin = Interval.milliseconds(50)
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
    ///
    /// - Parameter streams: nil for those that the generation needs.
    package init(
        _ table: MarketTable, naming: CoinExOrderNaming, credentials: CoinExCredentials?,
        api: CoinExAPI = .v1, streams: [CoinExStream]? = nil, bookLimit: Int = 20
    ) {
        let streams = streams ?? api.streams
        self.streams = streams
        host = CoinExHost(api: api)
        self.naming = naming
        self.credentials = credentials
        self.bookLimit = bookLimit
        subscriptions = CoinExSubscriptions(markets: table.markets.map(\.name), limit: bookLimit)
        session = CoinExSessionSettings(
            streams: streams, markets: table.markets.count, isSigned: credentials != nil)
    }

    package var isSigned: Bool { credentials != nil }

    package var api: CoinExAPI { host.api }
}

extension CoinExAPI {
    /// The families that a session needs, in the order in which they are subscribed.
    package var streams: [CoinExStream] {
        switch self {
        case .v1: [.depth, .deals, .state, .order, .ownDeals, .asset]
        case .v2: [.depth, .deals, .state, .order, .stop, .ownDeals, .asset]
        }
    }

    /// What the venue says that it allows.
    package var limits: VenueLimits {
        switch self {
        case .v1: .coinExV1
        case .v2: .coinExV2
        }
    }
}
