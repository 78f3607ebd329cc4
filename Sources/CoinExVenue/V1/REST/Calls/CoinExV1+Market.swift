/// The first generation of the venue's interface: every REST request, typed.
///
/// Each endpoint stands with the function that makes a request of it. Names of parameters are those of the wire;
/// `access_id` and `tonce` come by themselves.
package enum CoinExV1 {}

// MARK: - Markets: public, limited by address only

extension CoinExV1 {
    package static let marketListEndpoint = CoinExEndpoint<[String]>(.get, "/market/list", .market)
    /// The names of all markets.
    package static func marketList() -> CoinExCall<[String]> { CoinExCall(marketListEndpoint) }

    package static let marketInfoEndpoint = CoinExEndpoint<CoinExTable<CoinExMarketInfo>>(
        .get, "/market/info", .market)
    /// The terms of all markets.
    package static func marketInfo() -> CoinExCall<CoinExTable<CoinExMarketInfo>> {
        CoinExCall(marketInfoEndpoint)
    }

    package static let marketDetailEndpoint = CoinExEndpoint<CoinExMarketInfo>(
        .get, "/market/detail", .market)
    /// The terms of one market.
    package static func marketDetail(_ market: CoinExMarketName) -> CoinExCall<CoinExMarketInfo> {
        CoinExCall(marketDetailEndpoint, ["market": .text(market.text)])
    }

    package static let depthEndpoint = CoinExEndpoint<CoinExDepth>(.get, "/market/depth", .market)
    /// The book; `merge` is a step that the market has, and `limit` 5, 10, 20 or 50.
    package static func depth(
        _ market: CoinExMarketName, merge: String = "0", limit: Int64 = 20
    ) -> CoinExCall<CoinExDepth> {
        CoinExCall(
            depthEndpoint, ["market": .text(market.text), "merge": .text(merge), "limit": .number(limit)])
    }

    package static let marketDealsEndpoint = CoinExEndpoint<CoinExMarketDeals>(
        .get, "/market/deals", .market)
    /// Trades with larger numbers than `lastID`, at most 1,000; those before 0 are the newest.
    package static func marketDeals(
        _ market: CoinExMarketName, after lastID: Int64 = 0, limit: Int64 = 100
    ) -> CoinExCall<CoinExMarketDeals> {
        CoinExCall(
            marketDealsEndpoint,
            ["market": .text(market.text), "last_id": .number(lastID), "limit": .number(limit)])
    }

    package static let candlesEndpoint = CoinExEndpoint<[CoinExCandle]>(.get, "/market/kline", .market)
    /// Candles, the oldest first, at most 1,000; `period` such as `1min`, `4hour`, `1week`.
    package static func candles(
        _ market: CoinExMarketName, period: String, limit: Int64 = 100
    ) -> CoinExCall<[CoinExCandle]> {
        CoinExCall(
            candlesEndpoint, ["market": .text(market.text), "type": .text(period), "limit": .number(limit)])
    }

    package static let tickerEndpoint = CoinExEndpoint<CoinExTickers<CoinExTicker>>(
        .get, "/market/ticker", .market)
    /// The day so far of one market, with the venue's time to the millisecond.
    package static func ticker(_ market: CoinExMarketName) -> CoinExCall<CoinExTickers<CoinExTicker>> {
        CoinExCall(tickerEndpoint, ["market": .text(market.text)])
    }

    package static let allTickersEndpoint = CoinExEndpoint<CoinExTickers<CoinExTable<CoinExTicker>>>(
        .get, "/market/ticker/all", .market)
    /// The day so far of all markets.
    package static func allTickers() -> CoinExCall<CoinExTickers<CoinExTable<CoinExTicker>>> {
        CoinExCall(allTickersEndpoint)
    }

    package static let currencyRatesEndpoint = CoinExEndpoint<CoinExTable<CoinExFigure>>(
        .get, "/common/currency/rate", .market)
    /// Values of coins in dollars, by names such as `BTC_to_USD`.
    package static func currencyRates() -> CoinExCall<CoinExTable<CoinExFigure>> {
        CoinExCall(currencyRatesEndpoint)
    }

    package static let assetConfigEndpoint = CoinExEndpoint<CoinExTable<CoinExAssetConfig>>(
        .get, "/common/asset/config", .market)
    /// How coins move in and out, by names such as `USDT-ERC20`; of one coin, or of all.
    package static func assetConfig(
        _ coin: String? = nil
    ) -> CoinExCall<CoinExTable<CoinExAssetConfig>> {
        CoinExCall(assetConfigEndpoint, ["coin_type": coin.map { .text($0) }])
    }

    package static let maintenanceEndpoint = CoinExEndpoint<CoinExRawText>(
        .get, "/common/maintain/info", .market)
    /// Maintenance of the whole venue; what the reply looks like is not known for certain.
    package static func maintenance() -> CoinExCall<CoinExRawText> { CoinExCall(maintenanceEndpoint) }

    package static let temporaryMaintenanceEndpoint = CoinExEndpoint<CoinExRawText>(
        .get, "/common/temp-maintain/info", .market)
    /// Maintenance at short notice; what the reply looks like is not known for certain.
    package static func temporaryMaintenance() -> CoinExCall<CoinExRawText> {
        CoinExCall(temporaryMaintenanceEndpoint)
    }

    package static let ammMarketsEndpoint = CoinExEndpoint<[String]>(.get, "/amm/market", .market)
    /// Markets with a pool.
    package static func ammMarkets() -> CoinExCall<[String]> { CoinExCall(ammMarketsEndpoint) }

    package static let marginMarketsEndpoint = CoinExEndpoint<CoinExTable<UInt64>>(
        .get, "/margin/market", .market)
    /// Markets with margin, and the numbers of their accounts.
    package static func marginMarkets() -> CoinExCall<CoinExTable<UInt64>> {
        CoinExCall(marginMarketsEndpoint)
    }

    package static let tradeInfoEndpoint = CoinExEndpoint<CoinExTable<CoinExTradeInfo>>(
        .get, "/order/market/trade/info", .market)
    /// Fees and merge steps of all markets; public, although its path is among the orders.
    package static func tradeInfo() -> CoinExCall<CoinExTable<CoinExTradeInfo>> {
        CoinExCall(tradeInfoEndpoint)
    }
}
