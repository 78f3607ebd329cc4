import MarketModel
import Quantities
import WireCodecs
import WireValues

// Books, trades and statistics of options, in both generations.
// As of 2026-08: developers.binance.com/docs/derivatives/options-trading/websocket-market-streams

/// The best levels as a whole: `<symbol>@depth<levels>` of the first generation.
package struct BinanceOptionDepth: WireReusable {
    package private(set) var eventTime = Instant(nanoseconds: 0)
    package private(set) var transactionTime = Instant(nanoseconds: 0)
    package private(set) var symbol = BinanceName()
    package private(set) var last: UInt64 = 0
    /// The number of the message before; a gap does no harm, because each is whole.
    package private(set) var previous: UInt64 = 0
    package private(set) var bids: [BinanceLevel] = []
    package private(set) var asks: [BinanceLevel] = []

    package init() {}

    package mutating func refill(inOrder json: JSONCursor, end: inout Int) throws(WireError) {
        var members = try WireMembers(attempt: json)
        try refill(&members)
        end = try members.finishAttempt()
    }

    @inline(always)
    package mutating func refill(_ members: inout WireMembers) throws(WireError) {
        try members.expect("depth")
        eventTime = try members.time("E")
        transactionTime = try members.time("T")
        symbol = try members.short("s")
        last = try members.uint("u")
        previous = try members.uint("pu")
        try members.part("b", into: &bids)
        try members.part("a", into: &asks)
    }
}

/// A trade: `<symbol>@trade` of the first generation, `<symbol>@optionTrade` of the second.
package struct BinanceOptionTrade: WireObject {
    package let eventTime: Instant
    package let tradeTime: Instant
    package let symbol: BinanceName
    package let id: UInt64
    package let price: Price
    /// Positive.
    package let quantity: Quantity
    /// The side of the taker.
    package let aggressor: Side
    /// `MARKET`, or `BLOCK` for what was agreed outside of the book; nil in old recordings.
    package let kind: BinanceName?
    /// First generation.
    package let buyerOrder: Int64?
    package let sellerOrder: Int64?

    package init(inOrder json: JSONCursor, end: inout Int) throws(WireError) {
        var members = try WireMembers(attempt: json)
        try self.init(&members)
        end = try members.finishAttempt()
    }

    @inline(always)
    package init(_ members: inout WireMembers) throws(WireError) {
        try members.expect("trade")
        eventTime = try members.time("E")
        // The generations differ in the order.
        let isEarly = members.comesNext("T")
        let early = isEarly ? try members.time("T") : nil
        symbol = try members.short("s")
        let number = try members.number("t")
        guard number >= 0 else {
            throw WireError(.negative, offset: members.offset("t"), field: "t")
        }
        id = UInt64(number)
        price = try members.price("p")
        // The first generation writes sales with a sign.
        let signed = try members.signedQuantity("q")
        quantity = signed.magnitude
        var kind: BinanceName?
        if isEarly { kind = try members.shortOrNil("X") }
        buyerOrder = try members.numberOrNil("b")
        sellerOrder = try members.numberOrNil("a")
        tradeTime = if let early { early } else { try members.time("T") }
        switch try members.name("S") {
        case "1": aggressor = .buy
        case "BUY": aggressor = .buy
        case "-1": aggressor = .sell
        case "SELL": aggressor = .sell
        default: throw WireError(.unknownValue, offset: members.offset("S"), field: "S")
        }
        members.ignore("S")
        if signed.isNegative, aggressor == .buy {
            throw WireError(.contradiction, offset: members.offset("q"), field: "q")
        }
        if !isEarly { kind = try members.shortOrNil("X") }
        self.kind = kind
        members.ignore("m")
    }
}

