/// A pull reader over one JSON text: the caller asks for the values it wants, as they come.
///
/// Nothing is built and nothing is allocated: texts and numbers are handed out as slices of the
/// input. A decoder is a switch over the keys; a value that a branch leaves alone is skipped.
///
/// ```swift
/// try json.object { json, key throws(JSONError) in
///     switch key {
///     case "deal_id": id = try json.int()
///     case "price":
///         price = try json.decimal { text throws(DecimalError) in try Price(parsing: text) }
///     default: break
///     }
/// }
/// try json.finish()
/// ```
///
/// What holds at all times:
/// 1. No byte at or after the end is read, so the input needs no padding: a line of a mapped file
///    will do.
/// 2. Whatever is consumed was checked against the grammar of RFC 8259, skipped values too. Only
///    the UTF-8 of strings is left to the one operation that needs it, `string()`.
/// 3. Containers nest to `nestingMax`, whoever reads them; skipping does not recurse.
/// 4. After an error the position is unspecified: rewind to a mark or drop the cursor.
///
/// Of duplicate keys each is handed to the caller; an assignment makes the last one win.
/// The bytes must outlive the cursor and every slice that it handed out.
///
/// The type is public for one reason: the compiler carries bodies of `@inlinable` members to other
/// modules only for public types, and inlined this is twice as fast. Its members are `package`.
public struct JSONCursor {
    /// Containers inside each other, the outermost included.
    @inlinable package static var nestingMax: Int { 64 }

    @usableFromInline let bytes: UnsafePointer<UInt8>
    @usableFromInline let count: Int
    @usableFromInline var position = 0
    @usableFromInline var depth = 0

    @inlinable
    package init(_ text: UnsafeBufferPointer<UInt8>) {
        // The address for an empty text is never read from: its count is 0.
        bytes = text.baseAddress ?? UnsafePointer(bitPattern: 1)!
        count = text.count
    }

    /// At a place inside of so many containers, which another cursor has come to.
    @inlinable @inline(always)
    package init(_ text: UnsafeBufferPointer<UInt8>, at offset: Int, depth: Int) {
        self.init(text)
        precondition(offset >= 0 && offset <= count, "the place is in the text")
        position = offset
        self.depth = depth
    }

    /// At the beginning of the same text.
    package var start: JSONCursor {
        JSONCursor(UnsafeBufferPointer(start: bytes, count: count))
    }

    /// Bytes read so far.
    @inlinable @inline(always)
    package var offset: Int { position }
}

// MARK: - Looking ahead and going back

extension JSONCursor {
    /// A place to come back to, in the same text.
    public struct Mark: BitwiseCopyable, Sendable {
        @usableFromInline let position: Int
        @usableFromInline let depth: Int

        @usableFromInline
        init(position: Int, depth: Int) {
            self.position = position
            self.depth = depth
        }

        /// Bytes of the text before the place.
        @inlinable package var offset: Int { position }

        /// The place of another value of the same container: what a table of many places has to keep is their offset.
        @inlinable
        package func moved(to offset: Int) -> Mark { Mark(position: offset, depth: depth) }
    }

    /// The present place: for a value whose meaning depends on a key that comes later.
    @inlinable @inline(always)
    package var mark: Mark { Mark(position: position, depth: depth) }

    /// Goes back, or forward again, to a mark taken from this cursor.
    @inlinable @inline(always)
    package mutating func rewind(to mark: Mark) {
        precondition(mark.position <= count, "a mark belongs to the text it was taken from")
        position = mark.position
        depth = mark.depth
    }

    /// What a value can be.
    public enum Kind: Equatable, BitwiseCopyable, Sendable {
        case object
        case array
        case string
        case number
        case bool
        case null
    }

    /// The kind of the next value, by its first byte; consumes blanks at most.
    @inlinable
    package mutating func peek() throws(JSONError) -> Kind {
        skipBlanks()
        guard position < count else { throw unexpected() }
        guard let kind = Self.kind(startingWith: bytes[position]) else { throw unexpected() }
        return kind
    }

    /// Checks that nothing but blanks follows.
    @inlinable
    package mutating func finish() throws(JSONError) {
        skipBlanks()
        guard position == count else { throw JSONError(.trailingBytes, offset: position) }
    }

    @inlinable
    static func kind(startingWith byte: UInt8) -> Kind? {
        switch byte {
        case UInt8(ascii: "{"): .object
        case UInt8(ascii: "["): .array
        case UInt8(ascii: "\""): .string
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): .number
        case UInt8(ascii: "t"), UInt8(ascii: "f"): .bool
        case UInt8(ascii: "n"): .null
        default: nil
        }
    }
}

// MARK: - Single bytes

extension JSONCursor {
    // What is unusual stands apart, so that the usual path is short. There the cursor is only read, and the
    // new position is handed back: a cursor whose address nobody takes stays in registers.

    @inlinable @inline(always)
    mutating func skipBlanks() {
        // Venues send none, or one.
        guard position < count, bytes[position] <= UInt8(ascii: " ") else { return }
        let next = position &+ 1
        if bytes[position] == UInt8(ascii: " "), next < count, bytes[next] > UInt8(ascii: " ") {
            position = next
        } else {
            position = endOfBlanks()
        }
    }

    @usableFromInline @inline(never)
    func endOfBlanks() -> Int {
        var index = position
        while index < count, isBlank(bytes[index]) { index += 1 }
        return index
    }

    private func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
            || byte == UInt8(ascii: "\t")
    }

    /// Consumes blanks and then this byte, if it is there.
    @inlinable @inline(always)
    mutating func take(_ byte: UInt8) -> Bool {
        skipBlanks()
        guard position < count, bytes[position] == byte else { return false }
        position &+= 1
        return true
    }

    /// The error for a byte that cannot stand at the position, or for the end of the text there.
    @usableFromInline @inline(never)
    func unexpected() -> JSONError {
        JSONError(position < count ? .unexpectedByte : .truncated, offset: position)
    }

    /// The error for a position at which another kind of value was asked for.
    @usableFromInline @inline(never)
    func mismatch() -> JSONError {
        guard position < count, Self.kind(startingWith: bytes[position]) != nil else {
            return unexpected()
        }
        return JSONError(.wrongKind, offset: position)
    }
}
