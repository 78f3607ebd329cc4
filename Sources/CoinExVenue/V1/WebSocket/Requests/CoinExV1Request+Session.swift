import Signing

extension CoinExSubscriptions {
    /// The call of the first generation that subscribes a family as a whole; nil where there is none.
    package func request(_ stream: CoinExStream) -> CoinExV1Request? {
        switch stream {
        case .depth: .subscribeDepth(depth)
        case .deals: .subscribeDeals(deals)
        case .state: .subscribeStates(states)
        case .kline: .subscribeKlines(market: klineMarket, klinePeriod)
        case .index: .subscribeIndexes(indexes)
        case .order: .subscribeOrders(orders)
        case .ownDeals: .subscribeOwnDeals(ownDeals)
        case .asset: .subscribeAssets(coins)
        case .notice: .subscribeNotices
        // Stop orders come with the orders, and the best prices with the books.
        case .stop, .bestPrices: nil
        }
    }
}

extension CoinExV1Request {
    /// The call that signs: the digest of `access_id=…&tonce=…&secret_key=…`, as for requests of REST.
    package static func signing(_ credentials: CoinExCredentials, milliseconds: Int64) -> CoinExV1Request {
        var digester = Digester(.md5)
        func add(_ text: String, _ digester: inout Digester) {
            var text = text
            text.withUTF8 { digester.add(UnsafeRawBufferPointer($0)) }
        }
        digester.add("access_id=" as StaticString)
        add(credentials.accessID, &digester)
        digester.add("&tonce=" as StaticString)
        add(String(milliseconds), &digester)
        digester.add("&secret_key=" as StaticString)
        digester.add(credentials.secret)
        let digest = digester.finish { Hexadecimal.text($0, .upper) }
        return .sign(accessID: credentials.accessID, digest: digest, milliseconds: milliseconds)
    }
}
