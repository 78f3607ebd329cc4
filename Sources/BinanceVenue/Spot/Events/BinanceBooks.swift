import MarketModel
import Quantities
import WireCodecs
import WireValues

// Books. As of 2026-07: github.com/binance/binance-spot-api-docs, web-socket-streams.md

/// One price of a book as the venue writes it: `["0.0024","10"]`.
package struct BinanceLevel: WireValue {
    package let price: Price
    /// Zero removes the level, where changes are sent.
    package let quantity: Quantity

    @inline(always)
    package init(reading json: inout JSONCursor, as field: WireField) throws(WireError) {
        let price: Int128
        let quantity: Int128
        if let usual = json.takeDecimalPair() {
            (price, quantity) = usual
        } else {
            (price, quantity, json) = try Self.pair(json, field)
        }
        self.price = Price(raw: price)
        self.quantity = Quantity(raw: quantity)
    }

    /// In any form, and where that ends.
    @inline(never)
    private static func pair(
        _ start: JSONCursor, _ field: WireField
    ) throws(WireError) -> (Int128, Int128, JSONCursor) {
        var json = start
        try json.wire(field) { json throws(JSONError) in try json.beginArray() }
        let price = try json.wireDecimal(field, isSigned: false, isExact: true)
        try json.wire(field) { json throws(JSONError) in try json.nextElement() }
        let quantity = try json.wireDecimal(field, isSigned: false, isExact: true)
        try json.wire(field) { json throws(JSONError) in try json.endArray() }
        return (price, quantity, json)
    }

    package var level: Level { Level(price: price, quantity: quantity) }
}

/// The best bid and ask: `<symbol>@bookTicker`; spot sends neither a kind nor a time, options do.
package struct BinanceBookTicker: WireObject {
    package let update: UInt64
    package let symbol: BinanceName
    package let bid: Price
    package let bidSize: Quantity
    package let ask: Price
    package let askSize: Quantity
    package let eventTime: Instant?
    package let transactionTime: Instant?

    package init(inOrder json: JSONCursor, end: inout Int) throws(WireError) {
        var members = try WireMembers(attempt: json)
        try self.init(&members)
        end = try members.finishAttempt()
    }

    @inline(always)
    package init(_ members: inout WireMembers) throws(WireError) {
        if members.has("e") { try members.expect("bookTicker") }
        update = try members.uint("u")
        symbol = try members.short("s")
        bid = try members.price("b")
        bidSize = try members.quantity("B")
        ask = try members.price("a")
        askSize = try members.quantity("A")
        transactionTime = try members.timeOrNil("T")
        eventTime = try members.timeOrNil("E")
    }
}

/// The best levels as a whole: `<symbol>@depth5`, `@depth10`, `@depth20`, also the answer to a request for the book.
///
/// There is no symbol in it: the stream's name tells, in combined connections.
package struct BinancePartialDepth: WireReusable {
    package private(set) var lastUpdate: UInt64 = 0
    package private(set) var bids: [BinanceLevel] = []
    package private(set) var asks: [BinanceLevel] = []
    /// Only with options and futures.
    package private(set) var transactionTime: Instant?

    package init() {}

    package mutating func refill(inOrder json: JSONCursor, end: inout Int) throws(WireError) {
        var members = try WireMembers(attempt: json)
        try refill(&members)
        end = try members.finishAttempt()
    }

    @inline(always)
    package mutating func refill(_ members: inout WireMembers) throws(WireError) {
        lastUpdate = try members.uint("lastUpdateId")
        try members.part("bids", into: &bids)
        try members.part("asks", into: &asks)
        transactionTime = try members.timeOrNil("T")
    }
}

/// Changed levels: `<symbol>@depth`; options and futures add a time and the number of the update before.
package struct BinanceDepthChange: WireReusable {
    package private(set) var eventTime = Instant(nanoseconds: 0)
    package private(set) var transactionTime: Instant?
    package private(set) var symbol = BinanceName()
    package private(set) var first: UInt64 = 0
    package private(set) var last: UInt64 = 0
    package private(set) var previous: UInt64?
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
        try members.expect("depthUpdate")
        eventTime = try members.time("E")
        transactionTime = try members.timeOrNil("T")
        symbol = try members.short("s")
        first = try members.uint("U")
        last = try members.uint("u")
        previous = try members.uintOrNil("pu")
        try members.part("b", into: &bids)
        try members.part("a", into: &asks)
        guard first <= last, previous ?? 0 <= last else {
            throw WireError(.contradiction, offset: members.offset("u"), field: "u")
        }
    }
}