/// The last 24 hours of an option with its valuation: `<symbol>@ticker`, `<asset>@ticker@<expiry>` of the first
/// generation.
package struct BinanceOptionTicker: WireObject {
    package let eventTime: Instant
    /// Nil in lists, where the venue leaves it out.
    package let transactionTime: Instant?
    package let symbol: BinanceName
    package let open: Price
    package let high: Price
    package let low: Price
    package let last: Price
    /// In contracts.
    package let volume: Quantity
    package let turnover: Notional
    package let change: Price
    /// A fraction, not percent: 0.01 is one hundredth more.
    package let changeFraction: Figure
    /// Negative after a sale.
    package let lastQuantity: Quantity
    package let firstTrade: Int64
    package let lastTrade: Int64
    package let trades: Int64
    package let quote: BinanceOptionQuote
    package let volatilities: BinanceVolatilities
    package let greeks: BinanceGreeks
    package let mark: Price
    package let highestPrice: Price
    package let lowestPrice: Price
    /// In the hour of settlement; zero otherwise.
    package let estimatedExercisePrice: Price

    package init(inOrder json: JSONCursor, end: inout Int) throws(WireError) {
        var members = try WireMembers(attempt: json)
        try self.init(&members)
        end = try members.finishAttempt()
    }

    @inline(always)
    package init(_ members: inout WireMembers) throws(WireError) {
        try members.expect("24hrTicker")
        eventTime = try members.time("E")
        transactionTime = try members.timeOrNil("T")
        symbol = try members.short("s")
        // The other generation's goes on otherwise, so that it is told here.
        guard members.comesNext("o") else { throw WireMembers.stray }
        open = try members.price("o")
        high = try members.price("h")
        low = try members.price("l")
        last = try members.price("c")
        volume = try members.volume("V")
        turnover = try members.notional("A")
        changeFraction = try members.figure("P")
        change = try members.computedPrice("p")
        lastQuantity = try members.signedQuantity("Q")
        firstTrade = try members.number("F")
        lastTrade = try members.number("L")
        trades = try members.int("n")
        quote = try BinanceOptionQuote(&members)
        let bidVolatility = try members.figure("b")
        let askVolatility = try members.figure("a")
        greeks = try BinanceGreeks(&members)
        volatilities = BinanceVolatilities(
            bid: bidVolatility, ask: askVolatility, mark: try members.figure("vo"))
        mark = try members.computedPrice("mp")
        highestPrice = try members.computedPrice("hl")
        lowestPrice = try members.computedPrice("ll")
        estimatedExercisePrice = try members.computedPrice("eep")
    }
}

/// The last 24 hours of an option: `<symbol>@optionTicker` of the second generation.
///
/// The venue's own document still shows it with the letters of the first generation for volume and turnover, and
/// without the window; both forms are read.
package struct BinanceOptionStatistics: WireObject {
    package let eventTime: Instant
    package let symbol: BinanceName
    package let change: Price
    /// In percent.
    package let changePercent: Figure
    package let averagePrice: Price?
    package let last: Price
    package let lastQuantity: Quantity?
    package let open: Price
    package let high: Price
    package let low: Price
    /// In contracts.
    package let volume: Quantity
    package let turnover: Notional
    package let windowOpen: Instant?
    package let windowClose: Instant?
    package let firstTrade: Int64
    package let lastTrade: Int64
    package let trades: Int64

    package init(inOrder json: JSONCursor, end: inout Int) throws(WireError) {
        var members = try WireMembers(attempt: json)
        try self.init(&members)
        end = try members.finishAttempt()
    }

    @inline(always)
    package init(_ members: inout WireMembers) throws(WireError) {
        try members.expect("24hrTicker")
        eventTime = try members.time("E")
        symbol = try members.short("s")
        change = try members.computedPrice("p")
        changePercent = try members.figure("P")
        averagePrice = try members.computedPriceOrNil("w")
        last = try members.price("c")
        lastQuantity =
            try members.isGiven("Q") ? try members.signedQuantity("Q") : nil
        open = try members.price("o")
        high = try members.price("h")
        low = try members.price("l")
        let isTransitional = !members.has("v") && members.has("V")
        volume = isTransitional ? try members.volume("V") : try members.volume("v")
        turnover = isTransitional ? try members.notional("A") : try members.notional("q")
        windowOpen = try members.timeOrNil("O")
        windowClose = try members.timeOrNil("C")
        firstTrade = try members.number("F")
        lastTrade = try members.number("L")
        trades = try members.int("n")
    }
}
