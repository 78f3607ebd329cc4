// Objects whose members come in an order that the reader knows: the next name is compared in place with the one that is
// wanted, and nothing is searched for. Between values the cursor stands on the quote of a name, or on the end.

extension JSONCursor {
    /// Enters an object, and stands on its first name or on its end.
    package mutating func beginMembers() throws(JSONError) {
        try enter(UInt8(ascii: "{"))
        skipBlanks()
        guard position < count,
            bytes[position] == UInt8(ascii: "\"") || bytes[position] == UInt8(ascii: "}")
        else { throw unexpected() }
    }

    /// Enters an object that has members, and stands on its first name; otherwise consumes nothing.
    @inlinable @inline(always)
    package mutating func takeStartOfMembers() -> Bool {
        guard count &- position >= 2, pair(at: position) == 0x227B, depth < Self.nestingMax else {
            return false
        }
        position &+= 1
        depth &+= 1
        return true
    }

    /// Whether the text goes on so, from here or from so many bytes behind.
    @inlinable @inline(always)
    package func begins(with text: StaticString, at distance: Int = 0) -> Bool {
        count &- position >= text.utf8CodeUnitCount &+ distance
            && text.isWritten(at: bytes + position + distance)
    }

    /// Enters an object that begins with this member, and stands on its value; otherwise consumes nothing.
    @inlinable @inline(always)
    package mutating func takeMemberStart(_ name: StaticString) -> Bool {
        var json = self
        guard begins(with: "{"), depth < Self.nestingMax else { return false }
        json.position &+= 1
        json.depth &+= 1
        guard json.takeName(name) else { return false }
        self = json
        return true
    }

    /// Takes this name and its colon and stands on the value; otherwise consumes nothing.
    @inlinable @inline(always)
    package mutating func takeName(_ name: StaticString) -> Bool {
        guard hasName(name, before: count) else { return false }
        passName(name)
        return true
    }

    /// The same for a name that is not known where this is compiled.
    @inlinable @inline(always)
    package mutating func takeName(given name: StaticString) -> Bool {
        let length = name.utf8CodeUnitCount
        guard count &- position > length &+ 3, bytes[position] == UInt8(ascii: "\""),
            pair(at: position &+ 1 &+ length) == 0x3A22, name.isWritten(at: bytes + position + 1)
        else { return false }
        passName(name)
        return true
    }

    /// Consumes a name and its colon that stand here.
    @inlinable @inline(always)
    package mutating func passName(_ name: StaticString) { position &+= name.utf8CodeUnitCount &+ 3 }

    /// Whether this name and its colon stand here, in front of `limit`, which is the end of the text or zero.
    ///
    /// A name that is followed by blanks, or is the last of a text that is cut, is not seen: `memberName()` reads any.
    @inlinable @inline(always)
    package func hasName(_ name: StaticString, before limit: Int) -> Bool {
        let length = name.utf8CodeUnitCount
        guard limit &- position > length &+ 3 else { return false }
        // The name is a constant where this is inlined: one compare for eight bytes, and one that overlaps.
        let start = UnsafeRawPointer(bytes + position)
        if length < 5 {
            let last = length &- 1
            return Self.fourBytes(start, 0) == Self.fourBytes(of: name, from: 0)
                && (last == 0 || Self.fourBytes(start, last) == Self.fourBytes(of: name, from: last))
        }
        let last = length &- 5
        var index = 0
        while index < last {
            guard Self.eightBytes(start, index) == Self.eightBytes(of: name, from: index)
            else { return false }
            index &+= 8
        }
        return Self.eightBytes(start, last) == Self.eightBytes(of: name, from: last)
    }

    /// Up to eight bytes of a name with its quotes and its colon, the first in the lowest place.
    @inlinable @inline(always)
    static func eightBytes(of name: StaticString, from start: Int) -> UInt64 {
        let length = name.utf8CodeUnitCount
        var word: UInt64 = 0
        var index = 0
        while index < 8, start &+ index < length &+ 3 {
            let place = start &+ index
            let byte =
                if place == 0 || place == length &+ 1 {
                    UInt8(ascii: "\"")
                } else if place <= length {
                    name.utf8Start[place &- 1]
                } else {
                    UInt8(ascii: ":")
                }
            word |= UInt64(byte) &<< UInt64(truncatingIfNeeded: index &* 8)
            index &+= 1
        }
        return word
    }

    @inlinable @inline(always)
    static func fourBytes(of name: StaticString, from start: Int) -> UInt32 {
        UInt32(truncatingIfNeeded: eightBytes(of: name, from: start))
    }

    @inlinable @inline(always)
    static func fourBytes(_ start: UnsafeRawPointer, _ index: Int) -> UInt32 {
        UInt32(littleEndian: start.loadUnaligned(fromByteOffset: index, as: UInt32.self))
    }

