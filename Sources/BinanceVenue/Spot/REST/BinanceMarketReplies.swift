import Quantities
import WireCodecs
import WireValues

// Answers about markets, by REST and by the WebSocket API alike.
// As of 2026-07: github.com/binance/binance-spot-api-docs, rest-api.md

/// A trade of the past: `GET /api/v3/trades`, `/historicalTrades`, `/historicalBlockTrades`.
package struct BinancePastTrade: WireObject {
    package let id: UInt64
    package let price: Price
    package let quantity: Quantity
    package let quoteQuantity: Notional
    package let time: Instant
    /// True when the taker sold.
    package let buyerIsMaker: Bool

    package init(_ members: inout WireMembers) throws(WireError) {
        id = try members.uint("id")
        price = try members.price("price")
        quantity = try members.quantity("qty")
        quoteQuantity = try members.notional("quoteQty")
        time = try members.time("time")
        buyerIsMaker = try members.bool("isBuyerMaker")
    }
}

/// Trades of the past, joined by taker order and price: `GET /api/v3/aggTrades`.
package struct BinancePastAggregateTrade: WireObject {
    package let id: UInt64
    package let price: Price
    package let quantity: Quantity
    package let firstTrade: Int64
    package let lastTrade: Int64
    package let time: Instant
    /// True when the taker sold.
    package let buyerIsMaker: Bool

    package init(_ members: inout WireMembers) throws(WireError) {
        id = try members.uint("a")
        price = try members.price("p")
        quantity = try members.quantity("q")
        firstTrade = try members.int("f")
        lastTrade = try members.int("l")
        time = try members.time("T")
        buyerIsMaker = try members.bool("m")
    }
}

/// A candle of the past, a list on the wire: `GET /api/v3/klines`, `/uiKlines`.
package struct BinancePastCandle: WireValue {
    package let openTime: Instant
    package let open: Price
    package let high: Price
    package let low: Price
    package let close: Price
    package let volume: Quantity
    package let closeTime: Instant
    package let quoteVolume: Notional
    package let trades: Int64
    package let takerBuyVolume: Quantity
    package let takerBuyQuoteVolume: Notional

    package init(reading json: inout JSONCursor, as field: WireField) throws(WireError) {
        try json.wire(field) { json throws(JSONError) in try json.beginArray() }
        openTime = try json.wireTime("open time")
        open = try Self.price(&json, "open")
        high = try Self.price(&json, "high")
        low = try Self.price(&json, "low")
        close = try Self.price(&json, "close")
        volume = Quantity(raw: try Self.figure(&json, "volume"))
        try json.wire("close time") { json throws(JSONError) in try json.nextElement() }
        closeTime = try json.wireTime("close time")
        quoteVolume = Notional(raw: try Self.figure(&json, "quote volume"))
        try json.wire("trades") { json throws(JSONError) in try json.nextElement() }
        trades = try json.wireNumber("trades")
        takerBuyVolume = Quantity(raw: try Self.figure(&json, "taker buy volume"))
        takerBuyQuoteVolume = Notional(raw: try Self.figure(&json, "taker buy quote volume"))
        try json.wire(field) { json throws(JSONError) in try json.endArray() }
    }

    private static func price(_ json: inout JSONCursor, _ field: WireField) throws(WireError) -> Price {
        try json.wire(field) { json throws(JSONError) in try json.nextElement() }
        return Price(raw: try json.wireDecimal(field, isSigned: false, isExact: true))
    }

    private static func figure(_ json: inout JSONCursor, _ field: WireField) throws(WireError) -> Int128 {
        try json.wire(field) { json throws(JSONError) in try json.nextElement() }
        return try json.wireDecimal(field, isSigned: false, isExact: false)
    }
}

/// The average price of some minutes: `GET /api/v3/avgPrice`.
package struct BinancePastAverage: WireObject {
    package let minutes: Int64
    package let price: Price
    package let closeTime: Instant

    package init(_ members: inout WireMembers) throws(WireError) {
        minutes = try members.int("mins")
        price = try members.computedPrice("price")
        closeTime = try members.time("closeTime")
    }
}

