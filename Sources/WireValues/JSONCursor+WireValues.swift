import Quantities
import WireCodecs

// Single values as venues write them, with the member they belong to in the error.

extension JSONCursor {
    /// A word of a closed set.
    package mutating func wireWord<Word: WireWord>(_ field: WireField) throws(WireError) -> Word {
        let start = offset
        let text = try wire(field) { json throws(JSONError) in try json.plainText() }
        guard let word = Word(rawValue: String(decoding: text, as: UTF8.self)) else {
            throw WireError(.unknownValue, offset: start, field: field)
        }
        return word
    }

    /// A whole number, written as such or as a text.
    package mutating func wireNumber(_ field: WireField) throws(WireError) -> Int64 {
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
    package mutating func wireTime(_ field: WireField) throws(WireError) -> Instant {
        let start = offset
        let value = try wire(field) { json throws(JSONError) in try json.int() }
        guard let time = Instant(wire: value) else {
            throw WireError(.json(.outOfRange), offset: start, field: field)
        }
        return time
    }

    /// A decimal in raw units.
    package mutating func wireDecimal(
        _ field: WireField, isSigned: Bool, isExact: Bool
    ) throws(WireError) -> Int128 {
        // Most are a few digits without a sign, all of which are kept.
        let usual = plainText { text in DecimalDigits(atFrontOf: text).map { ($0, $0.length) } }
        if let usual { return usual.raw }
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
    package mutating func wireFigure(_ field: WireField) throws(WireError) -> Figure {
        let start = offset
        let text = try wire(field) { json throws(JSONError) in try json.decimalText() }
        do throws(DecimalError) {
            return try Figure(scientific: text)
        } catch {
            throw WireError(error, offset: start, field: field)
        }
    }

    @inline(__always)
    package mutating func wire<Value>(
        _ field: WireField, _ read: (inout JSONCursor) throws(JSONError) -> Value
    ) throws(WireError) -> Value {
        do throws(JSONError) {
            return try read(&self)
        } catch {
            throw WireError(error, field: field)
        }
    }
}

extension Instant {
    /// Milliseconds or microseconds since 1970: 10^14 milliseconds are in the year 5138. Nil when below zero or too
    /// large.
    package init?(wire value: Int64) {
        let perUnit: Int64 = value < 100_000_000_000_000 ? 1_000_000 : 1_000
        let (nanoseconds, overflow) = value.multipliedReportingOverflow(by: perUnit)
        if value < 0 || overflow { return nil }
        self.init(nanoseconds: nanoseconds)
    }
}
