import Quantities
import WireValues

// Statistics over windows. As of 2026-07: github.com/binance/binance-spot-api-docs, web-socket-streams.md

/// The last 24 hours of a market in short: `<symbol>@miniTicker`, `!miniTicker@arr`.
package struct BinanceMiniTicker: WireObject {
    package let eventTime: Instant
    package let symbol: String
    package let close: Price
    package let open: Price
    package let high: Price
    package let low: Price
    package let volume: Quantity
    package let quoteVolume: Notional

    package init(_ members: inout WireMembers) throws(WireError) {
        try members.expect("24hrMiniTicker")
        eventTime = try members.time("E")
        symbol = try members.text("s")
        close = try members.price("c")
        open = try members.price("o")
        high = try members.price("h")
        low = try members.price("l")
        volume = try members.volume("v")
        quoteVolume = try members.notional("q")
    }
}

/// What tickers over any window have.
package struct BinanceStatistics: WireObject {
    package let eventTime: Instant
    package let symbol: String
    package let change: Price
    /// In percent: 250 is two and a half times the price more.
    package let changePercent: Figure
    package let averagePrice: Price
    package let last: Price
    package let open: Price
    package let high: Price
    package let low: Price
    package let volume: Quantity
    package let quoteVolume: Notional
    package let windowOpen: Instant
    package let windowClose: Instant
    /// -1 when there was no trade.
    package let firstTrade: Int64
    package let lastTrade: Int64
    package let trades: UInt64

    package init(_ members: inout WireMembers) throws(WireError) {
        eventTime = try members.time("E")
        symbol = try members.text("s")
        change = try members.computedPrice("p")
        changePercent = try members.figure("P")
        averagePrice = try members.computedPrice("w")
        last = try members.price("c")
        open = try members.price("o")
        high = try members.price("h")
        low = try members.price("l")
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

    package init(_ members: inout WireMembers) throws(WireError) {
        try members.expect("24hrTicker")
        statistics = try BinanceStatistics(&members)
        previousClose = try members.price("x")
        lastQuantity = try members.quantity("Q")
        bid = try members.price("b")
        bidSize = try members.quantity("B")
        ask = try members.price("a")
        askSize = try members.quantity("A")
    }
}

/// The last hours of a market: `<symbol>@ticker_<window>`, `!ticker_<window>@arr`.
///
/// The window opens on a whole minute, and so is up to a minute too wide.
package struct BinanceRollingTicker: WireObject {
    package let window: BinanceWindow
    package let statistics: BinanceStatistics

    package init(_ members: inout WireMembers) throws(WireError) {
        let name = try members.text("e")
        guard let window = BinanceWindow.allCases.first(where: { $0.eventName == name }) else {
            throw WireError(
                .unexpected("'\(name)' is no ticker over a window"), offset: members.offset("e"), field: "e")
        }
        self.window = window
        statistics = try BinanceStatistics(&members)
    }
}

/// The average price of some minutes: `<symbol>@avgPrice`.
package struct BinanceAveragePrice: WireObject {
    package let eventTime: Instant
    package let symbol: String
    package let interval: BinanceInterval
    package let price: Price
    package let lastTradeTime: Instant

    package init(_ members: inout WireMembers) throws(WireError) {
        try members.expect("avgPrice")
        eventTime = try members.time("E")
        symbol = try members.text("s")
        interval = try members.word("i")
        price = try members.computedPrice("w")
        lastTradeTime = try members.time("T")
    }
}

/// What the venue takes for the price of a market: `<symbol>@referencePrice`.
package struct BinanceReferencePrice: WireObject {
    package let symbol: String
    /// Nil when there is none now.
    package let price: Price?
    package let time: Instant

    package init(_ members: inout WireMembers) throws(WireError) {
        try members.expect("referencePrice")
        symbol = try members.text("s")
        price = try members.has("r") ? members.computedPriceOrNil("r") : members.computedPrice("r")
        time = try members.time("t")
    }
}
