import MarketModel
import WireCodecs

/// Writes calls as the venue reads them: `{"id":1,"method":"server.ping","params":[]}`.
///
/// The id is an integer and the parameters are an array, always: for anything else the venue closes the
/// connection without a word.
package struct CoinExV1RequestWriter: ~Copyable {
    /// The largest message that the venue takes, in bytes.
    package static let messageMax = 102_400

    private var json = JSONWriter(capacity: 1_024)

    package init() {}

    /// Appends one message to a buffer, which holds nothing else of it.
    ///
    /// - Parameter id: positive, and used once in a connection.
    /// - Returns: false when the message would be too long for the venue; then nothing is appended.
    package mutating func write(
        _ request: CoinExV1Request, id: Int64, to buffer: inout WireBuffer
    ) -> Bool {
        precondition(id > 0, "ids are positive")
        json.reset()
        json.object { json in
            json.key("id")
            json.int(id)
            json.key("method")
            json.string(request.method.name)
            json.key("params")
            json.array { json in Self.parameters(of: request, &json) }
        }
        return json.withBytes { bytes in
            guard bytes.count <= Self.messageMax else { return false }
            buffer.append(UnsafeRawBufferPointer(bytes))
            return true
        }
    }

    private static func parameters(of request: CoinExV1Request, _ json: inout JSONWriter) {
        switch request {
        case .ping, .time, .unsubscribeKlines, .unsubscribeStates, .unsubscribeDeals, .unsubscribeDepth,
            .unsubscribeOrders, .unsubscribeOwnDeals, .queryAssetsOfAllAccounts, .unsubscribeAssets,
            .queryIndexes, .unsubscribeIndexes, .unsubscribeNotices:
            break
        case .sign(let accessID, let digest, let milliseconds):
            json.string(accessID)
            json.string(digest)
            json.int(milliseconds)
        case .queryKlines(let market, let from, let to, let period):
            json.string(market)
            json.int(from)
            json.int(to)
            json.int(period.seconds)
        case .subscribeKlines(let market, let period):
            json.string(market)
            json.int(period.seconds)
        case .queryState(let market, let seconds):
            json.string(market)
            json.int(seconds)
        case .queryDeals(let market, let limit, let after):
            precondition((1...1_000).contains(limit), "a page has 1 to 1,000 trades")
            json.string(market)
            json.int(Int64(limit))
            json.uint(after)
        case .subscribeStates(let names), .subscribeDeals(let names), .subscribeOrders(let names),
            .subscribeOwnDeals(let names), .queryAssets(let names), .subscribeAssets(let names),
            .subscribeIndexes(let names):
            for name in names { json.string(name) }
        case .queryDepth(let topic):
            json.string(topic.market)
            json.int(Int64(topic.limit))
            json.string(topic.merge.text)
        case .subscribeDepth(let topics): depth(topics, &json)
        case .queryOrders(let scope), .queryStopOrders(let scope): page(scope, &json)
        case .queryOwnDeals(let scope, let from, let to):
            json.int(scope.account ?? 0)
            json.string(scope.market)
            json.int(side(scope.side))
            json.int(from)
            json.int(to)
            range(scope, &json)
        case .queryAccountAssets(let account, let coins):
            // The coins are a list here, where the other methods take them one by one.
            json.int(account)
            json.array { json in for coin in coins { json.string(coin) } }
        case .queryIndex(let market): json.string(market)
        case .subscribeNotices: json.int(maintenance)
        }
    }

    /// One topic stands as it is, several as lists.
    private static func depth(_ topics: [CoinExDepthTopic], _ json: inout JSONWriter) {
        precondition(!topics.isEmpty, "a subscription of books has at least one")
        guard topics.count > 1 else { return depth(topics[0], &json) }
        for topic in topics { json.array { json in depth(topic, &json) } }
    }

    private static func depth(_ topic: CoinExDepthTopic, _ json: inout JSONWriter) {
        json.string(topic.market)
        json.int(Int64(topic.limit))
        json.string(topic.merge.text)
        json.bool(topic.isIncremental)
    }

    private static func page(_ scope: CoinExOrderQueryScope, _ json: inout JSONWriter) {
        if let account = scope.account { json.int(account) }
        json.string(scope.market)
        json.int(side(scope.side))
        range(scope, &json)
    }

    private static func range(_ scope: CoinExOrderQueryScope, _ json: inout JSONWriter) {
        precondition((1...CoinExOrderQueryScope.limitMax).contains(scope.limit), "a page has 1 to 100 rows")
        precondition(scope.offset >= 0, "an offset is not negative")
        json.int(Int64(scope.offset))
        json.int(Int64(scope.limit))
    }

    private static func side(_ side: Side?) -> Int64 {
        switch side {
        case .sell: 1
        case .buy: 2
        case nil: 0
        }
    }

    /// The one kind of notice that there is.
    private static let maintenance: Int64 = 101
}
