import WireCodecs

/// A method of the venue's socket, by its name on the wire.
///
/// What a client may call and what the venue pushes share one list of names. No method places or cancels
/// orders: that is done by REST.
public enum CoinExV1Method: UInt8, BitwiseCopyable, CaseIterable, Hashable, Sendable {
    case serverPing
    case serverTime
    case serverSign
    case klineQuery
    case klineSubscribe
    case klineUpdate
    case klineUnsubscribe
    case stateQuery
    case stateSubscribe
    case stateUpdate
    case stateUnsubscribe
    case dealsQuery
    case dealsQueryUser
    case dealsSubscribe
    case dealsUpdate
    case dealsUnsubscribe
    case depthQuery
    case depthSubscribe
    case depthSubscribeMulti
    case depthUpdate
    case depthUnsubscribe
    case depthUnsubscribeMulti
    case orderQuery
    case orderQueryStop
    case orderAccountQuery
    case orderAccountQueryStop
    case orderSubscribe
    case orderUpdate
    case orderUpdateStop
    case orderUnsubscribe
    case dealsOwnSubscribe
    case dealsOwnUpdate
    case dealsOwnUnsubscribe
    case assetQuery
    case assetAccountQuery
    case assetAccountQueryAll
    case assetSubscribe
    case assetUpdate
    case assetUnsubscribe
    case indexQuery
    case indexList
    case indexSubscribe
    case indexUpdate
    case indexUnsubscribe
    case noticeSubscribe
    case noticeUpdate
    case noticeUnsubscribe
}

extension CoinExV1Method {
    /// The name on the wire.
    public var name: StaticString {
        switch self {
        case .serverPing: "server.ping"
        case .serverTime: "server.time"
        case .serverSign: "server.sign"
        case .klineQuery: "kline.query"
        case .klineSubscribe: "kline.subscribe"
        case .klineUpdate: "kline.update"
        case .klineUnsubscribe: "kline.unsubscribe"
        case .stateQuery: "state.query"
        case .stateSubscribe: "state.subscribe"
        case .stateUpdate: "state.update"
        case .stateUnsubscribe: "state.unsubscribe"
        case .dealsQuery: "deals.query"
        case .dealsQueryUser: "deals.query_user"
        case .dealsSubscribe: "deals.subscribe"
        case .dealsUpdate: "deals.update"
        case .dealsUnsubscribe: "deals.unsubscribe"
        case .depthQuery: "depth.query"
        case .depthSubscribe: "depth.subscribe"
        case .depthSubscribeMulti: "depth.subscribe_multi"
        case .depthUpdate: "depth.update"
        case .depthUnsubscribe: "depth.unsubscribe"
        case .depthUnsubscribeMulti: "depth.unsubscribe_multi"
        case .orderQuery: "order.query"
        case .orderQueryStop: "order.query_stop"
        case .orderAccountQuery: "order.account_query"
        case .orderAccountQueryStop: "order.account_query_stop"
        case .orderSubscribe: "order.subscribe"
        case .orderUpdate: "order.update"
        case .orderUpdateStop: "order.update_stop"
        case .orderUnsubscribe: "order.unsubscribe"
        case .dealsOwnSubscribe: "deals_own.subscribe"
        case .dealsOwnUpdate: "deals_own.update"
        case .dealsOwnUnsubscribe: "deals_own.unsubscribe"
        case .assetQuery: "asset.query"
        case .assetAccountQuery: "asset.account_query"
        case .assetAccountQueryAll: "asset.account_query_all"
        case .assetSubscribe: "asset.subscribe"
        case .assetUpdate: "asset.update"
        case .assetUnsubscribe: "asset.unsubscribe"
        case .indexQuery: "index.query"
        case .indexList: "index.list"
        case .indexSubscribe: "index.subscribe"
        case .indexUpdate: "index.update"
        case .indexUnsubscribe: "index.unsubscribe"
        case .noticeSubscribe: "notice.subscribe"
        case .noticeUpdate: "notice.update"
        case .noticeUnsubscribe: "notice.unsubscribe"
        }
    }
}

extension CoinExV1Method: CustomStringConvertible {
    public var description: String { "\(name)" }

    /// The method of this name; nil when there is none.
    public init?(name: String) {
        guard let method = Self.allCases.first(where: { $0.description == name }) else { return nil }
        self = method
    }
}

// MARK: - Pushes

extension CoinExV1Method {
    /// What the venue pushes, the busiest first.
    public static let pushes: [CoinExV1Method] = [
        .depthUpdate, .dealsUpdate, .stateUpdate, .orderUpdate, .dealsOwnUpdate, .assetUpdate,
        .orderUpdateStop, .indexUpdate, .klineUpdate, .noticeUpdate,
    ]

    /// The method of a push; nil for a name that is none.
    @inline(__always)
    init?(push text: JSONText) {
        switch text {
        case "depth.update": self = .depthUpdate
        case "deals.update": self = .dealsUpdate
        case "state.update": self = .stateUpdate
        case "order.update": self = .orderUpdate
        case "deals_own.update": self = .dealsOwnUpdate
        case "asset.update": self = .assetUpdate
        case "order.update_stop": self = .orderUpdateStop
        case "index.update": self = .indexUpdate
        case "kline.update": self = .klineUpdate
        case "notice.update": self = .noticeUpdate
        default: return nil
        }
    }
}
