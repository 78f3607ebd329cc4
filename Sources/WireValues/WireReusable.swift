import WireCodecs

/// An object with lists that is filled again and again, and keeps the room of its lists: so a busy stream allocates
/// nothing.
public protocol WireReusable: WireObject {
    /// With nothing in it.
    init()
    /// Replaces all by what these members say; after an error what is left in it means nothing.
    mutating func refill(_ members: inout WireMembers) throws(WireError)
    /// As `init(inOrder:end:)`.
    mutating func refill(inOrder json: JSONCursor, end: inout Int) throws(WireError)
}

extension WireReusable {
    @inlinable @inline(always)
    public init(_ members: inout WireMembers) throws(WireError) {
        self.init()
        try refill(&members)
    }

    @inlinable @inline(always)
    public mutating func refill(inOrder json: JSONCursor, end: inout Int) throws(WireError) {
        var members = try WireMembers(attempt: json)
        try refill(&members)
        end = try members.finishAttempt()
    }

    /// As `init(inOrder:)`.
    @inlinable @inline(always)
    package mutating func refill(inOrder json: inout JSONCursor) throws(WireError) {
        var end = 0
        try refill(inOrder: json, end: &end)
        json.pass(to: end)
    }

    /// As `init(reading:as:)`.
    @inlinable
    package mutating func refill(reading json: inout JSONCursor, as field: WireField) throws(WireError) {
        do throws(WireError) {
            try refill(inOrder: &json)
        } catch {
            var slow = json
            self = try Self(byTable: &slow, as: field)
            json = slow
        }
    }
}

extension Array where Element: WireReusable {
    /// As `refill(reading:as:)`, with each element read where it will stay: to move it would take long.
    @inlinable
    package mutating func refill(inPlace json: inout JSONCursor, as field: WireField) throws(WireError) {
        guard let more = try refillFirst(&json, field) else { return }
        var failure: WireError?
        append(addingCapacity: more) { list in
            list.withUnsafeMutableBufferPointer { room, filled in
                var next = json
                while filled < more, next.takeCommaOfList() {
                    room.initializeElement(at: filled, to: Element())
                    filled &+= 1
                    do throws(WireError) {
                        try room[filled &- 1].refill(reading: &next, as: field)
                    } catch {
                        failure = error
                        break
                    }
                }
                json = next
            }
        }
        if let failure { throw failure }
        try refillLast(&json, field)
    }
}

extension WireMembers {
    /// Reads a list into the room of another.
    @inlinable @inline(always)
    package mutating func part<Element: WireValue>(
        _ field: WireField, into list: inout [Element]
    ) throws(WireError) {
        try value(field) { json throws(WireError) in try list.refill(reading: &json, as: field) }
    }

    /// Reads a list into the room of another, each element where it will stay.
    @inlinable @inline(always)
    package mutating func part<Element: WireReusable>(
        _ field: WireField, into list: inout [Element]
    ) throws(WireError) {
        try value(field) { json throws(WireError) in try list.refill(inPlace: &json, as: field) }
    }

    /// Reads an object into the room of another.
    @inlinable @inline(always)
    package mutating func part<Part: WireReusable>(
        _ field: WireField, into part: inout Part
    ) throws(WireError) {
        try value(field) { json throws(WireError) in try part.refill(reading: &json, as: field) }
    }
}
