extension JSONCursor {
    /// Reads a string as it is written on the wire; its escapes are checked, not replaced.
    @inlinable @inline(always)
    package mutating func text() throws(JSONError) -> JSONText {
        guard take(UInt8(ascii: "\"")) else { throw mismatch() }
        return try textAfterQuote()
    }

    /// Reads a string without escapes: the usual names and figures of a venue.
    @inlinable @inline(always)
    package mutating func plainText() throws(JSONError) -> UnsafeBufferPointer<UInt8> {
        let text = try text()
        guard !text.isEscaped else { throw JSONError(.escapedText, offset: text.offset) }
        return text.bytes
    }

    /// Reads a plain string in one pass, through a scanner that knows the form of such texts.
    ///
    /// The scanner is lent all that follows the opening quote, and says how much of it the text takes, which must
    /// have no quote, no backslash and no control character. Nil when the scanner is at a loss, or when no quote
    /// follows what it took; then nothing is consumed but blanks, and the text may be read another way.
    @inlinable @inline(always)
    package mutating func plainText<Scanned>(
        scanning scan: (UnsafeBufferPointer<UInt8>) -> (Scanned, length: Int)?
    ) -> Scanned? {
        skipBlanks()
        guard position < count, bytes[position] == UInt8(ascii: "\"") else { return nil }
        let start = position &+ 1
        guard let (scanned, length) = scan(UnsafeBufferPointer(start: bytes + start, count: count &- start))
        else { return nil }
        let end = start &+ length
        guard end < count, bytes[end] == UInt8(ascii: "\"") else { return nil }
        position = end &+ 1
        return scanned
    }

    /// Reads a string, with its escapes replaced and its UTF-8 checked.
    ///
    /// Allocates: not for hot paths.
    @usableFromInline
    package mutating func string() throws(JSONError) -> String {
        try text().string()
    }

    /// Reads a string whose opening quote has been consumed.
    @inlinable @inline(always)
    mutating func textAfterQuote() throws(JSONError) -> JSONText {
        let start = position
        let stop = endOfPlainRun(from: start)
        var isEscaped = false
        if stop < count, bytes[stop] == UInt8(ascii: "\"") {
            position = stop &+ 1
        } else {
            position = try endOfString(from: stop)
            isEscaped = true
        }
        let length = position - 1 - start
        return JSONText(
            bytes: UnsafeBufferPointer(start: bytes + start, count: length),
            offset: start, isEscaped: isEscaped)
    }

    /// The first quote, backslash or control character at or after `start`, or else the end.
    @inlinable @inline(always)
    func endOfPlainRun(from start: Int) -> Int {
        var index = start
        while count - index >= 8 {
            let stops = Self.stops(in: word(at: index))
            if stops != 0 { return index + stops.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
            index += 1
        }
        return index
    }

    @inlinable @inline(always)
    func word(at index: Int) -> UInt64 {
        UInt64(littleEndian: UnsafeRawPointer(bytes + index).loadUnaligned(as: UInt64.self))
    }

    /// Has the top bit of the lowest byte set that ends a run; bits above that one mean nothing.
    ///
    /// Eight bytes at once: a byte is zero exactly if taking one from it borrows, and a borrow
    /// disturbs only the bytes above, which come later in the text.
    @inlinable @inline(always)
    static func stops(in word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quote = word ^ (ones &* 0x22)
        let backslash = word ^ (ones &* 0x5C)
        let isQuote = (quote &- ones) & ~quote
        let isBackslash = (backslash &- ones) & ~backslash
        let isControl = (word &- (ones &* 0x20)) & ~word
        return (isQuote | isBackslash | isControl) & (ones &* 0x80)
    }

    /// The place behind the closing quote, from where a plain run ended without one.
    @usableFromInline @inline(never)
    func endOfString(from start: Int) throws(JSONError) -> Int {
        var json = self
        json.position = start
        while true {
            json.position = endOfPlainRun(from: json.position)
            guard json.position < count else { throw json.unexpected() }
            switch bytes[json.position] {
            case UInt8(ascii: "\""): return json.position + 1
            case UInt8(ascii: "\\"): try json.skipEscape()
            default: throw JSONError(.controlCharacter, offset: json.position)
            }
        }
    }

    private mutating func skipEscape() throws(JSONError) {
        let backslash = position
        position += 1
        guard position < count else { throw unexpected() }
        switch bytes[position] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
            UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 1
        case UInt8(ascii: "u"):
            position += 1
            for _ in 0..<4 {
                guard position < count else { throw unexpected() }
                guard JSONText.hexDigit(bytes[position]) != nil else {
                    throw JSONError(.invalidEscape, offset: backslash)
                }
                position += 1
            }
        default:
            throw JSONError(.invalidEscape, offset: backslash)
        }
    }
}
