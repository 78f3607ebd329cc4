import Quantities
import WireCodecs

// Single values as venues write them, with the member they belong to in the error.

extension JSONCursor {
    /// A word of a closed set.
    @inlinable @inline(always)
    package mutating func wireWord<Word: WireWord>(_ field: WireField) throws(WireError) -> Word {
        let start = offset
        let text = try wire(field) { json throws(JSONError) in
            let text = try json.text()
            guard !text.isEscaped else { throw JSONError(.escapedText, offset: text.offset) }
            return text
        }
        guard let word = Word(written: text) else {
            throw Self.wireFailure(.unknownValue, start, field)
        }
        return word
    }

    /// A whole number.
    @inlinable @inline(always)
    package mutating func wireInt(_ field: WireField) throws(WireError) -> Int64 {
        // Most have no sign, and are looked at all at once.
        let usual = number { text in DecimalDigits.whole(atFrontOf: text) }
        if let usual { return Int64(truncatingIfNeeded: usual) }
        return try wire(field) { json throws(JSONError) in try json.int() }
    }

    /// A whole number without a sign.
    @inlinable @inline(always)
    package mutating func wireUInt(_ field: WireField) throws(WireError) -> UInt64 {
        let usual = number { text in DecimalDigits.whole(atFrontOf: text) }
        if let usual { return usual }
        return try wire(field) { json throws(JSONError) in try json.uint() }
    }

    /// A whole number, written as such or as a text.
    @inlinable @inline(always)
    package mutating func wireNumber(_ field: WireField) throws(WireError) -> Int64 {
        let usual =
            number { text in DecimalDigits.whole(atFrontOf: text) }
            ?? plainText { text in DecimalDigits.whole(atFrontOf: text) }
        if let usual { return Int64(truncatingIfNeeded: usual) }
        return try unusualNumber(field)
    }

    @usableFromInline @inline(never)
    mutating func unusualNumber(_ field: WireField) throws(WireError) -> Int64 {
        let isText = try wire(field) { json throws(JSONError) in try json.peek() == .string }
        guard isText else { return try wire(field) { json throws(JSONError) in try json.int() } }
        let start = offset
        let text = try wire(field) { json throws(JSONError) in try json.plainText() }
        var inner = JSONCursor(text)
        do throws(JSONError) {
            let value = try inner.int()
            try inner.finish()
            return value
        } catch {
            throw WireError(.json(error.kind), offset: start, field: field)
        }
    }

    /// A moment in milliseconds, or in microseconds where the connection asked for them.
    @inlinable @inline(always)
    package mutating func wireTime(_ field: WireField) throws(WireError) -> Instant {
        let start = offset
        guard let time = Instant(wire: try wireInt(field)) else {
            throw Self.wireFailure(.json(.outOfRange), start, field)
        }
        return time
    }

    /// A decimal in raw units.
    @inlinable @inline(always)
    package mutating func wireDecimal(
        _ field: WireField, isSigned: Bool, isExact: Bool
    ) throws(WireError) -> Int128 {
        // Most are a few digits, all of which are kept.
        let usual = plainText { text in DecimalDigits(atFrontOf: text).map { ($0, $0.length) } }
        if let usual { return usual.raw }
        if isSigned, let negative = negativeDecimal() { return negative }
        return try unusualDecimal(field, isSigned: isSigned, isExact: isExact)
    }

    /// A decimal in digits behind a minus.
    @inlinable @inline(always)
    mutating func negativeDecimal() -> Int128? {
        let digits = plainText { text in
            guard text.first == UInt8(ascii: "-") else { return nil as (DecimalDigits, length: Int)? }
            return DecimalDigits(atFrontOf: UnsafeBufferPointer(rebasing: text[1...]))
                .map { ($0, $0.length &+ 1) }
        }
        return digits.map { -$0.raw }
    }

    @usableFromInline @inline(never)
    mutating func unusualDecimal(
        _ field: WireField, isSigned: Bool, isExact: Bool
    ) throws(WireError) -> Int128 {
        let start = offset
        let text = try wire(field) { json throws(JSONError) in try json.decimalText() }
        let raw: Int128
        do throws(DecimalError) {
            raw = isExact ? try Figure(parsing: text).raw : try Figure(truncating: text).raw
        } catch {
            throw WireError(error, offset: start, field: field)
        }
        if raw < 0, !isSigned { throw WireError(.negative, offset: start, field: field) }
        return raw
    }

    /// A ratio, a volatility or a Greek.
    @inlinable @inline(always)
    package mutating func wireFigure(_ field: WireField) throws(WireError) -> Figure {
        let usual = plainText { text in DecimalDigits(atFrontOf: text).map { ($0, $0.length) } }
        if let usual { return Figure(raw: usual.raw) }
        if let negative = negativeDecimal() { return Figure(raw: negative) }
        return try unusualFigure(field)
    }

    @usableFromInline @inline(never)
    mutating func unusualFigure(_ field: WireField) throws(WireError) -> Figure {
        let start = offset
        let text = try wire(field) { json throws(JSONError) in try json.decimalText() }
        do throws(DecimalError) {
            return try Figure(scientific: text)
        } catch {
            throw WireError(error, offset: start, field: field)
        }
    }

    @usableFromInline @inline(never)
    static func wireFailure(_ kind: WireError.Kind, _ offset: Int, _ field: WireField) -> WireError {
        WireError(kind, offset: offset, field: field)
    }

    @usableFromInline @inline(never)
    static func wireFailure(_ error: JSONError, _ field: WireField) -> WireError {
        WireError(error, field: field)
    }

    @inlinable @inline(always)
    package mutating func wire<Value>(
        _ field: WireField, _ read: (inout JSONCursor) throws(JSONError) -> Value
    ) throws(WireError) -> Value {
        do throws(JSONError) {
            return try read(&self)
        } catch {
            throw Self.wireFailure(error, field)
        }
    }
}

extension Instant {
    /// Milliseconds or microseconds since 1970: 10^14 milliseconds are in the year 5138. Nil when below zero or too
    /// large.
    @inlinable @inline(always)
    package init?(wire value: Int64) {
        let perUnit: Int64 = value < 100_000_000_000_000 ? 1_000_000 : 1_000
        let (nanoseconds, overflow) = value.multipliedReportingOverflow(by: perUnit)
        if value < 0 || overflow { return nil }
        self.init(nanoseconds: nanoseconds)
    }
}
