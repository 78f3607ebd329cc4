import Quantities
import WireCodecs
import WireValues

/// The candle of an interval so far: `<symbol>@kline_<interval>`, with `@+08:00` when days begin in UTC+8.
///
/// Times are UTC either way. As of 2026-07: github.com/binance/binance-spot-api-docs, web-socket-streams.md
package struct BinanceKline: WireObject {
    package let eventTime: Instant
    package let symbol: BinanceName
    package let candle: BinanceCandle

    package init(inOrder json: JSONCursor, end: inout Int) throws(WireError) {
        var members = try WireMembers(attempt: json)
        try self.init(&members)
        end = try members.finishAttempt()
    }

    @inline(always)
    package init(_ members: inout WireMembers) throws(WireError) {
        try members.expect("kline")
        eventTime = try members.time("E")
        symbol = try members.short("s")
        candle = try members.part("k")
        guard candle.symbol == symbol else {
            throw WireError(.contradiction, offset: members.offset("k"), field: "k")
        }
    }
}

/// A candle of a stream, of spot and of options.
package struct BinanceCandle: WireObject {
    package let symbol: BinanceName
    package let interval: BinanceInterval
    package let openTime: Instant
    /// The last moment of the interval, which belongs to it.
    package let closeTime: Instant
    package let open: Price
    package let close: Price
    package let high: Price
    package let low: Price
    /// In the base asset; in contracts with options.
    package let volume: Quantity
    package let quoteVolume: Notional
    package let trades: UInt64
    /// -1 when there was no trade.
    package let firstTrade: Int64
    package let lastTrade: Int64
    package let takerBuyVolume: Quantity
    package let takerBuyQuoteVolume: Notional
    /// Whether this is the last word about the interval.
    package let isClosed: Bool

    package init(inOrder json: JSONCursor, end: inout Int) throws(WireError) {
        var members = try WireMembers(attempt: json)
        try self.init(&members)
        end = try members.finishAttempt()
    }

    @inline(always)
    package init(_ members: inout WireMembers) throws(WireError) {
        openTime = try members.time("t")
        closeTime = try members.time("T")
        symbol = try members.short("s")
        interval = try members.word("i")
        // Options of the first generation write it in upper case.
        firstTrade = members.has("f") ? try members.int("f") : try members.int("F")
        lastTrade = try members.int("L")
        open = try members.price("o")
        close = try members.price("c")
        high = try members.price("h")
        low = try members.price("l")
        volume = try members.volume("v")
        trades = try members.uint("n")
        isClosed = try members.bool("x")
        quoteVolume = try members.notional("q")
        takerBuyVolume = try members.volume("V")
        takerBuyQuoteVolume = try members.notional("Q")
        members.ignore("B")
    }
}
