import MarketModel
import Quantities
import WireCodecs

// The figures of the venue's socket: decimals are strings, times are numbers of seconds with a fraction.

extension JSONCursor {
    /// A price or an amount, whose text can be had back.
    @inline(always)
    mutating func v1Decimal() throws(JSONError) -> WrittenDecimal {
        if let usual = usualDecimal() { return WrittenDecimal(usual) }
        let (value, end) = try unusualDecimal()
        rewind(to: end)
        return value
    }

    /// A figure that is not negative; digits beyond the twelfth are dropped: venues compute fees and turnovers
    /// with more.
    @inline(always)
    mutating func v1Figure<Value: FixedPoint>(_: Value.Type = Value.self) throws(JSONError) -> Value {
        if let usual = usualDecimal() { return Value(raw: usual.raw) }
        let (raw, end) = try unusualFigure(maySink: false)
        rewind(to: end)
        return Value(raw: raw)
    }

    /// A fee: as a figure, but negative for a rebate.
    @inline(always)
    mutating func v1Fee() throws(JSONError) -> Amount {
        if let usual = usualDecimal() { return Amount(raw: usual.raw) }
        let (raw, end) = try unusualFigure(maySink: true)
        rewind(to: end)
        return Amount(raw: raw)
    }

    /// A figure that is not negative and has no digit that would be lost.
    @inline(always)
    mutating func v1Exact<Value: FixedPoint>(_: Value.Type = Value.self) throws(JSONError) -> Value {
        Value(raw: try v1Decimal().raw)
    }

    /// A time in seconds with up to nine digits behind the point; further ones are dropped. Zero is no time.
    @inline(always)
    mutating func v1Seconds() throws(JSONError) -> Instant {
        if let usual = usualSeconds() { return usual }
        let (instant, end) = try unusualSeconds()
        rewind(to: end)
        return instant
    }

    // What is unusual is read by a copy of the cursor, so that the cursor itself stays in registers.

    @inline(never)
    private func unusualDecimal() throws(JSONError) -> (WrittenDecimal, Mark) {
        var json = self
        let value = try json.decimal { text throws(DecimalError) in try WrittenDecimal(parsing: text) }
        return (value, json.mark)
    }

    /// - Parameter maySink: whether it may be negative; then it may have no blanks.
    @inline(never)
    private func unusualFigure(maySink: Bool) throws(JSONError) -> (raw: Int128, end: Mark) {
        var json = self
        let value = try json.decimal { text throws(DecimalError) in
            let value = try Amount(truncating: maySink ? text : text.withoutBlanks)
            if value.isNegative, !maySink { throw .unexpectedByte(offset: 0) }
            return value
        }
        return (value.raw, json.mark)
    }

    @inline(never)
    private func unusualSeconds() throws(JSONError) -> (Instant, Mark) {
        var json = self
        // Stands on the first byte of the value then.
        _ = try json.peek()
        let start = json.offset
        let text = try json.number()
        guard let instant = CoinExV1Seconds.instant(text) else {
            throw JSONError(.outOfRange, offset: start)
        }
        return (instant, json.mark)
    }

    /// Ten digits of seconds and at most six behind the point; nil for anything else.
    @inline(always)
    private mutating func usualSeconds() -> Instant? {
        number { text in
            guard let digits = DecimalDigits(atFrontOf: text), let instant = CoinExV1Seconds.instant(digits)
            else { return nil }
            return (instant, digits.length)
        }
    }

    /// A time in whole seconds, or in milliseconds where the number is too large for seconds.
    mutating func v1Time() throws(JSONError) -> Instant {
        // Stands on the first byte of the value then.
        _ = try peek()
        let start = offset
        let value = try int()
        let milliseconds = value.magnitude >= 100_000_000_000
        let (nanoseconds, overflow) = value.multipliedReportingOverflow(
            by: milliseconds ? 1_000_000 : 1_000_000_000)
        guard value >= 0, !overflow else { throw JSONError(.outOfRange, offset: start) }
        return Instant(nanoseconds: nanoseconds)
    }