/// Statistics of a window, whole or `MINI`: `GET /api/v3/ticker/24hr`, `/ticker/tradingDay`, `/ticker`.
package struct BinancePastStatistics: WireObject {
    package let symbol: String
    package let change: Price?
    /// In percent.
    package let changePercent: Figure?
    package let averagePrice: Price?
    package let previousClose: Price?
    package let last: Price
    package let lastQuantity: Quantity?
    package let bid: Price?
    package let bidSize: Quantity?
    package let ask: Price?
    package let askSize: Quantity?
    package let open: Price
    package let high: Price
    package let low: Price
    package let volume: Quantity
    package let quoteVolume: Notional
    package let openTime: Instant
    package let closeTime: Instant
    /// -1 when there was no trade.
    package let firstTrade: Int64
    package let lastTrade: Int64
    package let trades: Int64

    package init(_ members: inout WireMembers) throws(WireError) {
        symbol = try members.text("symbol")
        change = try members.computedPriceOrNil("priceChange")
        changePercent = try members.figureOrNil("priceChangePercent")
        averagePrice = try members.computedPriceOrNil("weightedAvgPrice")
        previousClose = try members.priceOrNil("prevClosePrice")
        last = try members.price("lastPrice")
        lastQuantity = try members.quantityOrNil("lastQty")
        bid = try members.priceOrNil("bidPrice")
        bidSize = try members.quantityOrNil("bidQty")
        ask = try members.priceOrNil("askPrice")
        askSize = try members.quantityOrNil("askQty")
        open = try members.price("openPrice")
        high = try members.price("highPrice")
        low = try members.price("lowPrice")
        volume = try members.volume("volume")
        quoteVolume = try members.notional("quoteVolume")
        openTime = try members.time("openTime")
        closeTime = try members.time("closeTime")
        firstTrade = try members.int("firstId")
        lastTrade = try members.int("lastId")
        trades = try members.int("count")
    }
}

/// The last price: `GET /api/v3/ticker/price`.
package struct BinanceLastPrice: WireObject {
    package let symbol: String
    package let price: Price

    package init(_ members: inout WireMembers) throws(WireError) {
        symbol = try members.text("symbol")
        price = try members.price("price")
    }
}

/// The best bid and ask: `GET /api/v3/ticker/bookTicker`.
package struct BinanceBestPrices: WireObject {
    package let symbol: String
    package let bid: Price
    package let bidSize: Quantity
    package let ask: Price
    package let askSize: Quantity

    package init(_ members: inout WireMembers) throws(WireError) {
        symbol = try members.text("symbol")
        bid = try members.price("bidPrice")
        bidSize = try members.quantity("bidQty")
        ask = try members.price("askPrice")
        askSize = try members.quantity("askQty")
    }
}

/// What the venue takes for the price of a market: `GET /api/v3/referencePrice`.
package struct BinancePastReference: WireObject {
    package let symbol: String
    /// Nil when there is none now.
    package let price: Price?
    package let time: Instant

    package init(_ members: inout WireMembers) throws(WireError) {
        symbol = try members.text("symbol")
        price = try members.computedPriceOrNil("referencePrice")
        time = try members.time("timestamp")
    }
}

/// The venue's clock: `GET /api/v3/time`.
package struct BinanceServerTime: WireObject {
    package let time: Instant

    package init(_ members: inout WireMembers) throws(WireError) { time = try members.time("serverTime") }
}

/// An answer that says nothing: `GET /api/v3/ping`.
package struct BinancePong: WireObject {
    package init(_ members: inout WireMembers) throws(WireError) {
        guard members.memberCount == 0 else {
            throw WireError(
                .unexpected("an answer with \(members.nameList)"), offset: members.start, field: .whole)
        }
    }
}

/// One value, or a list where several markets were asked for.
package struct BinanceOneOrMany<Value: WireValue>: WireValue {
    package let values: [Value]

    package init(reading json: inout JSONCursor, as field: WireField) throws(WireError) {
        let isList = try json.wire(field) { json throws(JSONError) in try json.peek() == .array }
        values = isList ? try [Value](reading: &json, as: field) : [try Value(reading: &json, as: field)]
    }
}
