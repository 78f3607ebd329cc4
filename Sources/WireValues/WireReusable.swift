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

extension WireMembers {
    /// Reads a list into the room of another.
    @inlinable @inline(always)
    package mutating func part<Element: WireValue>(
        _ field: WireField, into list: inout [Element]
    ) throws(WireError) {
        try value(field) { json throws(WireError) in try list.refill(reading: &json, as: field) }
    }

    /// Reads an object into the room of another.
    @inlinable @inline(always)
    package mutating func part<Part: WireReusable>(
        _ field: WireField, into part: inout Part
    ) throws(WireError) {
        try value(field) { json throws(WireError) in try part.refill(reading: &json, as: field) }
    }
}
