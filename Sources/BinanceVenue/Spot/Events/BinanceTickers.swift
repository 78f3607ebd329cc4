import Quantities
import WireCodecs
import WireValues

// Statistics over windows. As of 2026-07: github.com/binance/binance-spot-api-docs, web-socket-streams.md

/// The last 24 hours of a market in short: `<symbol>@miniTicker`, `!miniTicker@arr`.
package struct BinanceMiniTicker: WireObject {
    package let eventTime: Instant
    package let symbol: BinanceName
    package let close: Price
    package let open: Price
    package let high: Price
    package let low: Price
    package let volume: Quantity
    package let quoteVolume: Notional

    package init(inOrder json: JSONCursor, end: inout Int) throws(WireError) {
        var members = try WireMembers(attempt: json)
        try self.init(&members)
        end = try members.finishAttempt()
    }

    @inline(always)
    package init(_ members: inout WireMembers) throws(WireError) {
        try members.expect("24hrMiniTicker")
        eventTime = try members.time("E")
        symbol = try members.short("s")
        close = try members.price("c")
        open = try members.price("o")
        high = try members.price("h")
        low = try members.price("l")
        volume = try members.volume("v")
        quoteVolume = try members.notional("q")
    }
}

/// What tickers over any window have.
package struct BinanceStatistics: Sendable {
    package fileprivate(set) var eventTime = Instant(nanoseconds: 0)
    package fileprivate(set) var symbol = BinanceName()
    package fileprivate(set) var change = Price(raw: 0)
    /// In percent: 250 is two and a half times the price more.
    package fileprivate(set) var changePercent = Figure(raw: 0)
    package fileprivate(set) var averagePrice = Price(raw: 0)
    package fileprivate(set) var last = Price(raw: 0)
    package fileprivate(set) var open = Price(raw: 0)
    package fileprivate(set) var high = Price(raw: 0)
    package fileprivate(set) var low = Price(raw: 0)
    package fileprivate(set) var volume = Quantity(raw: 0)
    package fileprivate(set) var quoteVolume = Notional(raw: 0)
    package fileprivate(set) var windowOpen = Instant(nanoseconds: 0)
    package fileprivate(set) var windowClose = Instant(nanoseconds: 0)
    /// -1 when there was no trade.
    package fileprivate(set) var firstTrade: Int64 = 0
    package fileprivate(set) var lastTrade: Int64 = 0
    package fileprivate(set) var trades: UInt64 = 0

    /// Filled by the tickers, each of which has an order of its own.
    fileprivate init() {}

    @inline(always)
    fileprivate mutating func readHead(_ members: inout WireMembers) throws(WireError) {
        eventTime = try members.time("E")
        symbol = try members.short("s")
        change = try members.computedPrice("p")
        changePercent = try members.figure("P")
    }

    @inline(always)
    fileprivate mutating func readTail(_ members: inout WireMembers) throws(WireError) {
        volume = try members.volume("v")
        quoteVolume = try members.notional("q")
        windowOpen = try members.time("O")
        windowClose = try members.time("C")
        firstTrade = try members.int("F")
        lastTrade = try members.int("L")
        trades = try members.uint("n")
    }
}

/// The last 24 hours of a market: `<symbol>@ticker`.
package struct BinanceTicker: WireObject {
    package let statistics: BinanceStatistics
    /// The price of the trade before the window.
    package let previousClose: Price
    package let lastQuantity: Quantity
    package let bid: Price
    package let bidSize: Quantity
    package let ask: Price
    package let askSize: Quantity

    package init(inOrder json: JSONCursor, end: inout Int) throws(WireError) {
        var members = try WireMembers(attempt: json)
        try self.init(&members)
        end = try members.finishAttempt()
    }

    @inline(always)
    package init(_ members: inout WireMembers) throws(WireError) {
        try members.expect("24hrTicker")
        var statistics = BinanceStatistics()
        try statistics.readHead(&members)
        statistics.averagePrice = try members.computedPrice("w")
        previousClose = try members.price("x")
        statistics.last = try members.price("c")
        lastQuantity = try members.quantity("Q")
        bid = try members.price("b")
        bidSize = try members.quantity("B")
        ask = try members.price("a")
        askSize = try members.quantity("A")
        statistics.open = try members.price("o")
        statistics.high = try members.price("h")
        statistics.low = try members.price("l")
        try statistics.readTail(&members)
        self.statistics = statistics
    }
}

/// The last hours of a market: `<symbol>@ticker_<window>`, `!ticker_<window>@arr`.
///
/// The window opens on a whole minute, and so is up to a minute too wide.
package struct BinanceRollingTicker: WireObject {
    package let window: BinanceWindow
    package let statistics: BinanceStatistics

    package init(inOrder json: JSONCursor, end: inout Int) throws(WireError) {
        var members = try WireMembers(attempt: json)
        try self.init(&members)
        end = try members.finishAttempt()
    }

    @inline(always)
    package init(_ members: inout WireMembers) throws(WireError) {
        switch try members.name("e") {
        case "1hTicker":
            window = .hour
            try members.expect("1hTicker")
        case "4hTicker":
            window = .hours4
            try members.expect("4hTicker")
        case "1dTicker":
            window = .day
            try members.expect("1dTicker")
        default: throw try members.surprise("is no ticker over a window")
        }
        var statistics = BinanceStatistics()
        try statistics.readHead(&members)
        statistics.open = try members.price("o")
        statistics.high = try members.price("h")
        statistics.low = try members.price("l")
        statistics.last = try members.price("c")
        statistics.averagePrice = try members.computedPrice("w")
        try statistics.readTail(&members)
        self.statistics = statistics
    }
}

/// The average price of some minutes: `<symbol>@avgPrice`.
package struct BinanceAveragePrice: WireObject {
    package let eventTime: Instant
    package let symbol: BinanceName
    package let interval: BinanceInterval
    package let price: Price
    package let lastTradeTime: Instant

    package init(_ members: inout WireMembers) throws(WireError) {
        try members.expect("avgPrice")
        eventTime = try members.time("E")
        symbol = try members.short("s")
        interval = try members.word("i")
        price = try members.computedPrice("w")
        lastTradeTime = try members.time("T")
    }
}

/// What the venue takes for the price of a market: `<symbol>@referencePrice`.
package struct BinanceReferencePrice: WireObject {
    package let symbol: BinanceName
    /// Nil when there is none now.
    package let price: Price?
    package let time: Instant

    package init(_ members: inout WireMembers) throws(WireError) {
        try members.expect("referencePrice")
        symbol = try members.short("s")
        price = try members.has("r") ? members.computedPriceOrNil("r") : members.computedPrice("r")
        time = try members.time("t")
    }
}
