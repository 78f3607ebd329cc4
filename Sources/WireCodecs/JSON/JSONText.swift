/// The bytes between the quotes of a JSON string, as they stand in the input.
///
/// Valid as long as the input is. Compared with a name in a `switch` it costs a length check and
/// a few word compares, and it is compared as written: escapes are not replaced first.
public struct JSONText: BitwiseCopyable {
    @usableFromInline package let bytes: UnsafeBufferPointer<UInt8>

    /// Bytes of the JSON text before the first of these.
    @usableFromInline package let offset: Int

    /// Whether there are escapes among the bytes.
    @usableFromInline package let isEscaped: Bool

    @inlinable @inline(always)
    init(bytes: UnsafeBufferPointer<UInt8>, offset: Int, isEscaped: Bool) {
        self.bytes = bytes
        self.offset = offset
        self.isEscaped = isEscaped
    }

    /// Whether the text is written on the wire as this name.
    @inlinable @inline(always)
    package static func ~= (name: StaticString, text: JSONText) -> Bool {
        guard text.bytes.count == name.utf8CodeUnitCount, let start = text.bytes.baseAddress else {
            return false
        }
        return name.isWritten(at: start)
    }
}

extension StaticString {
    /// Whether these bytes, of which there are as many, are the same.
    @inlinable @inline(always)
    package func isWritten(at start: UnsafePointer<UInt8>) -> Bool {
        let count = utf8CodeUnitCount
        // The name is a constant where this is inlined: the loops unroll to one compare per word.
        let left = UnsafeRawPointer(utf8Start)
        let right = UnsafeRawPointer(start)
        var index = 0
        while count - index >= 8 {
            if left.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                != right.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            {
                return false
            }
            index += 8
        }
        if count - index >= 4 {
            if left.loadUnaligned(fromByteOffset: index, as: UInt32.self)
                != right.loadUnaligned(fromByteOffset: index, as: UInt32.self)
            {
                return false
            }
            index += 4
        }
        while index < count {
            if left.load(fromByteOffset: index, as: UInt8.self)
                != right.load(fromByteOffset: index, as: UInt8.self)
            {
                return false
            }
            index += 1
        }
        return true
    }
}

// MARK: - Replacing escapes

extension JSONText {
    /// The text with its escapes replaced and its UTF-8 checked.
    ///
    /// Allocates: not for hot paths. Throws `invalidUTF8` or `loneSurrogate`.
    package func string() throws(JSONError) -> String {
        guard isEscaped else { return try Self.validated(bytes, offset: offset) }
        let result: Result<String, JSONError> = withUnsafeTemporaryAllocation(
            of: UInt8.self, capacity: bytes.count
        ) { buffer in
            do throws(JSONError) {
                let count = try unescape(into: buffer)
                let plain = UnsafeBufferPointer(rebasing: buffer[..<count])
                return .success(try Self.validated(plain, offset: offset))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// Writes the text with its escapes replaced, and returns its length in bytes.
    ///
    /// A buffer of `bytes.count` bytes always suffices: no escape is shorter than what it stands
    /// for. Throws `loneSurrogate` or `bufferTooSmall`. Bytes outside escapes go over unchecked.
    package func unescape(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(JSONError) -> Int {
        var index = 0
        var length = 0
        while index < bytes.count {
            var byte = bytes[index]
            if byte == UInt8(ascii: "\\") {
                let escape = index
                index += 1
                guard let plain = Self.plainByte(escapedAs: bytes[index]) else {
                    let scalar = try unescapedScalar(at: &index)
                    let units = scalar.utf8
                    guard buffer.count - length >= units.count else { throw tooSmall(for: escape) }
                    for unit in units {
                        buffer[length] = unit
                        length += 1
                    }
                    continue
                }
                byte = plain
            }
            guard length < buffer.count else { throw tooSmall(for: index) }
            buffer[length] = byte
            length += 1
            index += 1
        }
        return length
    }

    /// Reads the scalar of one `\u` escape or of a pair; `index` goes from the `u` to behind them.
    private func unescapedScalar(at index: inout Int) throws(JSONError) -> Unicode.Scalar {
        let backslash = index - 1
        let first = codeUnit(at: index + 1)
        index += 5
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard UTF16.isLeadSurrogate(first), index + 5 < bytes.count,
            bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u")
        else { throw JSONError(.loneSurrogate, offset: offset + backslash) }
        let second = codeUnit(at: index + 2)
        guard UTF16.isTrailSurrogate(second) else {
            throw JSONError(.loneSurrogate, offset: offset + backslash)
        }
        index += 6
        let value = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
        guard let scalar = Unicode.Scalar(value) else {
            preconditionFailure("a surrogate pair spells a scalar")
        }
        return scalar
    }

    /// The value of four hexadecimal digits, which the cursor has checked.
    private func codeUnit(at index: Int) -> UInt16 {
        var value: UInt16 = 0
        for digit in bytes[index..<(index + 4)] {
            guard let nibble = Self.hexDigit(digit) else {
                preconditionFailure("the cursor checks the digits of an escape")
            }
            value = value << 4 | UInt16(nibble)
        }
        return value
    }

    private func tooSmall(for index: Int) -> JSONError {
        JSONError(.bufferTooSmall, offset: offset + index)
    }

    static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// The byte that a two-character escape stands for; nil for `u`.
    private static func plainByte(escapedAs letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "u"): nil
        default: letter
        }
    }

    /// Nearly all texts are, and need no other check.
    private static func isASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let start = bytes.baseAddress else { return true }
        var all: UInt64 = 0
        var index = 0
        while bytes.count - index >= 8 {
            all |= UnsafeRawPointer(start + index).loadUnaligned(as: UInt64.self)
            index += 8
        }
        while index < bytes.count {
            all |= UInt64(start[index])
            index += 1
        }
        return all & 0x8080_8080_8080_8080 == 0
    }

    private static func validated(_ bytes: UnsafeBufferPointer<UInt8>, offset: Int)
        throws(JSONError) -> String
    {
        if isASCII(bytes) { return String(decoding: bytes, as: UTF8.self) }
        guard let string = String(validating: bytes, as: UTF8.self) else {
            throw JSONError(.invalidUTF8, offset: offset)
        }
        return string
    }
}
