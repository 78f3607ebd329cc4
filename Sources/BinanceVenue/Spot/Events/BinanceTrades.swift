import Quantities
import WireCodecs
import WireValues

// Trades. As of 2026-07: github.com/binance/binance-spot-api-docs, web-socket-streams.md

/// What one taker order traded at one price: `<symbol>@aggTrade`.
package struct BinanceAggregateTrade: WireObject {
    package let eventTime: Instant
    package let symbol: BinanceName
    package let id: UInt64
    package let price: Price
    package let quantity: Quantity
    package let firstTrade: Int64
    package let lastTrade: Int64
    package let tradeTime: Instant
    /// True when the taker sold.
    package let buyerIsMaker: Bool

    package init(inOrder json: JSONCursor, end: inout Int) throws(WireError) {
        var members = try WireMembers(attempt: json)
        try self.init(&members)
        end = try members.finishAttempt()
    }

    @inline(always)
    package init(_ members: inout WireMembers) throws(WireError) {
        try members.expect("aggTrade")
        eventTime = try members.time("E")
        symbol = try members.short("s")
        id = try members.uint("a")
        price = try members.price("p")
        quantity = try members.quantity("q")
        firstTrade = try members.int("f")
        lastTrade = try members.int("l")
        tradeTime = try members.time("T")
        buyerIsMaker = try members.bool("m")
        members.ignore("M")
    }
}

/// A trade: `<symbol>@trade`.
package struct BinanceTrade: WireObject {
    package let eventTime: Instant
    package let symbol: BinanceName
    package let id: UInt64
    package let price: Price
    package let quantity: Quantity
    package let tradeTime: Instant
    /// True when the taker sold.
    package let buyerIsMaker: Bool

    package init(inOrder json: JSONCursor, end: inout Int) throws(WireError) {
        var members = try WireMembers(attempt: json)
        try self.init(&members)
        end = try members.finishAttempt()
    }

    @inline(always)
    package init(_ members: inout WireMembers) throws(WireError) {
        try members.expect("trade")
        try self.init(unnamed: &members)
    }

    /// The same members under another name.
    @inline(always)
    init(unnamed members: inout WireMembers) throws(WireError) {
        eventTime = try members.time("E")
        symbol = try members.short("s")
        id = try members.uint("t")
        price = try members.price("p")
        quantity = try members.quantity("q")
        tradeTime = try members.time("T")
        buyerIsMaker = try members.bool("m")
        members.ignore("M")
    }
}

/// A trade that was agreed outside of the book: `<symbol>@blockTrade`.
package struct BinanceBlockTrade: WireObject {
    package let trade: BinanceTrade

    package init(_ members: inout WireMembers) throws(WireError) {
        try members.expect("blockTrade")
        trade = try BinanceTrade(unnamed: &members)
    }
}

extension WireMembers {
    /// The kind of an event; says what the object looks like where it is none.
    mutating func eventName() throws(WireError) -> WireName {
        if has("e") { return try name("e") }
        if has("method") {
            let method = try text("method")
            throw WireError(
                .unexpected("'\(method)' is a call: clients send it"), offset: offset("method"),
                field: "method")
        }
        guard memberCount > 0 else {
            throw WireError(.unexpected("an object without members"), offset: start, field: .whole)
        }
        throw WireError(
            .unexpected("no message of a connection has only \(nameList)"), offset: start, field: .whole)
    }

    /// Checks that an event is of this kind.
    @inline(always)
    mutating func expect(_ event: StaticString) throws(WireError) {
        guard try isText("e", event) else { throw try surprise("is not '\(event)'") }
    }

    /// The error for an event of another kind.
    @inline(never)
    func surprise(_ what: String) throws(WireError) -> WireError {
        var members = self
        return WireError(.unexpected("'\(try members.text("e"))' \(what)"), offset: offset("e"), field: "e")
    }
}
