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
            self = try Self(byTable: &json, as: field)
        }
    }

    /// Reads an object whose members stand as they are asked for; any error means that it is to be read by table.
    @inlinable @inline(always)
    package init(inOrder json: inout JSONCursor) throws(WireError) {
        var members = try WireMembers(attempt: json)
        try self.init(&members)
        json = try members.finishAttempt()
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
    /// Room for elements that a list begins with, where it has any: a side of most books.
    @inlinable static var elementsUsual: Int { 16 }
}

extension Array: WireValue where Element: WireValue {
    @inlinable
    public init(reading json: inout JSONCursor, as field: WireField) throws(WireError) {
        self = []
        guard try json.wire(field, { json throws(JSONError) in try json.beginList() }) else { return }
        reserveCapacity(WireLists.elementsUsual)
        repeat {
            json.toValue()
            guard count < WireLists.elementsMax else {
                throw JSONCursor.wireFailure(.tooMany, json.offset, field)
            }
            append(try Element(reading: &json, as: field))
        } while try json.wire(field, { json throws(JSONError) in try json.nextOfList() })
    }
}

extension String: WireValue {
    @inlinable
    public init(reading json: inout JSONCursor, as field: WireField) throws(WireError) {
        self = try json.wire(field) { json throws(JSONError) in try json.string() }
    }
}
