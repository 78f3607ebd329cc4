import WireCodecs
import WireValues

/// A message of a market connection of Binance Spot, raw or combined.
package enum BinanceMessage: Sendable {
    /// What a stream brought. Raw connections do not name the stream.
    case event(stream: BinanceStreamName?, value: BinanceEvent)
    /// What a stream over all markets brought: one event for each.
    case events(stream: BinanceStreamName?, list: [BinanceEvent])
    case reply(BinanceReply)
}

extension BinanceMessage: WireObject {
    package init(reading json: inout JSONCursor, as field: WireField) throws(WireError) {
        if try json.wire(field, { json throws(JSONError) in try json.peek() }) == .array {
            self = .events(stream: nil, list: try [BinanceEvent](reading: &json, as: field))
        } else {
            try self.init(readingObject: &json, as: field)
        }
    }

    package init(_ members: inout WireMembers) throws(WireError) {
        if members.opens(with: "stream", then: "data") {
            let stream: BinanceStreamName = try members.short("stream")
            if try members.isList("data") {
                self = .events(stream: stream, list: try members.part("data"))
            } else {
                self = .event(stream: stream, value: try members.part("data"))
            }
        } else if BinanceReply.isReply(&members) {
            self = .reply(try BinanceReply(&members))
        } else {
            self = .event(stream: nil, value: try BinanceEvent(&members))
        }
    }
}

/// A value of one stream, raw or wrapped by a combined connection or by a subscription.
package struct BinanceStreamed<Value: WireValue>: WireValue {
    package let value: Value

    package init(reading json: inout JSONCursor, as field: WireField) throws(WireError) {
        let kind = try json.wire(field) { json throws(JSONError) in try json.peek() }
        if kind == .object, !Self.beginsWithLetter(json) {
            let start = json.mark
            if let wrapped = try? Wrapped(inOrder: &json) {
                value = wrapped.value
                return
            }
            json.rewind(to: start)
            var members = try WireMembers(&json)
            if let inner = Self.wrapped(&members) {
                value = try members.part(inner)
                return
            }
            json.rewind(to: start)
        }
        value = try Value(reading: &json, as: field)
    }

    /// Events do, and what wraps them does not.
    private static func beginsWithLetter(_ json: JSONCursor) -> Bool {
        var json = json
        do throws(JSONError) {
            try json.beginMembers()
            return try json.memberName()?.bytes.count == 1
        } catch {
            return false
        }
    }

    /// Which member has the value; nil where it is not wrapped.
    private static func wrapped(_ members: inout WireMembers) -> WireField? {
        if members.has("stream"), members.has("data") { return "data" }
        return members.has("event") ? "event" : nil
    }

    /// As combined connections write it.
    private struct Wrapped: WireObject {
        let value: Value

        init(_ members: inout WireMembers) throws(WireError) {
            guard members.comesNext("stream") else { throw WireMembers.stray }
            try members.skip("stream")
            value = try members.part("data")
        }
    }
}
