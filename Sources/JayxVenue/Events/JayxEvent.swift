import WireCodecs
import WireValues

/// The streams of the venue, by the name of their events.
package enum JayxStream: String, WireWord {
    case kline
    case orderBook = "orderbook"
    case positions
    case openOrders = "openorders"

    /// Whether it needs a key.
    package var isPrivate: Bool {
        switch self {
        case .kline, .orderBook: false
        case .positions, .openOrders: true
        }
    }
}

/// One event of a stream.
package enum JayxEvent: Sendable {
    case kline(JayxKline)
    case orderBook(JayxOrderBook)
    case positions(JayxPositions)
    case openOrders(JayxOpenOrders)
}

extension JayxEvent {
    /// Reads a payload; where its event is not named, its members tell.
    package init(reading json: inout JSONCursor, of stream: JayxStream?) throws(WireError) {
        var members = try WireMembers(&json)
        let told = if let stream { stream } else { try Self.stream(&members) }
        switch told {
        case .kline: self = .kline(try JayxKline(&members))
        case .orderBook: self = .orderBook(try JayxOrderBook(&members))
        case .positions: self = .positions(try JayxPositions(&members))
        case .openOrders: self = .openOrders(try JayxOpenOrders(&members))
        }
    }

    private static func stream(_ members: inout WireMembers) throws(WireError) -> JayxStream {
        if members.has("orderBook") { return .orderBook }
        if members.has("spot") { return .positions }
        if members.has("cancel") { return .openOrders }
        if members.has("add") || members.has("modify") { return .kline }
        throw WireError(
            .unexpected("no event has only \(members.memberCount == 0 ? "nothing" : members.nameList)"),
            offset: members.start, field: .whole)
    }
}

extension JayxEvent: WireValue {
    package init(reading json: inout JSONCursor, as field: WireField) throws(WireError) {
        try self.init(reading: &json, of: nil)
    }
}
