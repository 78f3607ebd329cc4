extension CoinExV1Method {
    /// The stream that a push belongs to; nil for methods that are called.
    package var stream: CoinExStream? {
        switch self {
        case .depthUpdate: .depth
        case .dealsUpdate: .deals
        case .stateUpdate: .state
        case .klineUpdate: .kline
        case .indexUpdate: .index
        case .orderUpdate, .orderUpdateStop: .order
        case .dealsOwnUpdate: .ownDeals
        case .assetUpdate: .asset
        case .noticeUpdate: .notice
        case .serverPing, .serverTime, .serverSign, .klineQuery, .klineSubscribe, .klineUnsubscribe,
            .stateQuery, .stateSubscribe, .stateUnsubscribe, .dealsQuery, .dealsQueryUser, .dealsSubscribe,
            .dealsUnsubscribe, .depthQuery, .depthSubscribe, .depthSubscribeMulti, .depthUnsubscribe,
            .depthUnsubscribeMulti, .orderQuery, .orderQueryStop, .orderAccountQuery,
            .orderAccountQueryStop, .orderSubscribe, .orderUnsubscribe, .dealsOwnSubscribe,
            .dealsOwnUnsubscribe, .assetQuery, .assetAccountQuery, .assetAccountQueryAll, .assetSubscribe,
            .assetUnsubscribe, .indexQuery, .indexList, .indexSubscribe, .indexUnsubscribe,
            .noticeSubscribe, .noticeUnsubscribe:
            nil
        }
    }
}
