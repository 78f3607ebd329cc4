import Quantities
import WireCodecs
import WireValues

/// Own orders that changed or are gone: event `openorders`.
package struct JayxOpenOrders: WireReusable {
    package private(set) var cancelled: [Gone] = []
    package private(set) var modified: [JayxOrder] = []

    package init() {}

    /// An order that is gone. The venue does not say how it writes them: a whole order and a bare number are taken.
    package enum Gone: WireValue {
        case id(Int64)
        case order(JayxOrder)

        package init(reading json: inout JSONCursor, as field: WireField) throws(WireError) {
            let kind = try json.wire(field) { json throws(JSONError) in try json.peek() }
            switch kind {
            case .object:
                let start = json.mark
                var members = try WireMembers(&json)
                guard members.memberCount == 1 else {
                    let end = json.mark
                    json.rewind(to: start)
                    self = .order(try JayxOrder(reading: &json, as: field))
                    json.rewind(to: end)
                    return
                }
                self = .id(try members.count("id"))
            case .number, .string: self = .id(try json.wireNumber(field))
            case .array, .bool, .null:
                throw WireError(.json(.wrongKind), offset: json.offset, field: field)
            }
        }

        package var orderID: Int64 {
            switch self {
            case .id(let id): id
            case .order(let order): order.id
            }
        }
    }

    package mutating func refill(inOrder json: JSONCursor, end: inout Int) throws(WireError) {
        var members = try WireMembers(attempt: json)
        try refill(&members)
        end = try members.finishAttempt()
    }

    @inline(always)
    package mutating func refill(_ members: inout WireMembers) throws(WireError) {
        try members.part("cancel", into: &cancelled)
        try members.part("modify", into: &modified)
    }
}

/// How far an order is. The venue documents two words and says that there are more: an order is never taken for ended
/// by a word that is not known.
package enum JayxOrderState: String, WireWord {
    case new = "NEW"
    case cancelled = "CANCELED"

    package init?(written text: JSONText) {
        switch text {
        case "NEW": self = .new
        case "CANCELED": self = .cancelled
        default: return nil
        }
    }
}

/// How an order finds its price; more words are said to exist.
package enum JayxOrderType: String, WireWord {
    case limit = "LIMIT"
    case market = "MARKET"

    package init?(written text: JSONText) {
        switch text {
        case "LIMIT": self = .limit
        case "MARKET": self = .market
        default: return nil
        }
    }
}

/// An own order. Prices are ticks, quantities lots, reserves and costs ticks times lots.
package struct JayxOrder: WireObject {
    package let id: Int64
    package let symbol: JayxName
    package let type: OpenWord<JayxOrderType>
    package let state: OpenWord<JayxOrderState>
    package let side: JayxSide
    /// Nil for an order without a price.
    package let ticks: Int64?
    package let lots: Int64
    package let reserved: Int64
    package let executedLots: Int64
    package let cost: Int64
    /// Of the latest fill; nil before the first.
    package let lastLots: Int64?
    package let lastTicks: Int64?
    package let createdAt: Instant
    package let modifiedAt: Instant

    package init(inOrder json: JSONCursor, end: inout Int) throws(WireError) {
        var members = try WireMembers(attempt: json)
        try self.init(&members)
        end = try members.finishAttempt()
    }

    @inline(always)
    package init(_ members: inout WireMembers) throws(WireError) {
        id = try members.count("id")
        type = try members.part("type")
        state = try members.part("state")
        side = try members.word("side")
        reserved = try members.count("resd")
        executedLots = try members.count("exec")
        cost = try members.count("cost")
        lastLots = try members.countOrNil("lastLots")
        lastTicks = try members.countOrNil("lastTicks")
        createdAt = try members.milliseconds("created")
        modifiedAt = try members.milliseconds("modified")
        symbol = try members.short("symbol")
        ticks = try members.countOrNil("price")
        lots = try members.count("quantity")
    }
}