    @inlinable @inline(always)
    static func eightBytes(_ start: UnsafeRawPointer, _ index: Int) -> UInt64 {
        UInt64(littleEndian: start.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    }

    @inlinable @inline(always)
    func pair(at index: Int) -> UInt16 {
        UInt16(littleEndian: UnsafeRawPointer(bytes + index).loadUnaligned(as: UInt16.self))
    }

    /// Reads any name and its colon, and stands on the value; nil at the end of the object.
    package mutating func memberName() throws(JSONError) -> JSONText? {
        if position < count, bytes[position] == UInt8(ascii: "}") { return nil }
        return try key()
    }

    /// Goes from a value that was read to the next name, or to the end of the object.
    @inlinable @inline(always)
    package mutating func toNextName() throws(JSONError) {
        if !takeCommaOfMembers() { position = try placeOfNextName() }
    }

    /// The same where there are no blanks; false where there are, or something else is wrong.
    @inlinable @inline(always)
    package mutating func takeCommaOfMembers() -> Bool {
        if count &- position >= 2, pair(at: position) == 0x222C {
            position &+= 1
            return true
        }
        return position < count && bytes[position] == UInt8(ascii: "}")
    }

    /// Enters a list that has an object first; otherwise consumes nothing.
    @inlinable @inline(always)
    package mutating func takeListStart() -> Bool {
        guard begins(with: "[{"), depth < Self.nestingMax else { return false }
        position &+= 1
        depth &+= 1
        return true
    }

    /// Takes a comma behind which a list or an object begins; otherwise consumes nothing.
    @inlinable @inline(always)
    package mutating func takeCommaOfList() -> Bool {
        guard count &- position >= 2, bytes[position] == UInt8(ascii: ","),
            bytes[position &+ 1] == UInt8(ascii: "[") || bytes[position &+ 1] == UInt8(ascii: "{")
        else { return false }
        position &+= 1
        return true
    }

    /// Leaves the list at its end; false when there is more.
    @inlinable @inline(always)
    package mutating func takeListEnd() -> Bool {
        guard isAt(UInt8(ascii: "]")) else { return false }
        position &+= 1
        depth &-= 1
        return true
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

    /// Takes `true` or `false` as it stands here; nil, and nothing is consumed, for anything else.
    @inlinable @inline(always)
    package mutating func takeBool() -> Bool? {
        guard count &- position >= 5 else { return nil }
        let start = UnsafeRawPointer(bytes + position)
        let word = UInt32(littleEndian: start.loadUnaligned(as: UInt32.self))
        if word == 0x6575_7274 {
            position &+= 4
            return true
        }
        guard word == 0x736C_6166, bytes[position &+ 4] == UInt8(ascii: "e") else { return nil }
        position &+= 5
        return false
    }

    /// Takes `null` as it stands here; otherwise consumes nothing.
    @inlinable @inline(always)
    package mutating func takeNullHere() -> Bool {
        guard begins(with: "null") else { return false }
        position &+= 4
        return true
    }

    /// Takes a plain string without blanks in front of it; nil, and nothing is consumed, for anything else.
    @inlinable @inline(always)
    package mutating func takePlainText() -> JSONText? {
        guard position < count, bytes[position] == UInt8(ascii: "\"") else { return nil }
        let start = position &+ 1
        let stop = endOfPlainRun(from: start)
        guard stop < count, bytes[stop] == UInt8(ascii: "\"") else { return nil }
        position = stop &+ 1
        return JSONText(
            bytes: UnsafeBufferPointer(start: bytes + start, count: stop &- start), offset: start,
            isEscaped: false)
    }

    /// Whether a value that begins with this byte stands here.
    @inlinable @inline(always)
    package func isAt(_ byte: UInt8) -> Bool { position < count && bytes[position] == byte }

    /// Bytes that are left.
    @inlinable @inline(always)
    package var remaining: Int { count &- position }

    /// What stands here, where at least so many bytes do: for forms of values that are told at a glance.
    @inlinable @inline(always)
    package func ahead(_ length: Int) -> UnsafePointer<UInt8>? {
        count &- position >= length ? bytes + position : nil
    }

    /// Consumes bytes that were looked at, which were whole values and what is between them.
    @inlinable @inline(always)
    package mutating func advance(by length: Int) {
        precondition(length <= remaining, "what was looked at is in the text")
        position &+= length
    }

    /// Goes on to a place of the same container, behind a value that another cursor has read.
    @inlinable @inline(always)
    package mutating func pass(to offset: Int) {
        precondition(offset >= position && offset <= count, "what was read is in the text")
        position = offset
    }

    /// Whether one more container may be entered.
    @inlinable @inline(always)
    package var mayNest: Bool { depth < Self.nestingMax }

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
