import WireCodecs
import WireValues

/// The streams of the venue, by the name of their events.
@usableFromInline
package enum JayxStream: String, WireWord {
    case kline
    case orderBook = "orderbook"
    case positions
    case openOrders = "openorders"

    @usableFromInline
    package init?(written text: JSONText) {
        switch text {
        case "kline": self = .kline
        case "orderbook": self = .orderBook
        case "positions": self = .positions
        case "openorders": self = .openOrders
        default: return nil
        }
    }

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
    /// What an opened message holds; any error means that the message is to be read as one of any form.
    init(_ message: JayxOpenedMessage) throws(WireError) {
        switch message.stream {
        case .kline: self = .kline(try message.event())
        case .orderBook: self = .orderBook(try message.event())
        case .positions: self = .positions(try message.event())
        case .openOrders: self = .openOrders(try message.event())
        }
    }

    /// Reads a payload; where its event is not named, its members tell.
    package init(reading json: inout JSONCursor, of stream: JayxStream?) throws(WireError) {
        let told = if let stream { stream } else { try Self.stream(json) }
        switch told {
        case .kline: self = .kline(try JayxKline(reading: &json, as: .whole))
        case .orderBook: self = .orderBook(try JayxOrderBook(reading: &json, as: .whole))
        case .positions: self = .positions(try JayxPositions(reading: &json, as: .whole))
        case .openOrders: self = .openOrders(try JayxOpenOrders(reading: &json, as: .whole))
        }
    }

    private static func stream(_ json: JSONCursor) throws(WireError) -> JayxStream {
        var json = json
        let members = try WireMembers(&json)
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
