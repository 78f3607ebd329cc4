/// An endpoint as a row of a table, whatever it answers with.
package struct CoinExEndpointRow: Sendable {
    /// `POST /order/limit`; what follows in brackets tells two of the same address apart.
    package let name: String
    package let group: CoinExRateGroup
    package let isSigned: Bool
    /// The Swift type of the reply's data.
    package let reply: String
    package let decoder: CoinExDecoder

    init<Reply>(_ endpoint: CoinExEndpoint<Reply>, _ remark: String = "") {
        let name = "\(endpoint)\(remark)"
        self.name = name
        group = endpoint.group
        isSigned = endpoint.isSigned
        reply = "\(Reply.self)"
        decoder = CoinExDecoder(name) { body in
            try CoinExAnswer.decode(Reply.self, status: 200, body)
        }
    }
}

extension CoinExV1 {
    /// Every endpoint of REST.
    package static let endpoints: [CoinExEndpointRow] =
        marketEndpoints + accountEndpoints + marginEndpoints + walletEndpoints + subAccountEndpoints
        + tradingEndpoints

    private static let marketEndpoints: [CoinExEndpointRow] = [
        .init(marketListEndpoint), .init(marketInfoEndpoint), .init(marketDetailEndpoint),
        .init(depthEndpoint), .init(marketDealsEndpoint), .init(candlesEndpoint), .init(tickerEndpoint),
        .init(allTickersEndpoint), .init(currencyRatesEndpoint), .init(assetConfigEndpoint),
        .init(maintenanceEndpoint), .init(temporaryMaintenanceEndpoint), .init(ammMarketsEndpoint),
        .init(marginMarketsEndpoint), .init(tradeInfoEndpoint),
    ]

    private static let accountEndpoints: [CoinExEndpointRow] = [
        .init(balancesEndpoint), .init(poolBalancesEndpoint), .init(investmentBalancesEndpoint),
        .init(creditEndpoint), .init(creditBalancesEndpoint), .init(balanceHistoryEndpoint),
        .init(marketFeeEndpoint), .init(tradeFeesEndpoint), .init(settingsEndpoint),
    ]

    private static let marginEndpoints: [CoinExEndpointRow] = [
        .init(marginAccountEndpoint), .init(marginTermsEndpoint), .init(marginTransferEndpoint),
        .init(contractTransferEndpoint), .init(borrowEndpoint), .init(repayEndpoint),
        .init(loanHistoryEndpoint), .init(marginTransferHistoryEndpoint),
        .init(contractTransferHistoryEndpoint), .init(investmentTransferHistoryEndpoint),
    ]

    private static let walletEndpoints: [CoinExEndpointRow] = [
        .init(depositsEndpoint), .init(depositAddressEndpoint), .init(newDepositAddressEndpoint),
        .init(withdrawalsEndpoint), .init(withdrawEndpoint), .init(cancelWithdrawalEndpoint),
    ]

    private static let subAccountEndpoints: [CoinExEndpointRow] = [
        .init(subAccountsEndpoint), .init(registerSubAccountEndpoint), .init(freezeSubAccountEndpoint),
        .init(unfreezeSubAccountEndpoint), .init(subBalancesEndpoint), .init(subTransferEndpoint),
        .init(universalTransferEndpoint), .init(subTransferHistoryEndpoint), .init(subKeysEndpoint),
        .init(subKeyEndpoint), .init(newSubKeyEndpoint), .init(changeSubKeyEndpoint),
        .init(deleteSubKeyEndpoint), .init(authorizeEndpoint), .init(authorizationsEndpoint),
        .init(endAuthorizationEndpoint),
    ]

    private static let tradingEndpoints: [CoinExEndpointRow] = [
        .init(placeLimitEndpoint), .init(placeMarketEndpoint), .init(placeIOCEndpoint),
        .init(placeBatchEndpoint), .init(placeStopLimitEndpoint), .init(placeStopMarketEndpoint),
        .init(modifyEndpoint), .init(modifyStopEndpoint), .init(orderEndpoint), .init(ordersEndpoint),
        .init(pendingOrdersEndpoint), .init(finishedOrdersEndpoint), .init(orderDealsEndpoint),
        .init(ownDealsEndpoint), .init(pendingStopsEndpoint), .init(firedStopsEndpoint),
        .init(cancelEndpoint), .init(cancelAllEndpoint, " (all)"), .init(cancelBatchEndpoint),
        .init(cancelByClientIDEndpoint), .init(cancelStopEndpoint), .init(cancelAllStopsEndpoint),
        .init(cancelStopByClientIDEndpoint),
    ]
}

extension CoinExV1 {
    /// The table of all endpoints, as the documentation has it.
    package static var endpointTable: String { CoinExEndpointRow.table(of: endpoints) }
}

extension CoinExEndpointRow {
    static func table(of endpoints: [CoinExEndpointRow]) -> String {
        let head = ["| endpoint | group | signed | data of the reply |", "| --- | --- | --- | --- |"]
        let rows = endpoints.map { row in
            "| `\(row.name)` | \(row.group.rawValue) | \(row.isSigned ? "yes" : "no") | `\(row.reply)` |"
        }
        return (head + rows).joined(separator: "\n")
    }
}
