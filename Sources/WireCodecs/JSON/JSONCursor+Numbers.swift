extension JSONCursor {
    /// Reads a number as its text, which follows the JSON grammar.
    @inlinable @inline(always)
    package mutating func number() throws(JSONError) -> UnsafeBufferPointer<UInt8> {
        skipBlanks()
        let start = position
        try skipNumber()
        return UnsafeBufferPointer(start: bytes + start, count: position - start)
    }

    /// Reads a number in one pass, through a scanner that knows the form of such numbers.
    ///
    /// The scanner is lent all that follows, and says how much of it the number takes: by the JSON grammar a number.
    /// Nil when the scanner is at a loss, or when neither a comma nor the end of a container follows what it took;
    /// then nothing is consumed but blanks, and the number may be read another way.
    @inlinable @inline(always)
    package mutating func number<Scanned>(
        scanning scan: (UnsafeBufferPointer<UInt8>) -> (Scanned, length: Int)?
    ) -> Scanned? {
        skipBlanks()
        let rest = UnsafeBufferPointer(start: bytes + position, count: count &- position)
        guard let (scanned, length) = scan(rest) else { return nil }
        let end = position &+ length
        guard end < count else { return nil }
        switch bytes[end] {
        case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"): break
        default: return nil
        }
        position = end
        return scanned
    }

    /// Reads a decimal that is sent as a number or as a plain string, as its text.
    ///
    /// The text of a string is any text: parsing it decides.
    @inlinable @inline(always)
    package mutating func decimalText() throws(JSONError) -> UnsafeBufferPointer<UInt8> {
        skipBlanks()
        if position < count, bytes[position] == UInt8(ascii: "\"") { return try plainText() }
        return try number()
    }

    /// Reads a decimal that is sent as a number or as a plain string, through a parser.
    ///
    /// What the parser throws becomes `refused`, at the offset of the value.
    @inlinable @inline(always)
    package mutating func decimal<Value, Failure: Error>(
        _ parse: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Value
    ) throws(JSONError) -> Value {
        skipBlanks()
        let start = position
        let text = try decimalText()
        do throws(Failure) {
            return try parse(text)
        } catch {
            throw JSONError(.refused, offset: start)
        }
    }

    /// Reads an integer: no fraction, no exponent.
    @inlinable @inline(always)
    package mutating func int() throws(JSONError) -> Int64 {
        skipBlanks()
        let start = position
        let isNegative = position < count && bytes[position] == UInt8(ascii: "-")
        if isNegative { position += 1 }
        let magnitude = try wholeNumber(startingAt: start)
        guard magnitude <= UInt64(Int64.max) + (isNegative ? 1 : 0) else {
            throw JSONError(.outOfRange, offset: start)
        }
        return Int64(truncatingIfNeeded: isNegative ? 0 &- magnitude : magnitude)
    }

    /// Reads an integer that has no sign: no fraction, no exponent.
    @inlinable @inline(always)
    package mutating func uint() throws(JSONError) -> UInt64 {
        skipBlanks()
        let start = position
        if position < count, bytes[position] == UInt8(ascii: "-") {
            try skipNumber()
            throw JSONError(.outOfRange, offset: start)
        }
        return try wholeNumber(startingAt: start)
    }

    /// Reads `true` or `false`.
    @inlinable @inline(always)
    package mutating func bool() throws(JSONError) -> Bool {
        skipBlanks()
        if position < count, bytes[position] == UInt8(ascii: "t") {
            try skipLiteral("true")
            return true
        }
        guard position < count, bytes[position] == UInt8(ascii: "f") else { throw mismatch() }
        try skipLiteral("false")
        return false
    }

    /// Consumes `null` if that is the next value, and says so.
    @inlinable @inline(always)
    package mutating func takeNull() throws(JSONError) -> Bool {
        skipBlanks()
        guard position < count else { throw unexpected() }
        guard bytes[position] == UInt8(ascii: "n") else { return false }
        try skipLiteral("null")
        return true
    }
}

