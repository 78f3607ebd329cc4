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

    package func decode(_ bytes: UnsafeBufferPointer<UInt8>) throws(WireError) -> JayxFrame {
        try Frame(decoding: bytes, payloadName: WireField(payloadName)).frame
    }

    private struct Frame {
        let frame: JayxFrame

        init(decoding bytes: UnsafeBufferPointer<UInt8>, payloadName: WireField) throws(WireError) {
            var json = JSONCursor(bytes)
            if let event = try? Self.event(json, payloadName) {
                frame = .event(event)
                return
            }
            var members = try WireMembers(&json)
            try json.wire(.whole) { json throws(JSONError) in try json.finish() }
            guard members.has("event") else {
                // A bare payload, as the venue's page shows them.
                json = JSONCursor(bytes)
                frame = .event(try JayxEvent(reading: &json, of: nil))
                return
            }
            let stream: JayxStream = try members.word("event")
            guard try members.isGiven(payloadName) else {
                frame = .ignored
                return
            }
            frame = .event(
                try members.value(payloadName) { json throws(WireError) in
                    try JayxEvent(reading: &json, of: stream)
                })
        }

        /// As the venue writes it: the event, then its payload.
        private static func event(
            _ json: JSONCursor, _ payloadName: WireField
        ) throws(WireError) -> JayxEvent {
            var members = try WireMembers(attempt: json)
            let stream: JayxStream = try members.word("event")
            let event = try members.value(payloadName) { json throws(WireError) in
                try JayxEvent(reading: &json, of: stream)
            }
            var rest = try members.finishAttempt()
            try rest.wire(.whole) { json throws(JSONError) in try json.finish() }
            return event
        }
    }
}
