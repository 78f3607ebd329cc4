import WireCodecs
import WireValues

/// A message of a market connection of Binance Spot, raw or combined.
package enum BinanceMessage: Sendable {
    /// What a stream brought; over all markets, one event for each. Raw connections do not name the stream.
    case events(stream: String?, list: [BinanceEvent])
    case reply(BinanceReply)
}

extension BinanceMessage: WireValue {
    package init(reading json: inout JSONCursor, as field: WireField) throws(WireError) {
        let kind = try json.wire(field) { json throws(JSONError) in try json.peek() }
        if kind == .array {
            self = .events(stream: nil, list: try [BinanceEvent](reading: &json, as: field))
            return
        }
        var members = try WireMembers(&json)
        if members.has("stream"), members.has("data") {
            let stream = try members.text("stream")
            if try members.kind("data") == .array {
                self = .events(stream: stream, list: try members.part("data"))
            } else {
                self = .events(stream: stream, list: [try members.part("data")])
            }
        } else if BinanceReply.isReply(&members) {
            self = .reply(try BinanceReply(&members))
        } else {
            self = .events(stream: nil, list: [try BinanceEvent(&members)])
        }
    }
}

/// A value of one stream, raw or wrapped by a combined connection or by a subscription.
package struct BinanceStreamed<Value: WireValue>: WireValue {
    package let value: Value

    package init(reading json: inout JSONCursor, as field: WireField) throws(WireError) {
        let start = json.mark
        if try json.wire(field, { json throws(JSONError) in try json.peek() }) == .object {
            var members = try WireMembers(&json)
            let inner: WireField? =
                if members.has("stream"), members.has("data") { "data" } else if members.has("event") {
                    "event"
                } else { nil }
            if let inner {
                value = try members.part(inner)
                return
            }
            json.rewind(to: start)
        }
        value = try Value(reading: &json, as: field)
    }
}
