import Quantities
import WireCodecs

// Single values as the venue writes them, with the member they belong to in the error.

extension JSONCursor {
    /// A decimal that is sent as a string, in the usual form; nil, and nothing is consumed, for any other.
    @inline(always)
    mutating func usualDecimal() -> DecimalDigits? {
        plainText { text in DecimalDigits(atFrontOf: text).map { ($0, $0.length) } }
    }

    /// A decimal that is sent as a string or as a number, in any form.
    @inline(always)
    mutating func decimal<Value: FixedPoint>(_: Value.Type = Value.self) throws(JSONError) -> Value {
        if let usual = usualDecimal() { return Value(raw: usual.raw) }
        let (raw, end) = try unusualDecimal()
        rewind(to: end)
        return Value(raw: raw)
    }

    /// Reads with a copy of the cursor, so that the cursor itself stays in registers.
    @inline(never)
    private func unusualDecimal() throws(JSONError) -> (raw: Int128, end: Mark) {
        var json = self
        let value = try json.decimal { text throws(DecimalError) in try Amount(parsing: text) }
        return (value.raw, json.mark)
    }

    /// A number that the second generation writes as one, and here and there as a text.
    @inline(always)
    mutating func numberOrText() throws(JSONError) -> UInt64 {
        try peek() == .string ? try textNumber() : try uint()
    }

    @inline(never)
    private mutating func textNumber() throws(JSONError) -> UInt64 {
        let start = offset
        let text = try plainText()
        let isPlain = text.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard isPlain, let number = UInt64(String(decoding: text, as: UTF8.self)) else {
            throw JSONError(.outOfRange, offset: start)
        }
        return number
    }

    mutating func coinExNumber(_ field: CoinExField) throws(CoinExDecodeError) -> UInt64 {
        try coinEx(field) { json throws(JSONError) in try json.uint() }
    }

    mutating func coinExBool(_ field: CoinExField) throws(CoinExDecodeError) -> Bool {
        try coinEx(field) { json throws(JSONError) in try json.bool() }
    }

    mutating func coinExText(_ field: CoinExField) throws(CoinExDecodeError) -> String {
        try coinEx(field) { json throws(JSONError) in try json.string() }
    }

    mutating func coinExLabel(_ field: CoinExField) throws(CoinExDecodeError) -> String {
        try coinEx(field) { json throws(JSONError) in
            if try json.peek() == .string { return try json.string() }
            return String(decoding: try json.number(), as: UTF8.self)
        }
    }

    mutating func coinExWord<Word: CoinExWord>(_ field: CoinExField) throws(CoinExDecodeError) -> Word {
        let start = offset
        let text = try coinEx(field) { json throws(JSONError) in try json.plainText() }
        guard let word = Word(rawValue: String(decoding: text, as: UTF8.self)) else {
            throw CoinExDecodeError(.unknownValue, offset: start, field: field)
        }
        return word
    }

    mutating func coinExExact<Value: FixedPoint>(_ field: CoinExField) throws(CoinExDecodeError) -> Value {
        if let usual = usualDecimal() { return Value(raw: usual.raw) }
        let start = offset
        let text = try coinEx(field) { json throws(JSONError) in try json.decimalText() }
        do throws(DecimalError) {
            return try Value(parsing: text)
        } catch {
            throw CoinExDecodeError(error, offset: start, field: field)
        }
    }

    mutating func coinExFigure<Value: FixedPoint>(_ field: CoinExField) throws(CoinExDecodeError) -> Value {
        if let usual = usualDecimal() { return Value(raw: usual.raw) }
        let start = offset
        let text = try coinEx(field) { json throws(JSONError) in try json.decimalText() }
        do throws(DecimalError) {
            return try Value(truncating: text)
        } catch {
            throw CoinExDecodeError(error, offset: start, field: field)
        }
    }

    /// A whole number of seconds or of parts of them.
    mutating func coinExTime(
        _ field: CoinExField, perSecond: Int64
    ) throws(CoinExDecodeError) -> Instant {
        let start = offset
        let value = try coinEx(field) { json throws(JSONError) in try json.int() }
        let (nanoseconds, isTooLarge) = value.multipliedReportingOverflow(by: 1_000_000_000 / perSecond)
        guard value >= 0, !isTooLarge else {
            throw CoinExDecodeError(.json(.outOfRange), offset: start, field: field)
        }
        return Instant(nanoseconds: nanoseconds)
    }

    @inline(__always)
    mutating func coinEx<Value>(
        _ field: CoinExField, _ read: (inout JSONCursor) throws(JSONError) -> Value
    ) throws(CoinExDecodeError) -> Value {
        do throws(JSONError) {
            return try read(&self)
        } catch {
            throw CoinExDecodeError(error, field: field)
        }
    }
}

extension CoinExDecodeError {
    init(_ error: DecimalError, offset: Int, field: CoinExField) {
        switch error {
        case .lostDigits: self.init(Kind.lostDigits, offset: offset, field: field)
        case .overflow: self.init(.json(.outOfRange), offset: offset, field: field)
        case .empty, .unexpectedByte: self.init(.json(.refused), offset: offset, field: field)
        }
    }
}
