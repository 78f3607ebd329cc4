import MarketModel

/// A call of a method of the venue's socket.
///
/// Lists of markets and coins: an empty one means all of them. A subscription replaces the one of the same
/// family as a whole, so it always names everything that is wanted.
public enum CoinExV1Request: Equatable, Sendable {
    case ping
    case time
    /// `digest` is the signature of the id and the time, in upper-case hexadecimal digits.
    case sign(accessID: String, digest: String, milliseconds: Int64)

    /// Candles between two times in seconds.
    case queryKlines(market: String, from: Int64, to: Int64, CoinExKlinePeriod)
    /// Candles of one market; not sure to exist on spot: an error 4 says that it does not.
    case subscribeKlines(market: String, CoinExKlinePeriod)
    case unsubscribeKlines

    /// Statistics of the last so many seconds; 86,400 are a day.
    case queryState(market: String, seconds: Int64)
    case subscribeStates([String])
    case unsubscribeStates

    /// Public trades after a number, the newest first; 0 for the latest. The limit is 1 to 1,000.
    case queryDeals(market: String, limit: Int, after: UInt64)
    case subscribeDeals([String])
    case unsubscribeDeals

    case queryDepth(CoinExDepthTopic)
    /// At least one topic; several go as one subscription.
    case subscribeDepth([CoinExDepthTopic])
    case unsubscribeDepth

    /// Resting orders.
    case queryOrders(CoinExOrderQueryScope)
    /// Stop orders that wait.
    case queryStopOrders(CoinExOrderQueryScope)
    /// Orders and stop orders share one subscription.
    case subscribeOrders([String])
    case unsubscribeOrders

    /// Own deals between two times in seconds, 0 for open.
    case queryOwnDeals(CoinExOrderQueryScope, from: Int64, to: Int64)
    case subscribeOwnDeals([String])
    case unsubscribeOwnDeals

    /// Balances of the spot account.
    case queryAssets([String])
    case queryAccountAssets(account: Int64, [String])
    case queryAssetsOfAllAccounts
    case subscribeAssets([String])
    case unsubscribeAssets

    case queryIndex(market: String)
    case queryIndexes
    case subscribeIndexes([String])
    case unsubscribeIndexes

    /// Announcements of maintenance.
    case subscribeNotices
    case unsubscribeNotices
}

/// Which orders a query asks for, and which page of them.
public struct CoinExOrderQueryScope: Equatable, Sendable {
    /// The most rows of a page.
    public static let limitMax = 100

    public var market: String
    /// Nil for the spot account; else a margin account, -1 for all accounts, -2 for all margin accounts.
    public var account: Int64?
    /// Nil for both.
    public var side: Side?
    public var offset: Int
    /// 1 to 100.
    public var limit: Int

    public init(
        _ market: String, account: Int64? = nil, side: Side? = nil, offset: Int = 0, limit: Int = limitMax
    ) {
        self.market = market
        self.account = account
        self.side = side
        self.offset = offset
        self.limit = limit
    }
}

extension CoinExV1Request {
    public var method: CoinExV1Method {
        switch self {
        case .ping: .serverPing
        case .time: .serverTime
        case .sign: .serverSign
        case .queryKlines: .klineQuery
        case .subscribeKlines: .klineSubscribe
        case .unsubscribeKlines: .klineUnsubscribe
        case .queryState: .stateQuery
        case .subscribeStates: .stateSubscribe
        case .unsubscribeStates: .stateUnsubscribe
        case .queryDeals: .dealsQuery
        case .subscribeDeals: .dealsSubscribe
        case .unsubscribeDeals: .dealsUnsubscribe
        case .queryDepth: .depthQuery
        case .subscribeDepth(let topics): topics.count == 1 ? .depthSubscribe : .depthSubscribeMulti
        case .unsubscribeDepth: .depthUnsubscribe
        case .queryOrders(let scope): scope.account == nil ? .orderQuery : .orderAccountQuery
        case .queryStopOrders(let scope): scope.account == nil ? .orderQueryStop : .orderAccountQueryStop
        case .subscribeOrders: .orderSubscribe
        case .unsubscribeOrders: .orderUnsubscribe
        case .queryOwnDeals: .dealsQueryUser
        case .subscribeOwnDeals: .dealsOwnSubscribe
        case .unsubscribeOwnDeals: .dealsOwnUnsubscribe
        case .queryAssets: .assetQuery
        case .queryAccountAssets: .assetAccountQuery
        case .queryAssetsOfAllAccounts: .assetAccountQueryAll
        case .subscribeAssets: .assetSubscribe
        case .unsubscribeAssets: .assetUnsubscribe
        case .queryIndex: .indexQuery
        case .queryIndexes: .indexList
        case .subscribeIndexes: .indexSubscribe
        case .unsubscribeIndexes: .indexUnsubscribe
        case .subscribeNotices: .noticeSubscribe
        case .unsubscribeNotices: .noticeUnsubscribe
        }
    }
}
