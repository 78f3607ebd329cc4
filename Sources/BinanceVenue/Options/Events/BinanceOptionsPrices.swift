import Quantities
import WireCodecs
import WireValues

// Prices of underlyings and options, in both generations.
// As of 2026-08: developers.binance.com/docs/derivatives/options-trading/websocket-market-streams

/// The price of an underlying: `<pair>@index`, `!index@arr`.
package struct BinanceIndexPrice: WireObject {
    package let eventTime: Instant
    package let pair: BinanceName
    package let price: Price

    package init(inOrder json: JSONCursor, end: inout Int) throws(WireError) {
        var members = try WireMembers(attempt: json)
        try self.init(&members)
        end = try members.finishAttempt()
    }

    @inline(always)
    package init(_ members: inout WireMembers) throws(WireError) {
        try members.expect(either: "index", or: "indexPrice")
        eventTime = try members.time("E")
        pair = try members.short("s")
        price = try members.computedPrice("p")
    }
}

/// The sensitivities of an option's price.
package struct BinanceGreeks: Sendable {
    package let delta: Figure
    package let theta: Figure
    package let gamma: Figure
    package let vega: Figure

    /// All zero.
    @inline(always)
    fileprivate init() {
        (delta, theta, gamma, vega) = (Figure(raw: 0), Figure(raw: 0), Figure(raw: 0), Figure(raw: 0))
    }

    @inline(always)
    init(_ members: inout WireMembers) throws(WireError) {
        delta = try members.figure("d")
        theta = try members.figure("t")
        gamma = try members.figure("g")
        vega = try members.figure("v")
    }
}

/// Volatilities that prices imply, as fractions: 0.5 is 50 % a year.
package struct BinanceVolatilities: Sendable {
    /// Nil where nobody bids.
    package let bid: Figure?
    /// Nil where nobody asks.
    package let ask: Figure?
    package let mark: Figure

    /// All zero.
    @inline(always)
    fileprivate init() { self.init(bid: Figure(raw: 0), ask: Figure(raw: 0), mark: Figure(raw: 0)) }

    @inline(always)
    init(bid: Figure, ask: Figure, mark: Figure) {
        self.bid = Self.orNone(bid)
        self.ask = Self.orNone(ask)
        self.mark = mark
    }

    /// -1 stands for none.
    private static func orNone(_ figure: Figure) -> Figure? { figure.isNegative ? nil : figure }
}

/// The best bid and ask of an option; zero where there is none.
package struct BinanceOptionQuote: Sendable {
    package let bid: Price
    package let bidSize: Quantity
    package let ask: Price
    package let askSize: Quantity

    /// All zero.
    @inline(always)
    fileprivate init() {
        (bid, ask) = (Price(raw: 0), Price(raw: 0))
        (bidSize, askSize) = (Quantity(raw: 0), Quantity(raw: 0))
    }

    @inline(always)
    init(_ members: inout WireMembers) throws(WireError) {
        bid = try members.price("bo")
        ask = try members.price("ao")
        bidSize = try members.quantity("bq")
        askSize = try members.quantity("aq")
    }
}

/// What an option is worth to the venue: `<asset>@markPrice`, `<underlying>@optionMarkPrice`.
package struct BinanceMarkPrice: WireObject {
    package let eventTime: Instant
    package let symbol: BinanceName
    package let price: Price
    // Where it will stay: to move it takes as long as to read a good part of it.
    private var value = Valuation()
    private let hasValue: Bool

    /// Second generation.
    package var valuation: Valuation? { hasValue ? value : nil }

    package struct Valuation: Sendable {
        package private(set) var index = Price(raw: 0)
        package private(set) var estimatedSettlement = Price(raw: 0)
        package private(set) var quote = BinanceOptionQuote()
        package private(set) var volatilities = BinanceVolatilities()
        package private(set) var greeks = BinanceGreeks()
        package private(set) var highestPrice = Price(raw: 0)
        package private(set) var lowestPrice = Price(raw: 0)
        package private(set) var riskFreeRate = Figure(raw: 0)

        @inline(always)
        fileprivate init() {}

        @inline(always)
        fileprivate mutating func read(_ members: inout WireMembers) throws(WireError) {
            index = try members.computedPrice("i")
            estimatedSettlement = try members.computedPrice("P")
            quote = try BinanceOptionQuote(&members)
            let bid = try members.figure("b")
            let ask = try members.figure("a")
            highestPrice = try members.computedPrice("hl")
            lowestPrice = try members.computedPrice("ll")
            volatilities = BinanceVolatilities(bid: bid, ask: ask, mark: try members.figure("vo"))
            riskFreeRate = try members.figure("rf")
            greeks = try BinanceGreeks(&members)
        }
    }

    package init(inOrder json: JSONCursor, end: inout Int) throws(WireError) {
        var members = try WireMembers(attempt: json)
        try self.init(&members)
        end = try members.finishAttempt()
    }

    @inline(always)
    package init(_ members: inout WireMembers) throws(WireError) {
        if members.comesNext("e") {
            try members.expect("markPrice")
            eventTime = try members.time("E")
            symbol = try members.short("s")
            price = try members.computedPrice("mp")
        } else {
            // As the second generation writes it.
            symbol = try members.short("s")
            price = try members.computedPrice("mp")
            eventTime = try members.time("E")
            try members.expect("markPrice")
        }
        hasValue = members.has("i")
        if hasValue { try value.read(&members) }
    }
}

