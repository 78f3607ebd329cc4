import WireCodecs

/// A method of the second generation's socket, by its name on the wire.
///
/// No method places or cancels orders: that is done by REST.
public enum CoinExV2Method: String, CaseIterable, Hashable, Sendable {
    case serverPing = "server.ping"
    case serverTime = "server.time"
    case serverSign = "server.sign"
    case stateSubscribe = "state.subscribe"
    case stateUpdate = "state.update"
    case stateUnsubscribe = "state.unsubscribe"
    case depthSubscribe = "depth.subscribe"
    case depthUpdate = "depth.update"
    case depthUnsubscribe = "depth.unsubscribe"
    case dealsSubscribe = "deals.subscribe"
    case dealsUpdate = "deals.update"
    case dealsUnsubscribe = "deals.unsubscribe"
    case bboSubscribe = "bbo.subscribe"
    case bboUpdate = "bbo.update"
    case bboUnsubscribe = "bbo.unsubscribe"
    case indexSubscribe = "index.subscribe"
    case indexUpdate = "index.update"
    case indexUnsubscribe = "index.unsubscribe"
    case orderSubscribe = "order.subscribe"
    case orderUpdate = "order.update"
    case orderUnsubscribe = "order.unsubscribe"
    case stopSubscribe = "stop.subscribe"
    case stopUpdate = "stop.update"
    case stopUnsubscribe = "stop.unsubscribe"
    case userDealsSubscribe = "user_deals.subscribe"
    case userDealsUpdate = "user_deals.update"
    case userDealsUnsubscribe = "user_deals.unsubscribe"
    case balanceSubscribe = "balance.subscribe"
    case balanceUpdate = "balance.update"
    case balanceUnsubscribe = "balance.unsubscribe"
    case noticeSubscribe = "notice.subscribe"
    case noticeUpdate = "notice.update"
    case noticeUnsubscribe = "notice.unsubscribe"
}

extension CoinExV2Method: CustomStringConvertible {
    public var description: String { rawValue }
}

/// What the venue pushes.
public enum CoinExV2Push: UInt8, BitwiseCopyable, CaseIterable, Hashable, Sendable {
    case depth
    case deals
    case bbo
    case state
    case index
    case order
    case stop
    case userDeals
    case balance
    case notice

    public var method: CoinExV2Method {
        switch self {
        case .depth: .depthUpdate
        case .deals: .dealsUpdate
        case .bbo: .bboUpdate
        case .state: .stateUpdate
        case .index: .indexUpdate
        case .order: .orderUpdate
        case .stop: .stopUpdate
        case .userDeals: .userDealsUpdate
        case .balance: .balanceUpdate
        case .notice: .noticeUpdate
        }
    }

    /// The family that the push belongs to.
    public var stream: CoinExStream {
        switch self {
        case .depth: .depth
        case .deals: .deals
        case .bbo: .bestPrices
        case .state: .state
        case .index: .index
        case .order: .order
        case .stop: .stop
        case .userDeals: .ownDeals
        case .balance: .asset
        case .notice: .notice
        }
    }

    /// The push of this name; nil for a name that is none.
    @inline(__always)
    init?(_ text: JSONText) {
        switch text {
        case "depth.update": self = .depth
        case "deals.update": self = .deals
        case "bbo.update": self = .bbo
        case "state.update": self = .state
        case "index.update": self = .index
        case "order.update": self = .order
        case "stop.update": self = .stop
        case "user_deals.update": self = .userDeals
        case "balance.update": self = .balance
        case "notice.update": self = .notice
        default: return nil
        }
    }
}
