import WireCodecs
import WireValues

/// Plain JSON: an object with the event's name and its payload.
package struct JayxJSONCodec: JayxCodec {
    /// `data` or `message`.
    private let payloadName: StaticString

    package init(payloadName: StaticString) { self.payloadName = payloadName }

    package var path: String { "/" }
    package var awaitsOpening: Bool { false }
    package var joining: [UInt8]? { nil }
    package var pong: [UInt8]? { nil }
    package var ping: [UInt8]? { nil }

    package func encode(_ subscription: JayxSubscription) -> [UInt8] {
        var json = JSONWriter(capacity: 256)
        json.beginObject()
        json.key("event")
        json.string(subscription.stream.rawValue)
        json.key(payloadName)
        subscription.write(to: &json)
        json.endObject()
        return json.withBytes { Array($0) }
    }

    package func opened(_ bytes: UnsafeBufferPointer<UInt8>) -> JayxOpenedMessage? {
        JayxOpenedMessage(bytes, payloadName: payloadName)
    }

    package func decode(_ bytes: UnsafeBufferPointer<UInt8>) throws(WireError) -> JayxFrame {
        if let message = opened(bytes), let event = try? JayxEvent(message) { return .event(event) }
        return try anyhow(bytes, WireField(payloadName))
    }

    /// In any order, and without a name of the event.
    private func anyhow(
        _ bytes: UnsafeBufferPointer<UInt8>, _ payloadName: WireField
    ) throws(WireError) -> JayxFrame {
        var json = JSONCursor(bytes)
        var members = try WireMembers(&json)
        try json.wire(.whole) { json throws(JSONError) in try json.finish() }
        guard members.has("event") else {
            // A bare payload, as the venue's page shows them.
            json = JSONCursor(bytes)
            return .event(try JayxEvent(reading: &json, of: nil))
        }
        let stream: JayxStream = try members.word("event")
        guard try members.isGiven(payloadName) else { return .ignored }
        let event = try members.value(payloadName) { json throws(WireError) in
            try JayxEvent(reading: &json, of: stream)
        }
        return .event(event)
    }
}
