// Objects whose members come in an order that the reader knows: the next name is compared in place with the one that is
// wanted, and nothing is searched for. Between values the cursor stands on the quote of a name, or on the end.

extension JSONCursor {
    /// Enters an object, and stands on its first name or on its end.
    @inlinable @inline(always)
    package mutating func beginMembers() throws(JSONError) {
        try enter(UInt8(ascii: "{"))
        skipBlanks()
        guard position < count,
            bytes[position] == UInt8(ascii: "\"") || bytes[position] == UInt8(ascii: "}")
        else { throw unexpected() }
    }

    /// Takes this name and its colon and stands on the value; otherwise consumes nothing.
    ///
    /// A name that is followed by blanks, or is the last of a text that is cut, is not taken: `memberName()` reads any.
    @inlinable @inline(always)
    package mutating func takeName(_ name: StaticString) -> Bool {
        guard hasName(name) else { return false }
        position &+= name.utf8CodeUnitCount &+ 3
        return true
    }

    /// Whether this name and its colon stand here.
    @inlinable @inline(always)
    package func hasName(_ name: StaticString) -> Bool {
        let length = name.utf8CodeUnitCount
        guard count &- position > length &+ 3 else { return false }
        let start = bytes + position
        if length == 1 {
            let letter = UInt32(name.utf8Start[0]) &<< 8
            return UInt32(littleEndian: UnsafeRawPointer(start).loadUnaligned(as: UInt32.self))
                == letter | 0x3A22_0022
        }
        let end = UnsafeRawPointer(start + 1 + length).loadUnaligned(as: UInt16.self)
        return start[0] == UInt8(ascii: "\"") && UInt16(littleEndian: end) == 0x3A22
            && name.isWritten(at: start + 1)
    }

    /// Reads any name and its colon, and stands on the value; nil at the end of the object.
    package mutating func memberName() throws(JSONError) -> JSONText? {
        if position < count, bytes[position] == UInt8(ascii: "}") { return nil }
        return try key()
    }

    /// Goes from a value that was read to the next name, or to the end of the object.
    @inlinable @inline(always)
    package mutating func toNextName() throws(JSONError) {
        if count &- position >= 2,
            UInt16(littleEndian: UnsafeRawPointer(bytes + position).loadUnaligned(as: UInt16.self)) == 0x222C
        {
            position &+= 1
        } else {
            position = try placeOfNextName()
        }
    }

    /// Leaves the object at its end; false when there are more members.
    @inlinable @inline(always)
    package mutating func takeEndOfMembers() -> Bool {
        guard position < count, bytes[position] == UInt8(ascii: "}") else { return false }
        position &+= 1
        depth &-= 1
        return true
    }

    /// Takes a string that is written so; otherwise consumes nothing.
    @inlinable @inline(always)
    package mutating func takeText(_ text: StaticString) -> Bool {
        let length = text.utf8CodeUnitCount
        guard count &- position >= length &+ 2, bytes[position] == UInt8(ascii: "\""),
            bytes[position &+ length &+ 1] == UInt8(ascii: "\""), text.isWritten(at: bytes + position + 1)
        else { return false }
        position &+= length &+ 2
        return true
    }

    /// Whether a value that begins like `null` stands here.
    @inlinable @inline(always)
    package var isAtNull: Bool { position < count && bytes[position] == UInt8(ascii: "n") }

    /// Stands on the first byte of the next value.
    @inlinable @inline(always)
    package mutating func toValue() { skipBlanks() }

    @usableFromInline @inline(never)
    func placeOfNextName() throws(JSONError) -> Int {
        var json = self
        if json.take(UInt8(ascii: ",")) {
            json.skipBlanks()
            guard json.position < count, bytes[json.position] == UInt8(ascii: "\"") else {
                throw json.unexpected()
            }
        } else if json.position >= count || bytes[json.position] != UInt8(ascii: "}") {
            throw json.unexpected()
        }
        return json.position
    }
}
