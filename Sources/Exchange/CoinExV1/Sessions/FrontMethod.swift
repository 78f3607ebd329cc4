/// The methods of the WebSocket.
enum FrontMethod: String, CaseIterable {
    case ping = "server.ping"
    case time = "server.time"
    case sign = "server.sign"

    case klineQuery = "kline.query"
    case klineSubscribe = "kline.subscribe"
    case klineUnsubscribe = "kline.unsubscribe"
    case stateQuery = "state.query"
    case stateSubscribe = "state.subscribe"
    case stateUnsubscribe = "state.unsubscribe"
    case dealsQuery = "deals.query"
    case dealsSubscribe = "deals.subscribe"
    case dealsUnsubscribe = "deals.unsubscribe"
    case depthQuery = "depth.query"
    case depthSubscribe = "depth.subscribe"
    case depthSubscribeMulti = "depth.subscribe_multi"
    case depthUnsubscribe = "depth.unsubscribe"
    case depthUnsubscribeMulti = "depth.unsubscribe_multi"
    case indexQuery = "index.query"
    case indexList = "index.list"
    case indexSubscribe = "index.subscribe"
    case indexUnsubscribe = "index.unsubscribe"

    case orderQuery = "order.query"
    case stopQuery = "order.query_stop"
    case orderAccountQuery = "order.account_query"
    case stopAccountQuery = "order.account_query_stop"
    case orderSubscribe = "order.subscribe"
    case orderUnsubscribe = "order.unsubscribe"
    case ownDealsQuery = "deals.query_user"
    case ownDealsSubscribe = "deals_own.subscribe"
    case ownDealsUnsubscribe = "deals_own.unsubscribe"
    case assetQuery = "asset.query"
    case assetAccountQuery = "asset.account_query"
    case assetAccountQueryAll = "asset.account_query_all"
    case assetSubscribe = "asset.subscribe"
    case assetUnsubscribe = "asset.unsubscribe"
    case noticeSubscribe = "notice.subscribe"
    case noticeUnsubscribe = "notice.unsubscribe"
}

extension FrontMethod {
    /// Whether it wants `server.sign` before it.
    var isPrivate: Bool {
        switch self {
        case .ping, .time, .sign, .klineQuery, .klineSubscribe, .klineUnsubscribe, .stateQuery,
            .stateSubscribe, .stateUnsubscribe, .dealsQuery, .dealsSubscribe, .dealsUnsubscribe, .depthQuery,
            .depthSubscribe, .depthSubscribeMulti, .depthUnsubscribe, .depthUnsubscribeMulti, .indexQuery,
            .indexList, .indexSubscribe, .indexUnsubscribe:
            false
        case .orderQuery, .stopQuery, .orderAccountQuery, .stopAccountQuery, .orderSubscribe,
            .orderUnsubscribe, .ownDealsQuery, .ownDealsSubscribe, .ownDealsUnsubscribe, .assetQuery,
            .assetAccountQuery, .assetAccountQueryAll, .assetSubscribe, .assetUnsubscribe, .noticeSubscribe,
            .noticeUnsubscribe:
            true
        }
    }

    /// Whether calls of it are counted against the limit of a connection.
    var isLimited: Bool { self != .ping && self != .time }

    /// Where its window stands among those of a connection.
    static let slots = Dictionary(uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })
}
