extension JSONWriter {
    /// Writes a string; quotes, backslashes and control characters are escaped.
    package mutating func string(_ text: String) {
        var text = text
        text.withUTF8 { string($0) }
    }

    /// Writes a string; quotes, backslashes and control characters are escaped.
    package mutating func string(_ text: StaticString) {
        string(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Writes a string from its UTF-8, which is not checked; quotes, backslashes and control
    /// characters are escaped.
    package mutating func string(_ text: UnsafeBufferPointer<UInt8>) {
        beginValue()
        appendQuoted(text)
        endValue()
    }

    package mutating func int(_ value: Int64) {
        beginValue()
        appendDigits(of: value.magnitude, isNegative: value < 0)
        endValue()
    }

    package mutating func uint(_ value: UInt64) {
        beginValue()
        appendDigits(of: value, isNegative: false)
        endValue()
    }

    package mutating func bool(_ value: Bool) {
        appendLiteral(value ? "true" : "false")
    }

    package mutating func null() {
        appendLiteral("null")
    }

    /// Writes a number from its text, which must follow the JSON grammar.
    package mutating func number(_ text: UnsafeBufferPointer<UInt8>) {
        var cursor = JSONCursor(text)
        do throws(JSONError) {
            guard try cursor.number().count == text.count else {
                preconditionFailure("the text of a number is a JSON number and nothing else")
            }
        } catch {
            preconditionFailure("the text of a number is a JSON number")
        }
        beginValue()
        append(text)
        endValue()
    }

    /// Writes a number that a formatter puts into `lengthMax` bytes; it returns its length.
    package mutating func number(
        lengthMax: Int, _ format: (UnsafeMutablePointer<UInt8>) -> Int
    ) {
        withFormatted(lengthMax: lengthMax, format) { json, text in json.number(text) }
    }

    /// Writes as a string what a formatter puts into `lengthMax` bytes: a quoted decimal.
    package mutating func string(
        lengthMax: Int, _ format: (UnsafeMutablePointer<UInt8>) -> Int
    ) {
        withFormatted(lengthMax: lengthMax, format) { json, text in json.string(text) }
    }

    private mutating func withFormatted(
        lengthMax: Int, _ format: (UnsafeMutablePointer<UInt8>) -> Int,
        _ write: (inout JSONWriter, UnsafeBufferPointer<UInt8>) -> Void
    ) {
        precondition(lengthMax > 0, "a formatter needs room")
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: lengthMax) { room in
            guard let start = room.baseAddress else { preconditionFailure("the room is not empty") }
            let length = format(start)
            precondition((0...lengthMax).contains(length), "a formatter stays in its room")
            write(&self, UnsafeBufferPointer(rebasing: room[..<length]))
        }
    }

    /// Writes a value that is JSON already, such as one that a cursor handed out.
    package mutating func rawValue(_ text: UnsafeBufferPointer<UInt8>) {
        var cursor = JSONCursor(text)
        do throws(JSONError) {
            try cursor.skip()
            try cursor.finish()
        } catch {
            preconditionFailure("a raw value is one JSON value")
        }
        beginValue()
        append(text)
        endValue()
    }

    mutating func appendQuoted(_ text: UnsafeBufferPointer<UInt8>) {
        append(UInt8(ascii: "\""))
        // What ends a plain run for the reader is what the writer must escape.
        let reader = JSONCursor(text)
        var start = 0
        while start < text.count {
            let stop = reader.endOfPlainRun(from: start)
            append(UnsafeBufferPointer(rebasing: text[start..<stop]))
            if stop < text.count { appendEscape(of: text[stop]) }
            start = stop + 1
        }
        append(UInt8(ascii: "\""))
    }

    private mutating func appendEscape(of byte: UInt8) {
        append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): append(byte)
        case 0x08: append(UInt8(ascii: "b"))
        case 0x09: append(UInt8(ascii: "t"))
        case 0x0A: append(UInt8(ascii: "n"))
        case 0x0C: append(UInt8(ascii: "f"))
        case 0x0D: append(UInt8(ascii: "r"))
        default:
            append(UInt8(ascii: "u"))
            append(UInt8(ascii: "0"))
            append(UInt8(ascii: "0"))
            append(Self.hexDigit(byte >> 4))
            append(Self.hexDigit(byte & 0xF))
        }
    }

    private static func hexDigit(_ nibble: UInt8) -> UInt8 {
        nibble + (nibble < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
    }

    private mutating func appendDigits(of magnitude: UInt64, isNegative: Bool) {
        if isNegative { append(UInt8(ascii: "-")) }
        let capacity = JSONCursor.safeDigits + 1
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity) { digits in
            var rest = magnitude
            var first = digits.count
            repeat {
                first -= 1
                digits[first] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest > 0
            append(UnsafeBufferPointer(rebasing: digits[first...]))
        }
    }

    private mutating func appendLiteral(_ word: StaticString) {
        beginValue()
        append(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
        endValue()
    }
}
