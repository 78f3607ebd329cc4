import WireCodecs
import WireValues

/// All texts of Binance Spot that are read, by name.
///
/// Streams by their pattern (`<symbol>@trade`), user events by theirs (`executionReport`), calls of the WebSocket API
/// by method, endpoints of REST by method and path; `message` and `api message` are whatever a connection brings.
package enum BinanceDecoders {
    package static let all: [NamedDecoder] = connections + streams + userEvents + calls + endpoints

    /// The decoder of a name; streams of a market are also found by their name on the wire, `btcusdt@trade`.
    ///
    /// Throws `BinanceStreamError` for what the venue has withdrawn; nil when nothing is called so.
    package static func named(_ name: String) throws(BinanceStreamError) -> NamedDecoder? {
        if let retired = BinanceStream.retired(name) { throw retired }
        if let decoder = all.first(where: { $0.name == name }) { return decoder }
        guard let stream = try? BinanceStream(parsing: name) else { return nil }
        return all.first { $0.name == pattern(stream) }
    }

    private static let connections: [NamedDecoder] = [
        NamedDecoder("message", BinanceMessage.self),
        NamedDecoder("api message", BinanceAPIMessage.self),
        NamedDecoder("reply", BinanceReply.self),
        NamedDecoder("error", BinanceRefusal.self),
    ]

    private static let streams: [NamedDecoder] = [
        stream("<symbol>@aggTrade", BinanceAggregateTrade.self),
        stream("<symbol>@trade", BinanceTrade.self),
        stream("<symbol>@blockTrade", BinanceBlockTrade.self),
        stream("<symbol>@kline_<interval>", BinanceKline.self),
        stream("<symbol>@kline_<interval>@+08:00", BinanceKline.self),
        stream("<symbol>@miniTicker", BinanceMiniTicker.self),
        stream("!miniTicker@arr", [BinanceMiniTicker].self),
        stream("<symbol>@ticker", BinanceTicker.self),
        stream("<symbol>@ticker_<window>", BinanceRollingTicker.self),
        stream("!ticker_<window>@arr", [BinanceRollingTicker].self),
        stream("<symbol>@bookTicker", BinanceBookTicker.self),
        stream("<symbol>@depth<levels>", BinancePartialDepth.self),
        stream("<symbol>@depth", BinanceDepthChange.self),
        stream("<symbol>@avgPrice", BinanceAveragePrice.self),
        stream("<symbol>@referencePrice", BinanceReferencePrice.self),
        stream("serverShutdown", BinanceShutdown.self),
    ]

    private static let userEvents: [NamedDecoder] = [
        stream("user data", BinanceUserEvent.self),
        stream("outboundAccountPosition", BinanceAccountPosition.self),
        stream("balanceUpdate", BinanceBalanceChange.self),
        stream("executionReport", BinanceExecutionReport.self),
        stream("listStatus", BinanceListStatus.self),
        stream("externalLockUpdate", BinanceBalanceChange.self),
        stream("eventStreamTerminated", BinanceUserEvent.self),
        stream("listenKeyExpired", BinanceUserEvent.self),
    ]

    private static let calls: [NamedDecoder] = [
        call("session.logon", BinanceSessionStatus.self),
        call("session.status", BinanceSessionStatus.self),
        call("session.logout", BinanceSessionStatus.self),
        call("session.subscriptions", [BinanceSubscription].self),
        call("userDataStream.subscribe", BinanceSubscription.self),
        call("userDataStream.subscribe.signature", BinanceSubscription.self),
        call("userDataStream.unsubscribe", BinancePong.self),
        call("ping", BinancePong.self),
        call("time", BinanceServerTime.self),
        call("exchangeInfo", BinanceExchangeInfo.self),
        call("depth", BinancePartialDepth.self),
        call("trades.recent", [BinancePastTrade].self),
        call("trades.historical", [BinancePastTrade].self),
        call("blockTrades.historical", [BinancePastTrade].self),
        call("trades.aggregate", [BinancePastAggregateTrade].self),
        call("klines", [BinancePastCandle].self),
        call("uiKlines", [BinancePastCandle].self),
        call("avgPrice", BinancePastAverage.self),
        call("ticker.24hr", BinanceOneOrMany<BinancePastStatistics>.self),
        call("ticker.tradingDay", BinanceOneOrMany<BinancePastStatistics>.self),
        call("ticker", BinanceOneOrMany<BinancePastStatistics>.self),
        call("ticker.price", BinanceOneOrMany<BinanceLastPrice>.self),
        call("ticker.book", BinanceOneOrMany<BinanceBestPrices>.self),
        call("referencePrice", BinancePastReference.self),
    ]

    private static let endpoints: [NamedDecoder] = [
        NamedDecoder("GET /api/v3/ping", BinancePong.self),
        NamedDecoder("GET /api/v3/time", BinanceServerTime.self),
        NamedDecoder("GET /api/v3/exchangeInfo", BinanceExchangeInfo.self),
        NamedDecoder("GET /api/v3/depth", BinancePartialDepth.self),
        NamedDecoder("GET /api/v3/trades", [BinancePastTrade].self),
        NamedDecoder("GET /api/v3/historicalTrades", [BinancePastTrade].self),
        NamedDecoder("GET /api/v3/historicalBlockTrades", [BinancePastTrade].self),
        NamedDecoder("GET /api/v3/aggTrades", [BinancePastAggregateTrade].self),
        NamedDecoder("GET /api/v3/klines", [BinancePastCandle].self),
        NamedDecoder("GET /api/v3/uiKlines", [BinancePastCandle].self),
        NamedDecoder("GET /api/v3/avgPrice", BinancePastAverage.self),
        NamedDecoder("GET /api/v3/ticker/24hr", BinanceOneOrMany<BinancePastStatistics>.self),
        NamedDecoder("GET /api/v3/ticker/tradingDay", BinanceOneOrMany<BinancePastStatistics>.self),
        NamedDecoder("GET /api/v3/ticker", BinanceOneOrMany<BinancePastStatistics>.self),
        NamedDecoder("GET /api/v3/ticker/price", BinanceOneOrMany<BinanceLastPrice>.self),
        NamedDecoder("GET /api/v3/ticker/bookTicker", BinanceOneOrMany<BinanceBestPrices>.self),
        NamedDecoder("GET /api/v3/referencePrice", BinancePastReference.self),
    ]

    /// A value that may come raw, wrapped by a combined connection, or wrapped by a subscription.
    private static func stream<Value: WireValue>(_ name: String, _ type: Value.Type) -> NamedDecoder {
        NamedDecoder(name) { bytes in try BinanceStreamed<Value>(decoding: bytes).value }
    }

    /// The result inside of an answer of the WebSocket API.
    private static func call<Value: WireValue>(_ name: String, _ type: Value.Type) -> NamedDecoder {
        NamedDecoder(name) { bytes in try BinanceAPIReply(decoding: bytes).result(as: type) }
    }

    private static func pattern(_ stream: BinanceStream) -> String {
        let suffix =
            switch stream.kind {
            case .kline(_, false): "kline_<interval>"
            case .kline(_, true): "kline_<interval>@+08:00"
            case .rollingTicker: "ticker_<window>"
            case .partialDepth: "depth<levels>"
            case .depth: "depth"
            case .aggregateTrade, .trade, .blockTrade, .miniTicker, .ticker, .bookTicker, .averagePrice,
                .referencePrice:
                stream.kind.suffix
            }
        return stream.symbol == nil ? "!\(suffix)@arr" : "<symbol>@\(suffix)"
    }
}
