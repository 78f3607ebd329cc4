import WireCodecs

/// A value that a venue writes as JSON.
public protocol WireValue: Sendable {
    /// Reads the value that the cursor stands on; errors name `field` where the value itself is at fault.
    init(reading json: inout JSONCursor, as field: WireField) throws(WireError)
}

/// A value that a venue writes as an object.
public protocol WireObject: WireValue {
    /// Reads the members, each once, in the order in which the venue writes them.
    init(_ members: inout WireMembers) throws(WireError)

    /// Reads an object whose members stand as they are asked for, and tells where it ends; any error means that it is
    /// to be read by table.
    ///
    /// Busy types say themselves what all have by default, in their own module: so all of their members are read in one
    /// go, where they will stand in the end, and the cursor comes in registers and stays there.
    init(inOrder json: JSONCursor, end: inout Int) throws(WireError)
}

extension WireObject {
    @inlinable
    package init(reading json: inout JSONCursor, as field: WireField) throws(WireError) {
        try self.init(readingObject: &json, as: field)
    }

    /// Reads an object: in order, and where that fails by table.
    @inlinable @inline(always)
    package init(readingObject json: inout JSONCursor, as field: WireField) throws(WireError) {
        do throws(WireError) {
            try self.init(inOrder: &json)
        } catch {
            // A copy, so that nobody takes the address of the cursor itself.
            var slow = json
            self = try Self(byTable: &slow, as: field)
            json = slow
        }
    }

    @inlinable @inline(always)
    public init(inOrder json: JSONCursor, end: inout Int) throws(WireError) {
        var members = try WireMembers(attempt: json)
        try self.init(&members)
        end = try members.finishAttempt()
    }

    /// Reads an object whose members stand as they are asked for; any error means that it is to be read by table.
    @inlinable @inline(always)
    package init(inOrder json: inout JSONCursor) throws(WireError) {
        var end = 0
        try self.init(inOrder: json, end: &end)
        json.pass(to: end)
    }

    @inlinable @inline(never)
    package init(byTable json: inout JSONCursor, as field: WireField) throws(WireError) {
        do throws(WireError) {
            var members = try WireMembers(&json)
            try self.init(&members)
        } catch {
            guard error.field == .whole else { throw error }
            throw WireError(error.kind, offset: error.offset, field: field)
        }
    }
}

extension WireValue {
    /// Reads a whole text.
    @inlinable
    package init(decoding bytes: UnsafeBufferPointer<UInt8>) throws(WireError) {
        var json = JSONCursor(bytes)
        try self.init(reading: &json, as: .whole)
        try json.wire(.whole) { json throws(JSONError) in try json.finish() }
    }
}

/// What lists of venues are bounded by.
@usableFromInline
package enum WireLists {
    /// The most elements of a list; more is an error.
    @inlinable package static var elementsMax: Int { 10_000 }
}

extension Array: WireValue where Element: WireValue {
    @inlinable
    public init(reading json: inout JSONCursor, as field: WireField) throws(WireError) {
        self = []
        try refill(reading: &json, as: field)
    }

    /// Reads a list into the room that this one has.
    @inlinable
    package mutating func refill(reading json: inout JSONCursor, as field: WireField) throws(WireError) {
        guard let more = try refillFirst(&json, field) else { return }
        var failure: WireError?
        append(addingCapacity: more) { list in
            list.withUnsafeMutableBufferPointer { room, filled in
                // Without a question for each whose the list is and whether it has room; with a cursor of its own.
                var next = json
                var count = 0
                while count < more, next.takeCommaOfList() {
                    do throws(WireError) {
                        room.initializeElement(at: count, to: try Element(reading: &next, as: field))
                        count &+= 1
                    } catch {
                        failure = error
                        break
                    }
                }
                filled = count
                json = next
            }
        }
        if let failure { throw failure }
        try refillLast(&json, field)
    }

    /// Reads the first element, and makes room for as many more as there may be; nil where there is none.
    @inlinable
    mutating func refillFirst(_ json: inout JSONCursor, _ field: WireField) throws(WireError) -> Int? {
        removeAll(keepingCapacity: true)
        guard try json.wire(field, { json throws(JSONError) in try json.beginList() }) else { return nil }
        json.toValue()
        let left = json.remaining
        let first = try Element(reading: &json, as: field)
        let expected = Self.expected(in: left, first: left - json.remaining)
        reserveCapacity(expected)
        append(first)
        return expected - 1
    }

    /// Reads the elements that are left, one by one.
    @inlinable
    mutating func refillLast(_ json: inout JSONCursor, _ field: WireField) throws(WireError) {
        while try json.wire(field, { json throws(JSONError) in try json.nextOfList() }) {
            json.toValue()
            guard count < WireLists.elementsMax else {
                throw JSONCursor.wireFailure(.tooMany, json.offset, field)
            }
            append(try Element(reading: &json, as: field))
        }
    }

    /// How many elements there may be in so many bytes: they are about as long as the first of them.
    @inlinable
    static func expected(in left: Int, first: Int) -> Int {
        Swift.min(left / (Swift.max(first, 1) + 1) + 1, WireLists.elementsMax)
    }
}

extension Array where Element: WireObject {
    /// Reads a list of objects, each of which is read in order; any error means that all is to be read anyhow.
    @inlinable
    package init(inOrder json: inout JSONCursor) throws(WireError) {
        self = []
        var list = json
        guard list.takeListStart() else { throw WireMembers.stray }
        let left = list.remaining
        let first = try Element(inOrder: &list)
        let expected = Self.expected(in: left, first: left - list.remaining)
        var isWhole = true
        self.init(unsafeUninitializedCapacity: expected) { room, filled in
            var next = list
            room.initializeElement(at: 0, to: first)
            var count = 1
            while count < expected, next.takeCommaOfList() {
                do throws(WireError) {
                    room.initializeElement(at: count, to: try Element(inOrder: &next))
                    count &+= 1
                } catch {
                    isWhole = false
                    break
                }
            }
            filled = count
            list = next
        }
        while isWhole, list.takeCommaOfList(), count < WireLists.elementsMax {
            append(try Element(inOrder: &list))
        }
        guard isWhole, list.takeListEnd() else { throw WireMembers.stray }
        json = list
    }
}

extension String: WireValue {
    @inlinable
    public init(reading json: inout JSONCursor, as field: WireField) throws(WireError) {
        self = try json.wire(field) { json throws(JSONError) in try json.string() }
    }
}

extension InlineText: WireValue {
    @inlinable
    public init(reading json: inout JSONCursor, as field: WireField) throws(WireError) {
        self = try json.wire(field) { json throws(JSONError) in try json.inlineText() }
    }
}