/// What an option is worth to the venue, where nothing else is told: elements of `<asset>@markPrice`.
package struct BinancePlainMark: WireObject {
    package let eventTime: Instant
    package let symbol: BinanceName
    package let price: Price

    package init(inOrder json: JSONCursor, end: inout Int) throws(WireError) {
        var members = try WireMembers(attempt: json)
        try self.init(&members)
        end = try members.finishAttempt()
    }

    @inline(always)
    package init(_ members: inout WireMembers) throws(WireError) {
        try members.expect("markPrice")
        eventTime = try members.time("E")
        symbol = try members.short("s")
        price = try members.computedPrice("mp")
        // With a valuation it is a `BinanceMarkPrice`.
        if members.has("i") { throw WireMembers.stray }
    }
}

/// How many contracts of an option stand open: `<asset>@openInterest@<expiry>`.
package struct BinanceOpenInterest: WireObject {
    package let eventTime: Instant
    package let symbol: BinanceName
    /// In contracts.
    package let contracts: Quantity
    /// In the quote asset.
    package let value: Notional

    package init(inOrder json: JSONCursor, end: inout Int) throws(WireError) {
        var members = try WireMembers(attempt: json)
        try self.init(&members)
        end = try members.finishAttempt()
    }

    @inline(always)
    package init(_ members: inout WireMembers) throws(WireError) {
        try members.expect("openInterest")
        eventTime = try members.time("E")
        symbol = try members.short("s")
        contracts = try members.volume("o")
        value = try members.notional("h")
    }
}

/// Whether an option is one to buy or to sell.
package enum BinanceOptionKind: String, WireWord {
    case call = "CALL"
    case put = "PUT"

    package init?(written text: JSONText) {
        switch text {
        case "CALL": self = .call
        case "PUT": self = .put
        default: return nil
        }
    }
}

/// A new option: `option_pair`, `!optionSymbol`.
package struct BinanceNewOption: WireObject {
    package let eventTime: Instant
    package let symbol: BinanceName
    package let pair: BinanceName
    package let quote: BinanceName
    package let kind: BinanceOptionKind
    package let strike: Price
    package let expiry: Instant
    /// Units of the underlying in a contract.
    package let unit: Int64
    /// First generation.
    package let minimumQuantity: Quantity?
    /// Second generation.
    package let listedAt: Instant?
    /// Second generation: `TRADING` when orders are taken.
    package let status: BinanceName?

    package init(inOrder json: JSONCursor, end: inout Int) throws(WireError) {
        var members = try WireMembers(attempt: json)
        try self.init(&members)
        end = try members.finishAttempt()
    }

    @inline(always)
    package init(_ members: inout WireMembers) throws(WireError) {
        let isFirst = "OPTION_PAIR" ~= (try members.name("e"))
        try members.expect(either: "OPTION_PAIR", or: "optionSymbol")
        eventTime = try members.time("E")
        if isFirst {
            pair = try members.short("u")
            quote = try members.short("qa")
            symbol = try members.short("s")
            unit = try members.int("unit")
            minimumQuantity = try members.quantity("mq")
            kind = try members.word("d")
            strike = try members.price("sp")
            expiry = try members.time("ed")
            listedAt = nil
            status = nil
        } else {
            symbol = try members.short("s")
            pair = try members.short("ps")
            quote = try members.short("qa")
            kind = try members.word("d")
            strike = try members.price("sp")
            expiry = try members.time("dt")
            unit = try members.int("u")
            listedAt = try members.time("ot")
            status = try members.short("cs")
            minimumQuantity = nil
        }
    }
}

extension WireMembers {
    /// Checks that an event is of one of two kinds.
    @inline(always)
    mutating func expect(either event: StaticString, or other: StaticString) throws(WireError) {
        guard try isText("e", event, or: other) else {
            throw try surprise("is neither '\(event)' nor '\(other)'")
        }
    }
}
