import MarketModel
import Quantities
import WireCodecs
import WireValues

// What the streams bring. The venue documents one example of each; what is inferred is said.
// As of 2026-08: docs.jayx.com, "Websocket Stream"

/// The name of a market or an asset: up to 32 bytes, more are refused.
package typealias JayxName = InlineText<4>

/// The name of a candle: up to 64 bytes, more are refused. These are the venue's own numbers of records, whose form is
/// not documented.
package typealias JayxRecordName = InlineText<8>

/// Candles that are new or have changed: event `kline`. Prices are ticks, the volume is lots.
package struct JayxKline: WireReusable {
    package struct Candle: WireReusable {
        package private(set) var id = JayxRecordName()
        package private(set) var symbol = JayxName()
        package private(set) var openTime = Instant(nanoseconds: 0)
        package private(set) var open: Int64 = 0
        package private(set) var high: Int64 = 0
        package private(set) var low: Int64 = 0
        package private(set) var close: Int64 = 0
        package private(set) var volume: Int64 = 0
        package private(set) var modifiedAt = Instant(nanoseconds: 0)

        @inline(always)
        package init() {}

        @inline(always)
        package mutating func refill(_ members: inout WireMembers) throws(WireError) {
            id = try members.short("_id")
            // In the venue's order it is the last.
            let isEarly = members.comesNext("symbol")
            if isEarly { symbol = try members.short("symbol") }
            openTime = try members.seconds("created")
            open = try members.count("o")
            high = try members.count("h")
            low = try members.count("l")
            close = try members.count("c")
            volume = try members.count("v")
            modifiedAt = try members.seconds("m")
            if !isEarly { symbol = try members.short("symbol") }
        }

        package mutating func refill(inOrder json: JSONCursor, end: inout Int) throws(WireError) {
            var members = try WireMembers(attempt: json)
            try refill(&members)
            end = try members.finishAttempt()
        }
    }

    // Where they will stay: to move a candle takes longer than to read it.
    private var addedCandle = Candle()
    private var modifiedCandle = Candle()
    private var isAdded = false
    private var isModified = false

    /// A candle that begins.
    package var added: Candle? { isAdded ? addedCandle : nil }
    /// The running candle.
    package var modified: Candle? { isModified ? modifiedCandle : nil }

    @inline(always)
    package init() {}

    package init(inOrder json: JSONCursor, end: inout Int) throws(WireError) {
        self.init()
        try refill(inOrder: json, end: &end)
    }

    package mutating func refill(inOrder json: JSONCursor, end: inout Int) throws(WireError) {
        var members = try WireMembers(attempt: json)
        try refill(&members)
        end = try members.finishAttempt()
    }

    @inline(always)
    package mutating func refill(_ members: inout WireMembers) throws(WireError) {
        guard members.has("add") || members.has("modify") else {
            throw WireError(.missingField, offset: members.end, field: "modify")
        }
        isAdded = try members.isGiven("add")
        if isAdded { try members.part("add", into: &addedCandle) }
        isModified = try members.isGiven("modify")
        if isModified { try members.part("modify", into: &modifiedCandle) }
    }
}

/// A book and the latest trades: event `orderbook`. Taken for the whole book each time; there is no number, no checksum
/// and no symbol in it, so a connection has one market.
package struct JayxOrderBook: WireReusable {
    package struct Level: WireObject {
        package let ticks: Int64
        package let lots: Int64
        package let orders: Int64

        package init(inOrder json: JSONCursor, end: inout Int) throws(WireError) {
            var members = try WireMembers(attempt: json)
            try self.init(&members)
            end = try members.finishAttempt()
        }

        @inline(always)
        package init(_ members: inout WireMembers) throws(WireError) {
            ticks = try members.count("ticks")
            lots = try members.count("lots")
            orders = try members.count("count")
        }
    }

    package struct Trade: WireObject, Equatable {
        package let ticks: Int64
        package let lots: Int64
        /// The side of the taker.
        package let side: JayxSide
        package let time: Instant

        package init(inOrder json: JSONCursor, end: inout Int) throws(WireError) {
            var members = try WireMembers(attempt: json)
            try self.init(&members)
            end = try members.finishAttempt()
        }

        @inline(always)
        package init(_ members: inout WireMembers) throws(WireError) {
            lots = try members.count("lots")
            ticks = try members.count("ticks")
            side = try members.word("side")
            time = try members.milliseconds("created")
        }
    }

    private struct Sides: WireReusable {
        var asks: [Level] = []
        var bids: [Level] = []

        mutating func refill(inOrder json: JSONCursor, end: inout Int) throws(WireError) {
            var members = try WireMembers(attempt: json)
            try refill(&members)
            end = try members.finishAttempt()
        }

        @inline(always)
        mutating func refill(_ members: inout WireMembers) throws(WireError) {
            try members.part("asks", into: &asks)
            try members.part("bids", into: &bids)
        }
    }

    private var sides = Sides()
    /// Best first.
    package var asks: [Level] { sides.asks }
    package var bids: [Level] { sides.bids }
    /// Newest first; some of them were in earlier messages.
    package private(set) var trades: [Trade] = []

    package init() {}

    package mutating func refill(inOrder json: JSONCursor, end: inout Int) throws(WireError) {
        var members = try WireMembers(attempt: json)
        try refill(&members)
        end = try members.finishAttempt()
    }

    @inline(always)
    package mutating func refill(_ members: inout WireMembers) throws(WireError) {
        try members.part("orderBook", into: &sides)
        if try members.isGiven("trades") {
            try members.part("trades", into: &trades)
        } else {
            trades.removeAll(keepingCapacity: true)
        }
    }
}

/// Balances: event `positions`. Decimals in units of the asset, not lots; absolute.
package struct JayxPositions: WireReusable {
    package struct Position: WireReusable {
        package private(set) var asset = JayxName()
        package private(set) var balance = Amount(raw: 0)
        package private(set) var available = Amount(raw: 0)

        @inline(always)
        package init() {}

        package mutating func refill(inOrder json: JSONCursor, end: inout Int) throws(WireError) {
            var members = try WireMembers(attempt: json)
            try refill(&members)
            end = try members.finishAttempt()
        }

        @inline(always)
        package mutating func refill(_ members: inout WireMembers) throws(WireError) {
            asset = try members.short("asset")
            balance = try members.amount("balance")
            available = try members.amount("available")
        }
    }

    package private(set) var spot: [Position] = []

    package init() {}

    package mutating func refill(inOrder json: JSONCursor, end: inout Int) throws(WireError) {
        var members = try WireMembers(attempt: json)
        try refill(&members)
        end = try members.finishAttempt()
    }

    @inline(always)
    package mutating func refill(_ members: inout WireMembers) throws(WireError) {
        try members.part("spot", into: &spot)
    }
}

/// Which side of the book.
package enum JayxSide: String, WireWord {
    case buy = "BUY"
    case sell = "SELL"

    package init?(written text: JSONText) {
        switch text {
        case "BUY": self = .buy
        case "SELL": self = .sell
        default: return nil
        }
    }

    package var side: Side {
        switch self {
        case .buy: .buy
        case .sell: .sell
        }
    }
}

extension WireMembers {
    /// A number of ticks, lots or orders: never below zero.
    @inline(always)
    mutating func count(_ field: WireField) throws(WireError) -> Int64 {
        let value = try number(field)
        guard value >= 0 else { throw WireError(.negative, offset: offset(field), field: field) }
        return value
    }

    @inline(always)
    mutating func countOrNil(_ field: WireField) throws(WireError) -> Int64? {
        try isGiven(field) ? try count(field) : nil
    }
}