extension JSONCursor {
    /// Most digits that always fit 64 bits.
    @inlinable
    static var safeDigits: Int { 19 }

    @inlinable @inline(always)
    func digit(at index: Int) -> UInt8? {
        guard index < count else { return nil }
        let digit = bytes[index] &- UInt8(ascii: "0")
        return digit <= 9 ? digit : nil
    }

    /// Reads the digits of an integer whose sign has been consumed.
    @inlinable @inline(always)
    mutating func wholeNumber(startingAt start: Int) throws(JSONError) -> UInt64 {
        let first = position
        var value: UInt64 = 0
        let limit = min(count, first + Self.safeDigits)
        var index = first
        while index < limit {
            let digit = bytes[index] &- UInt8(ascii: "0")
            if digit > 9 { break }
            value = value &* 10 &+ UInt64(digit)
            index += 1
        }
        position = index
        if index == first || index == limit || bytes[first] == UInt8(ascii: "0") {
            (value, position) = try unusualWholeNumber(value, first: first, start: start)
        }
        if position < count {
            let next = bytes[position] | 0x20
            if next == UInt8(ascii: "e") || bytes[position] == UInt8(ascii: ".") {
                throw notAnInteger(start: start)
            }
        }
        return value
    }

    /// Settles what the fast loop leaves open: no digits, leading zeros, more than 19 digits.
    @usableFromInline @inline(never)
    func unusualWholeNumber(_ fast: UInt64, first: Int, start: Int)
        throws(JSONError) -> (value: UInt64, end: Int)
    {
        var json = self
        guard position > first else { throw first == start ? mismatch() : unexpected() }
        if bytes[first] == UInt8(ascii: "0"), position - first > 1 || digit(at: position) != nil {
            throw JSONError(.unexpectedByte, offset: first + 1)
        }
        var value = fast
        while let digit = digit(at: json.position) {
            let (tenfold, overflows) = value.multipliedReportingOverflow(by: 10)
            let (sum, carries) = tenfold.addingReportingOverflow(UInt64(digit))
            if overflows || carries {
                json.position = start
                try json.skipNumber()
                throw JSONError(.outOfRange, offset: start)
            }
            value = sum
            json.position += 1
        }
        return (value, json.position)
    }

    /// The error for an integer that goes on as a fraction, or for a fraction that is malformed.
    @usableFromInline @inline(never)
    func notAnInteger(start: Int) -> JSONError {
        var number = self
        number.position = start
        do throws(JSONError) {
            try number.skipNumber()
            return JSONError(.notAnInteger, offset: start)
        } catch {
            return error
        }
    }

    /// Consumes a number, by the grammar.
    @inlinable @inline(always)
    mutating func skipNumber() throws(JSONError) {
        let start = position
        if position < count, bytes[position] == UInt8(ascii: "-") { position += 1 }
        guard let first = digit(at: position) else {
            throw position == start ? mismatch() : unexpected()
        }
        position += 1
        if first == 0 {
            // A digit after a leading zero cannot follow; the separator's check would say the same.
            if digit(at: position) != nil { throw unexpected() }
        } else {
            skipDigits()
        }
        if position < count, bytes[position] == UInt8(ascii: ".") {
            position += 1
            try skipSomeDigits()
        }
        if position < count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            position += 1
            if position < count,
                bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-")
            {
                position += 1
            }
            try skipSomeDigits()
        }
    }

    @inlinable @inline(always)
    mutating func skipDigits() {
        var index = position
        while digit(at: index) != nil { index += 1 }
        position = index
    }

    @inlinable @inline(always)
    mutating func skipSomeDigits() throws(JSONError) {
        guard digit(at: position) != nil else { throw unexpected() }
        skipDigits()
    }

    /// Consumes one of the three words of JSON.
    @inlinable @inline(always)
    mutating func skipLiteral(_ word: StaticString) throws(JSONError) {
        var index = 0
        while index < word.utf8CodeUnitCount {
            guard position < count, bytes[position] == word.utf8Start[index] else {
                throw unexpected()
            }
            position += 1
            index += 1
        }
    }
}
