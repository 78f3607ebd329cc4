import WireCodecs
import WireValues

/// A message of a connection as far as its envelope: which event is in it is told, and whoever wants that reads it as
/// what it is, in one pass and without a copy.
///
/// `JayxFrame` holds anything that a message may be, and is as large as the largest. So what is busy is read through
/// this.
///
/// The type is public for one reason: the compiler carries bodies to other modules only for public types.
public struct JayxOpenedMessage {
    @usableFromInline package let stream: JayxStream
    /// On the payload.
    @usableFromInline let json: JSONCursor
    /// Whether the envelope is a list; otherwise it is an object.
    @usableFromInline let isList: Bool

    /// An object with the name of the event and its payload; nil for what is not written so.
    @inline(always)
    init?(_ bytes: UnsafeBufferPointer<UInt8>, payloadName: StaticString) {
        var json = JSONCursor(bytes)
        guard json.takeMemberStart("event"), let name = json.takePlainText(),
            let stream = JayxStream(written: name), json.takeCommaOfMembers(),
            json.takeName(given: payloadName)
        else { return nil }
        self.stream = stream
        self.json = json
        isList = false
    }

    /// A list of the name and the payload; nil for what is not written so.
    @inline(always)
    init?(list bytes: UnsafeBufferPointer<UInt8>) {
        var json = JSONCursor(bytes)
        guard json.begins(with: "[\""), json.mayNest else { return nil }
        json.advance(by: 1)
        guard let name = json.takePlainText(), let stream = JayxStream(written: name), json.begins(with: ",{")
        else { return nil }
        json.advance(by: 1)
        self.stream = stream
        self.json = json
        isList = true
    }

    /// The event; any error means that the message is to be read as one of any form.
    @inlinable @inline(always)
    package func event<Event: WireObject>(_: Event.Type = Event.self) throws(WireError) -> Event {
        var json = json
        let event = try Event(inOrder: &json)
        try close(&json)
        return event
    }

    /// The event, in the room of an earlier one; any error means that the message is to be read as one of any form.
    @inlinable @inline(always)
    package func event<Event: WireReusable>(into event: inout Event) throws(WireError) {
        var json = json
        try event.refill(inOrder: &json)
        try close(&json)
    }

    /// Checks that nothing follows but the end of the envelope.
    @inlinable @inline(always)
    func close(_ json: inout JSONCursor) throws(WireError) {
        guard json.isAt(isList ? UInt8(ascii: "]") : UInt8(ascii: "}")) else { throw WireMembers.stray }
        json.advance(by: 1)
        if json.remaining > 0 {
            try json.wire(.whole) { json throws(JSONError) in try json.finish() }
        }
    }
}
