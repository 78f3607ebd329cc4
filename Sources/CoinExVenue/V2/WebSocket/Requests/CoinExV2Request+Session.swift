import Signing

extension CoinExSubscriptions {
    /// The call of the second generation that subscribes a family as a whole; nil where there is none.
    package func requestV2(_ stream: CoinExStream) -> CoinExV2Request? {
        switch stream {
        case .depth: .subscribeDepth(depth)
        case .deals: .subscribeDeals(deals)
        case .bestPrices: .subscribeBestPrices(deals)
        case .state: .subscribeStates(states)
        case .index: .subscribeIndexes(indexes)
        case .order: .subscribeOrders(orders)
        case .stop: .subscribeStops(orders)
        case .ownDeals: .subscribeUserDeals(ownDeals)
        case .asset: .subscribeBalances(coins)
        case .notice: .subscribeNotices
        // The second generation streams no candles.
        case .kline: nil
        }
    }
}

extension CoinExV2Request {
    /// The call that signs: the keyed digest of the time as it stands in the call.
    package static func signing(_ credentials: CoinExCredentials, milliseconds: Int64) -> CoinExV2Request {
        var digester = KeyedDigester(credentials.secret)
        var text = String(milliseconds)
        text.withUTF8 { digester.add(UnsafeRawBufferPointer($0)) }
        let signature = digester.finish { Hexadecimal.text($0, .lower) }
        return .sign(accessID: credentials.accessID, signature: signature, milliseconds: milliseconds)
    }
}
