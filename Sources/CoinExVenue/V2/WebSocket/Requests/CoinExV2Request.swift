import WireCodecs

/// A call of the second generation's socket.
public enum CoinExV2Request: Equatable, Sendable {
    case ping
    case time
    case sign(accessID: String, signature: String, milliseconds: Int64)
    /// Lists of markets and coins: an empty one means all of them.
    case subscribeDepth([CoinExDepthTopic])
    case subscribeDeals([String])
    case subscribeBestPrices([String])
    case subscribeStates([String])
    case subscribeIndexes([String])
    case subscribeOrders([String])
    case subscribeStops([String])
    case subscribeUserDeals([String])
    case subscribeBalances([String])
    case subscribeNotices
    /// Ends a family's subscription, for these markets or all of them.
    case unsubscribe(CoinExV2Push, [String])

    public var method: CoinExV2Method {
        switch self {
        case .ping: .serverPing
        case .time: .serverTime
        case .sign: .serverSign
        case .subscribeDepth: .depthSubscribe
        case .subscribeDeals: .dealsSubscribe
        case .subscribeBestPrices: .bboSubscribe
        case .subscribeStates: .stateSubscribe
        case .subscribeIndexes: .indexSubscribe
        case .subscribeOrders: .orderSubscribe
        case .subscribeStops: .stopSubscribe
        case .subscribeUserDeals: .userDealsSubscribe
        case .subscribeBalances: .balanceSubscribe
        case .subscribeNotices: .noticeSubscribe
        case .unsubscribe(let push, _): push.unsubscription
        }
    }
}

extension CoinExV2Push {
    fileprivate var unsubscription: CoinExV2Method {
        switch self {
        case .depth: .depthUnsubscribe
        case .deals: .dealsUnsubscribe
        case .bbo: .bboUnsubscribe
        case .state: .stateUnsubscribe
        case .index: .indexUnsubscribe
        case .order: .orderUnsubscribe
        case .stop: .stopUnsubscribe
        case .userDeals: .userDealsUnsubscribe
        case .balance: .balanceUnsubscribe
        case .notice: .noticeUnsubscribe
        }
    }
}

/// Writes calls as the venue reads them: `{"method":"server.ping","params":{},"id":1}`.
package struct CoinExV2RequestWriter: ~Copyable {
    /// The largest message that the venue takes, in bytes: that of the first generation, for lack of another figure.
    package static let messageMax = 102_400

    private var json = JSONWriter(capacity: 1_024)

    package init() {}

    /// Appends one message to a buffer, which holds nothing else of it.
    ///
    /// - Parameter id: positive, and used once in a connection.
    /// - Returns: false when the message would be too long for the venue; then nothing is appended.
    package mutating func write(_ request: CoinExV2Request, id: Int64, to buffer: inout WireBuffer) -> Bool {
        precondition(id > 0, "ids are positive")
        json.reset()
        json.object { json in
            json.key("method")
            json.string(request.method.rawValue)
            json.key("params")
            json.object { json in Self.parameters(of: request, &json) }
            json.key("id")
            json.int(id)
        }
        return json.withBytes { bytes in
            guard bytes.count <= Self.messageMax else { return false }
            buffer.append(UnsafeRawBufferPointer(bytes))
            return true
        }
    }

    private static func parameters(of request: CoinExV2Request, _ json: inout JSONWriter) {
        switch request {
        case .ping, .time: break
        case .sign(let accessID, let signature, let milliseconds):
            json.key("access_id")
            json.string(accessID)
            json.key("signed_str")
            json.string(signature)
            json.key("timestamp")
            json.int(milliseconds)
        case .subscribeDepth(let topics):
            json.key("market_list")
            json.array { json in
                for topic in topics {
                    json.array { json in
                        json.string(topic.market)
                        json.int(Int64(topic.limit))
                        json.string(topic.merge.text)
                        // Whether the whole is wanted each time: the contrary of what the first generation asks.
                        json.bool(!topic.isIncremental)
                    }
                }
            }
        case .subscribeDeals(let names), .subscribeBestPrices(let names), .subscribeStates(let names),
            .subscribeIndexes(let names), .subscribeOrders(let names), .subscribeStops(let names),
            .subscribeUserDeals(let names):
            list("market_list", names, &json)
        case .subscribeBalances(let coins): list("ccy_list", coins, &json)
        case .subscribeNotices, .unsubscribe(.notice, _):
            json.key("channels")
            json.array { json in json.int(maintenance) }
        case .unsubscribe(.balance, let coins): list("ccy_list", coins, &json)
        case .unsubscribe(_, let names): list("market_list", names, &json)
        }
    }

    private static func list(_ name: StaticString, _ names: [String], _ json: inout JSONWriter) {
        json.key(name)
        json.array { json in for name in names { json.string(name) } }
    }

    /// The one kind of notice that there is.
    private static let maintenance: Int64 = 101
}
