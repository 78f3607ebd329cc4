import Quantities

/// The second generation of the venue's interface: the REST requests of spot trading, typed.
///
/// Each endpoint stands with the function that makes a request of it. Names of parameters are those of the wire.
/// Times are milliseconds. What is not about spot trading (futures, loans, pools, deposits) is not here.
public enum CoinExV2 {}

// MARK: - Markets: public, limited by address only

extension CoinExV2 {
    public static let pingEndpoint = CoinExEndpoint<CoinExRawText>(.get, "/ping", .market, in: .v2)
    /// Whether the venue answers; what the reply looks like is not known for certain.
    public static func ping() -> CoinExCall<CoinExRawText> { CoinExCall(pingEndpoint) }

    public static let timeEndpoint = CoinExEndpoint<CoinExV2Time>(.get, "/time", .market, in: .v2)
    /// The venue's clock.
    public static func time() -> CoinExCall<CoinExV2Time> { CoinExCall(timeEndpoint) }

    public static let maintenanceEndpoint = CoinExEndpoint<CoinExRawText>(
        .get, "/maintain/info", .market, in: .v2)
    /// Maintenance of the venue; what the reply looks like is not known for certain.
    public static func maintenance() -> CoinExCall<CoinExRawText> { CoinExCall(maintenanceEndpoint) }

    public static let marketsEndpoint = CoinExEndpoint<[CoinExV2Market]>(
        .get, "/spot/market", .market, in: .v2)
    /// The terms of up to ten markets; of all without a name.
    public static func markets(_ names: [CoinExMarketName] = []) -> CoinExCall<[CoinExV2Market]> {
        CoinExCall(marketsEndpoint, ["market": .names(names)])
    }

    public static let tickersEndpoint = CoinExEndpoint<[CoinExV2Ticker]>(
        .get, "/spot/ticker", .market, in: .v2)
    /// The day so far of up to ten markets; of all without a name.
    public static func tickers(_ names: [CoinExMarketName] = []) -> CoinExCall<[CoinExV2Ticker]> {
        CoinExCall(tickersEndpoint, ["market": .names(names)])
    }

    public static let depthEndpoint = CoinExEndpoint<CoinExV2Depth>(.get, "/spot/depth", .market, in: .v2)
    /// The book; `interval` is a step that the market has, and `limit` 5, 10, 20 or 50.
    public static func depth(
        _ market: CoinExMarketName, interval: String = "0", limit: Int64 = 20
    ) -> CoinExCall<CoinExV2Depth> {
        CoinExCall(
            depthEndpoint,
            ["market": .text(market.text), "limit": .number(limit), "interval": .text(interval)])
    }

    public static let dealsEndpoint = CoinExEndpoint<[CoinExV2MarketDeal]>(
        .get, "/spot/deals", .market, in: .v2)
    /// Trades with larger numbers than `lastID`, at most 1,000; those before 0 are the newest.
    public static func deals(
        _ market: CoinExMarketName, after lastID: Int64? = nil, limit: Int64 = 100
    ) -> CoinExCall<[CoinExV2MarketDeal]> {
        CoinExCall(
            dealsEndpoint,
            ["market": .text(market.text), "limit": .number(limit), "last_id": .number(lastID)])
    }

    public static let candlesEndpoint = CoinExEndpoint<[CoinExV2Candle]>(
        .get, "/spot/kline", .market, in: .v2)
    /// Candles, at most 1,000; `period` such as `1min`, `4hour`, `1week`.
    public static func candles(
        _ market: CoinExMarketName, period: String, limit: Int64 = 100
    ) -> CoinExCall<[CoinExV2Candle]> {
        CoinExCall(
            candlesEndpoint,
            ["market": .text(market.text), "period": .text(period), "limit": .number(limit)])
    }

    public static let indexesEndpoint = CoinExEndpoint<[CoinExV2Index]>(
        .get, "/spot/index", .market, in: .v2)
    /// Prices of indexes, with where they come from.
    public static func indexes(_ names: [CoinExMarketName] = []) -> CoinExCall<[CoinExV2Index]> {
        CoinExCall(indexesEndpoint, ["market": .names(names)])
    }

    public static let assetsEndpoint = CoinExEndpoint<[CoinExV2Asset]>(
        .get, "/assets/info", .market, in: .v2)
    /// What coins are called; of one coin, or of all.
    public static func assets(_ coin: String? = nil) -> CoinExCall<[CoinExV2Asset]> {
        CoinExCall(assetsEndpoint, ["ccy": .text(coin)])
    }
}

extension CoinExValue? {
    /// Names with commas between them; nothing for none.
    static func names(_ names: [CoinExMarketName]) -> CoinExValue? {
        names.isEmpty ? nil : .text(names.map(\.text).joined(separator: ","))
    }

    /// A time as whole milliseconds, rounded down.
    static func milliseconds(_ time: Instant?) -> CoinExValue? {
        time.map { .number($0.nanoseconds / 1_000_000) }
    }
}
