extension CoinExV2 {
    /// Every endpoint of REST.
    package static let endpoints: [CoinExEndpointRow] =
        marketEndpoints + accountEndpoints + tradingEndpoints + queryEndpoints

    private static let marketEndpoints: [CoinExEndpointRow] = [
        .init(pingEndpoint), .init(timeEndpoint), .init(maintenanceEndpoint), .init(marketsEndpoint),
        .init(tickersEndpoint), .init(depthEndpoint), .init(dealsEndpoint), .init(candlesEndpoint),
        .init(indexesEndpoint), .init(assetsEndpoint),
    ]

    private static let accountEndpoints: [CoinExEndpointRow] = [
        .init(balancesEndpoint), .init(feeRatesEndpoint), .init(settingsEndpoint),
        .init(cancelWithdrawalEndpoint),
    ]

    private static let tradingEndpoints: [CoinExEndpointRow] = [
        .init(placeEndpoint), .init(placeStopEndpoint), .init(placeBatchEndpoint),
        .init(placeStopBatchEndpoint), .init(modifyEndpoint), .init(modifyStopEndpoint),
        .init(cancelEndpoint), .init(cancelStopEndpoint), .init(cancelBatchEndpoint),
        .init(cancelStopBatchEndpoint), .init(cancelAllEndpoint), .init(cancelByClientIDEndpoint),
        .init(cancelStopByClientIDEndpoint),
    ]

    private static let queryEndpoints: [CoinExEndpointRow] = [
        .init(orderEndpoint), .init(ordersEndpoint), .init(pendingOrdersEndpoint),
        .init(finishedOrdersEndpoint), .init(pendingStopsEndpoint), .init(finishedStopsEndpoint),
        .init(ownDealsEndpoint), .init(orderDealsEndpoint),
    ]

    /// The table of all endpoints, as the documentation has it.
    package static var endpointTable: String { CoinExEndpointRow.table(of: endpoints) }
}