    /// A text that may be null: nothing then.
    @inline(always)
    mutating func v1OptionalText() throws(JSONError) -> UnsafeBufferPointer<UInt8> {
        if try takeNull() { return UnsafeBufferPointer(start: nil, count: 0) }
        let text = try text()
        // Texts of ours have no escapes; what has them is foreign, and no name of anything here.
        return text.isEscaped ? UnsafeBufferPointer(start: nil, count: 0) : text.bytes
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// The bytes between blanks at both ends.
    @inline(always)
    var withoutBlanks: UnsafeBufferPointer<UInt8> {
        guard let first, let last, first == UInt8(ascii: " ") || last == UInt8(ascii: " ") else {
            return self
        }
        let head = self.drop { $0 == UInt8(ascii: " ") }
        let end = head.lastIndex { $0 != UInt8(ascii: " ") }.map { $0 + 1 } ?? head.startIndex
        return UnsafeBufferPointer(rebasing: head[..<end])
    }
}

/// Times as the venue's engine writes them: `1653961043.048967`.
enum CoinExV1Seconds {
    /// Nil for what is no usual time; it may yet be one.
    @inline(always)
    static func instant(_ digits: DecimalDigits) -> Instant? {
        // Ten digits of seconds and nine behind the point fit 64 bits, with a place to spare for neither.
        guard digits.decimals <= 9, digits.length - digits.decimals <= 11, digits.value > 0 else {
            return nil
        }
        let factor = DecimalText.powersOfTen(9 - digits.decimals)
        let (nanoseconds, overflow) = digits.value.multipliedReportingOverflow(by: factor)
        guard !overflow, nanoseconds <= UInt64(Int64.max) else { return nil }
        return Instant(nanoseconds: Int64(nanoseconds))
    }

    /// Nil when the number is negative, has an exponent, or is out of range.
    @inline(always)
    static func instant(_ text: UnsafeBufferPointer<UInt8>) -> Instant? {
        var seconds: Int64 = 0
        var index = 0
        while index < text.count {
            let digit = text[index] &- UInt8(ascii: "0")
            if digit > 9 { break }
            // Ten digits of seconds reach the year 2286, one more is out of range.
            if index >= 10 { return nil }
            seconds = seconds &* 10 &+ Int64(digit)
            index += 1
        }
        if index == 0 { return nil }
        var fraction: Int64 = 0
        var weight: Int64 = 100_000_000
        if index < text.count {
            guard text[index] == UInt8(ascii: ".") else { return nil }
            index += 1
            while index < text.count {
                let digit = text[index] &- UInt8(ascii: "0")
                if digit > 9 { return nil }
                fraction += Int64(digit) &* weight
                weight /= 10
                index += 1
            }
        }
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        if overflow { return nil }
        let (sum, carries) = whole.addingReportingOverflow(fraction)
        if carries { return nil }
        return sum == 0 ? .distantPast : Instant(nanoseconds: sum)
    }
}

extension JSONCursor {
    /// A time in milliseconds.
    @inline(always)
    mutating func v1Milliseconds() throws(JSONError) -> Instant {
        _ = try peek()
        let start = offset
        let value = try int()
        guard value >= 0, let instant = Instant(checkedMilliseconds: value) else {
            throw JSONError(.outOfRange, offset: start)
        }
        return instant
    }

    /// 32 bits that servers send with a sign and without.
    @inline(always)
    mutating func v1Checksum() throws(JSONError) -> UInt32 {
        _ = try peek()
        let start = offset
        let value = try int()
        guard value >= Int64(Int32.min), value <= Int64(UInt32.max) else {
            throw JSONError(.outOfRange, offset: start)
        }
        return UInt32(truncatingIfNeeded: value)
    }

    /// Goes on to the next element of an array, if there is one.
    @inline(always)
    mutating func v1HasNext() throws(JSONError) -> Bool {
        let here = mark
        do throws(JSONError) {
            try nextElement()
            _ = try peek()
            return true
        } catch {
            guard error.kind == .missingElement else { throw error }
            rewind(to: here)
            return false
        }
    }
}
