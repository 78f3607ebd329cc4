/// The first generation of the venue's interface: every REST request, typed.
///
/// Each endpoint stands with the function that makes a request of it. Names of parameters are those of the wire;
/// `access_id` and `tonce` come by themselves.
public enum CoinExV1 {}

// MARK: - Markets: public, limited by address only

extension CoinExV1 {
    public static let marketListEndpoint = CoinExEndpoint<[String]>(.get, "/market/list", .market)
    /// The names of all markets.
    public static func marketList() -> CoinExCall<[String]> { CoinExCall(marketListEndpoint) }

    public static let marketInfoEndpoint = CoinExEndpoint<CoinExTable<CoinExMarketInfo>>(
        .get, "/market/info", .market)
    /// The terms of all markets.
    public static func marketInfo() -> CoinExCall<CoinExTable<CoinExMarketInfo>> {
        CoinExCall(marketInfoEndpoint)
    }

    public static let marketDetailEndpoint = CoinExEndpoint<CoinExMarketInfo>(
        .get, "/market/detail", .market)
    /// The terms of one market.
    public static func marketDetail(_ market: CoinExMarketName) -> CoinExCall<CoinExMarketInfo> {
        CoinExCall(marketDetailEndpoint, ["market": .text(market.text)])
    }

    public static let depthEndpoint = CoinExEndpoint<CoinExDepth>(.get, "/market/depth", .market)
    /// The book; `merge` is a step that the market has, and `limit` 5, 10, 20 or 50.
    public static func depth(
        _ market: CoinExMarketName, merge: String = "0", limit: Int64 = 20
    ) -> CoinExCall<CoinExDepth> {
        CoinExCall(
            depthEndpoint, ["market": .text(market.text), "merge": .text(merge), "limit": .number(limit)])
    }

    public static let marketDealsEndpoint = CoinExEndpoint<CoinExMarketDeals>(
        .get, "/market/deals", .market)
    /// Trades with larger numbers than `lastID`, at most 1,000; those before 0 are the newest.
    public static func marketDeals(
        _ market: CoinExMarketName, after lastID: Int64 = 0, limit: Int64 = 100
    ) -> CoinExCall<CoinExMarketDeals> {
        CoinExCall(
            marketDealsEndpoint,
            ["market": .text(market.text), "last_id": .number(lastID), "limit": .number(limit)])
    }

    public static let candlesEndpoint = CoinExEndpoint<[CoinExCandle]>(.get, "/market/kline", .market)
    /// Candles, the oldest first, at most 1,000; `period` such as `1min`, `4hour`, `1week`.
    public static func candles(
        _ market: CoinExMarketName, period: String, limit: Int64 = 100
    ) -> CoinExCall<[CoinExCandle]> {
        CoinExCall(
            candlesEndpoint, ["market": .text(market.text), "type": .text(period), "limit": .number(limit)])
    }

    public static let tickerEndpoint = CoinExEndpoint<CoinExTickers<CoinExTicker>>(
        .get, "/market/ticker", .market)
    /// The day so far of one market, with the venue's time to the millisecond.
    public static func ticker(_ market: CoinExMarketName) -> CoinExCall<CoinExTickers<CoinExTicker>> {
        CoinExCall(tickerEndpoint, ["market": .text(market.text)])
    }

    public static let allTickersEndpoint = CoinExEndpoint<CoinExTickers<CoinExTable<CoinExTicker>>>(
        .get, "/market/ticker/all", .market)
    /// The day so far of all markets.
    public static func allTickers() -> CoinExCall<CoinExTickers<CoinExTable<CoinExTicker>>> {
        CoinExCall(allTickersEndpoint)
    }

    public static let currencyRatesEndpoint = CoinExEndpoint<CoinExTable<CoinExFigure>>(
        .get, "/common/currency/rate", .market)
    /// Values of coins in dollars, by names such as `BTC_to_USD`.
    public static func currencyRates() -> CoinExCall<CoinExTable<CoinExFigure>> {
        CoinExCall(currencyRatesEndpoint)
    }

    public static let assetConfigEndpoint = CoinExEndpoint<CoinExTable<CoinExAssetConfig>>(
        .get, "/common/asset/config", .market)
    /// How coins move in and out, by names such as `USDT-ERC20`; of one coin, or of all.
    public static func assetConfig(
        _ coin: String? = nil
    ) -> CoinExCall<CoinExTable<CoinExAssetConfig>> {
        CoinExCall(assetConfigEndpoint, ["coin_type": coin.map { .text($0) }])
    }

    public static let maintenanceEndpoint = CoinExEndpoint<CoinExRawText>(
        .get, "/common/maintain/info", .market)
    /// Maintenance of the whole venue; what the reply looks like is not known for certain.
    public static func maintenance() -> CoinExCall<CoinExRawText> { CoinExCall(maintenanceEndpoint) }

    public static let temporaryMaintenanceEndpoint = CoinExEndpoint<CoinExRawText>(
        .get, "/common/temp-maintain/info", .market)
    /// Maintenance at short notice; what the reply looks like is not known for certain.
    public static func temporaryMaintenance() -> CoinExCall<CoinExRawText> {
        CoinExCall(temporaryMaintenanceEndpoint)
    }

    public static let ammMarketsEndpoint = CoinExEndpoint<[String]>(.get, "/amm/market", .market)
    /// Markets with a pool.
    public static func ammMarkets() -> CoinExCall<[String]> { CoinExCall(ammMarketsEndpoint) }

    public static let marginMarketsEndpoint = CoinExEndpoint<CoinExTable<UInt64>>(
        .get, "/margin/market", .market)
    /// Markets with margin, and the numbers of their accounts.
    public static func marginMarkets() -> CoinExCall<CoinExTable<UInt64>> {
        CoinExCall(marginMarketsEndpoint)
    }

    public static let tradeInfoEndpoint = CoinExEndpoint<CoinExTable<CoinExTradeInfo>>(
        .get, "/order/market/trade/info", .market)
    /// Fees and merge steps of all markets; public, although its path is among the orders.
    public static func tradeInfo() -> CoinExCall<CoinExTable<CoinExTradeInfo>> {
        CoinExCall(tradeInfoEndpoint)
    }
}
