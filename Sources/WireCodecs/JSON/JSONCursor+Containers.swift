extension JSONCursor {
    /// Reads an object: the body is called once per key, with the cursor on the key's value.
    ///
    /// The body reads the value whole or leaves it alone; left alone it is skipped. Keys are
    /// compared as they are written on the wire: one with escapes in it matches no plain name.
    @inlinable @inline(always)
    package mutating func object(
        _ body: (_ json: inout JSONCursor, _ key: JSONText) throws(JSONError) -> Void
    ) throws(JSONError) {
        try enter(UInt8(ascii: "{"))
        if !take(UInt8(ascii: "}")) {
            repeat {
                let key = try key()
                let start = position
                try body(&self, key)
                try skipIfUntouched(since: start)
            } while try goesOn(until: UInt8(ascii: "}"))
        }
        depth -= 1
    }

    /// Reads an array: the body is called once per element, with the cursor on it.
    ///
    /// The body reads the element whole or leaves it alone; left alone it is skipped.
    @inlinable @inline(always)
    package mutating func array(
        _ body: (_ json: inout JSONCursor) throws(JSONError) -> Void
    ) throws(JSONError) {
        try enter(UInt8(ascii: "["))
        if !take(UInt8(ascii: "]")) {
            repeat {
                skipBlanks()
                let start = position
                try body(&self)
                try skipIfUntouched(since: start)
            } while try goesOn(until: UInt8(ascii: "]"))
        }
        depth -= 1
    }

    // An array whose elements have each a meaning of their own (`[price, quantity]`) is read piece
    // by piece: begin, value, next, value, end.

    /// Enters an array that has at least one element, and stands on that.
    @inlinable @inline(always)
    package mutating func beginArray() throws(JSONError) {
        try enter(UInt8(ascii: "["))
        skipBlanks()
        if position < count, bytes[position] == UInt8(ascii: "]") { throw missingElement() }
    }

    /// Goes from an element that was read to the next, which must exist.
    @inlinable @inline(always)
    package mutating func nextElement() throws(JSONError) {
        guard take(UInt8(ascii: ",")) else { throw missingElement() }
    }

    /// Leaves the array after an element that was read; elements that follow are skipped.
    @inlinable @inline(always)
    package mutating func endArray() throws(JSONError) {
        while try goesOn(until: UInt8(ascii: "]")) { position = try endOfValue() }
        depth -= 1
    }

    // Lists of many short elements, and their objects, are read in loops of the caller: begin, then the next
    // until there is none. The cursor that a large closure is given lies in memory; one that a loop uses and
    // nobody else sees stays in registers, which is worth a third of the time.

    /// Enters an array; false when it has no element, and has been left.
    @inlinable @inline(always)
    package mutating func beginList() throws(JSONError) -> Bool {
        try enter(UInt8(ascii: "["))
        guard take(UInt8(ascii: "]")) else { return true }
        depth &-= 1
        return false
    }

    /// Goes from an element that was read to the next; false when there is none, and the array has been left.
    @inlinable @inline(always)
    package mutating func nextOfList() throws(JSONError) -> Bool {
        if try goesOn(until: UInt8(ascii: "]")) { return true }
        depth &-= 1
        return false
    }

    /// Enters an object and reads its first key; nil when it has none, and has been left.
    @inlinable @inline(always)
    package mutating func firstKey() throws(JSONError) -> JSONText? {
        try enter(UInt8(ascii: "{"))
        guard take(UInt8(ascii: "}")) else { return try key() }
        depth &-= 1
        return nil
    }

    /// Reads the key behind a value that was read; nil when there is none, and the object has been left.
    @inlinable @inline(always)
    package mutating func nextKey() throws(JSONError) -> JSONText? {
        if try goesOn(until: UInt8(ascii: "}")) { return try key() }
        depth &-= 1
        return nil
    }

    /// Consumes a value that nobody wants, and checks its grammar.
    @inlinable @inline(always)
    package mutating func skipValue() throws(JSONError) { position = try endOfValue() }
}

extension JSONCursor {
    @inlinable @inline(always)
    mutating func enter(_ opening: UInt8) throws(JSONError) {
        guard take(opening) else { throw mismatch() }
        guard depth < Self.nestingMax else { throw nestingTooDeep() }
        depth += 1
    }

    /// Reads a key and its colon, and stands on the first byte of the value.
    @inlinable @inline(always)
    mutating func key() throws(JSONError) -> JSONText {
        guard take(UInt8(ascii: "\"")) else { throw unexpected() }
        let key = try keyAfterQuote()
        guard take(UInt8(ascii: ":")) else { throw unexpected() }
        skipBlanks()
        return key
    }

    /// Reads a key whose opening quote has been consumed.
    @inlinable @inline(always)
    mutating func keyAfterQuote() throws(JSONError) -> JSONText {
        // Most keys of the busiest streams have one letter. Which have is the same in every frame
        // of a stream, so these branches are predicted, where the search for a quote must be
        // waited for: 8 to 12 % of a ticker's whole decoding.
        guard count - position >= 2, bytes[position + 1] == UInt8(ascii: "\""),
            bytes[position] > UInt8(ascii: "\""), bytes[position] != UInt8(ascii: "\\")
        else { return try textAfterQuote() }
        let letter = UnsafeBufferPointer(start: bytes + position, count: 1)
        let key = JSONText(bytes: letter, offset: position, isEscaped: false)
        position &+= 2
        return key
    }

    /// Consumes the comma (true) or the end of the container (false).
    @inlinable @inline(always)
    mutating func goesOn(until closing: UInt8) throws(JSONError) -> Bool {
        if take(UInt8(ascii: ",")) { return true }
        guard position < count, bytes[position] == closing else { throw unexpected() }
        position &+= 1
        return false
    }

    @inlinable @inline(always)
    mutating func skipIfUntouched(since start: Int) throws(JSONError) {
        // Going back behind the own value would read the container again without end.
        precondition(position >= start, "the body of a container moved in front of its value")
        if position == start { position = try endOfValue() }
    }

    @usableFromInline @inline(never)
    func missingElement() -> JSONError {
        guard position < count, bytes[position] == UInt8(ascii: "]") else { return unexpected() }
        return JSONError(.missingElement, offset: position)
    }

    /// The opening byte that was one too many has been consumed.
    @usableFromInline @inline(never)
    func nestingTooDeep() -> JSONError { JSONError(.nestingTooDeep, offset: position - 1) }
}
