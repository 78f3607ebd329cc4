import WireCodecs
import WireValues

/// A message of a market connection, raw or combined, as far as its envelope: what kind of event is in it is told, and
/// whoever wants that reads it as what it is, in one pass and without a copy.
///
/// `BinanceMessage` and `BinanceOptionsMessage` hold an event of any kind, and are as large as the largest: to move
/// them takes longer than to decode most events. So the busy streams are read through this.
///
/// The type is public for one reason: the compiler carries bodies to other modules only for public types.
public struct BinanceOpenedMessage {
    @usableFromInline package let kind: BinanceEventKind
    /// Whether there is a list of events of this kind.
    @usableFromInline package let isList: Bool
    /// Whether the stream is named, as on combined connections.
    @usableFromInline let isCombined: Bool
    /// On the event or the list.
    @usableFromInline let json: JSONCursor

    /// Nil for what is no event of a known kind, and for what is not written as the venue writes it.
    @inlinable @inline(always)
    package init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        let envelope = BinanceEnvelope(bytes)
        guard let kind = envelope.kind else { return nil }
        self.kind = kind
        isList = envelope.isList
        isCombined = envelope.isCombined
        json = JSONCursor(bytes, at: envelope.place, depth: envelope.isCombined ? 1 : 0)
    }

    /// Raw connections do not name the stream.
    package var stream: BinanceStreamName? {
        guard isCombined else { return nil }
        var name = json.start
        guard name.takeMemberStart("stream") else { return nil }
        return name.takeText()
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

    /// The events of a list; any error means that the message is to be read as one of any form.
    @inlinable @inline(always)
    package func events<Event: WireObject>(_: Event.Type = Event.self) throws(WireError) -> [Event] {
        var json = json
        let events = try [Event](inOrder: &json)
        try close(&json)
        return events
    }

    /// Checks that nothing follows but the end of the envelope.
    @inlinable @inline(always)
    func close(_ json: inout JSONCursor) throws(WireError) {
        if isCombined, !json.takeEndOfMembers() { throw WireMembers.stray }
        if json.remaining > 0 {
            try json.wire(.whole) { json throws(JSONError) in try json.finish() }
        }
    }
}

/// What is in front of an event.
///
/// It is small, so that it is handed over in registers.
public struct BinanceEnvelope {
    @usableFromInline let place: Int
    @usableFromInline let kind: BinanceEventKind?
    @usableFromInline let isList: Bool
    @usableFromInline let isCombined: Bool

    /// Without a kind for what is no event of a known one, and for what is not written as the venue writes it.
    @usableFromInline @inline(never)
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        var json = JSONCursor(bytes)
        isCombined = json.begins(with: "{\"stream\":")
        let isOpen =
            !isCombined
            || (json.takeMemberStart("stream") && json.passText(most: BinanceStreamName.countMax - 1)
                && json.takeCommaOfMembers() && json.takeName("data"))
        place = json.offset
        isList = json.begins(with: "[{")
        if isList { json.advance(by: 1) }
        kind = isOpen ? BinanceEventKind(guessing: json) : nil
    }
}

// Lists of the busy streams, each read in a loop that has all of its element's body.

extension BinanceOpenedMessage {
    package func miniTickers() throws(WireError) -> [BinanceMiniTicker] { try events() }
    package func rollingTickers() throws(WireError) -> [BinanceRollingTicker] { try events() }
    package func marks() throws(WireError) -> [BinancePlainMark] { try events() }
    package func valuations() throws(WireError) -> [BinanceMarkPrice] { try events() }
    package func openInterests() throws(WireError) -> [BinanceOpenInterest] { try events() }
}
