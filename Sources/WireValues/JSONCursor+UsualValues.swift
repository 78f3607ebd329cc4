import Quantities
import WireCodecs

// Numbers in the forms in which venues nearly always write them, read at a glance. Each of these takes the value that
// stands here, without blanks in front of it, or gives nil and consumes nothing; then every form is tried elsewhere.

extension JSONCursor {
    /// A whole number without a sign. What follows it decides whether it is one: only a comma or an end may.
    @inlinable @inline(always)
    mutating func takeWhole() -> UInt64? {
        guard let bytes = ahead(1) else { return nil }
        let number = DecimalDigits.readWhole(bytes, remaining)
        guard number.length > 0 else { return nil }
        advance(by: number.length)
        return number.value
    }

    /// A whole number that is written as a text.
    @inlinable @inline(always)
    mutating func takeQuotedWhole() -> UInt64? {
        guard let bytes = ahead(3), bytes[0] == UInt8(ascii: "\"") else { return nil }
        let number = DecimalDigits.readWhole(bytes + 1, remaining &- 1)
        let end = number.length &+ 1
        guard end > 1, end < remaining, bytes[end] == UInt8(ascii: "\"") else { return nil }
        advance(by: end &+ 1)
        return number.value
    }

    /// A decimal that is written as a text, in raw units.
    @inlinable @inline(always)
    mutating func takeDecimal() -> Int128? {
        guard let bytes = ahead(QuotedDecimal.bytesRead + 1) else { return takeLastDecimal(isSigned: false) }
        let decimal = QuotedDecimal.read(bytes + 1)
        guard bytes[0] == UInt8(ascii: "\""), decimal.length > 0 else { return nil }
        advance(by: decimal.length &+ 2)
        return decimal.raw
    }

    /// The same, with or without a minus.
    @inlinable @inline(always)
    mutating func takeSignedDecimal() -> Int128? {
        guard let bytes = ahead(QuotedDecimal.bytesRead + 2) else { return takeLastDecimal(isSigned: true) }
        // Signs come and go as they like, so that nothing branches on them.
        let sign = bytes[1] == UInt8(ascii: "-") ? 1 : 0
        let decimal = QuotedDecimal.read(bytes + 1 + sign)
        guard bytes[0] == UInt8(ascii: "\""), decimal.length > 0 else { return nil }
        advance(by: decimal.length &+ sign &+ 2)
        let mask = 0 &- Int128(truncatingIfNeeded: sign)
        return (decimal.raw ^ mask) &- mask
    }

    /// The same at the end of the text, where fewer bytes are left than are looked at.
    @inlinable @inline(always)
    mutating func takeLastDecimal(isSigned: Bool) -> Int128? {
        guard let last = lastDecimal(isSigned) else { return nil }
        advance(by: last.length)
        return last.raw
    }

    @usableFromInline @inline(never)
    func lastDecimal(_ isSigned: Bool) -> (raw: Int128, length: Int)? {
        guard let bytes = ahead(2), bytes[0] == UInt8(ascii: "\"") else { return nil }
        let sign = isSigned && bytes[1] == UInt8(ascii: "-") ? 1 : 0
        let start = 1 + sign
        let rest = UnsafeBufferPointer(start: bytes + start, count: remaining - start)
        guard let digits = DecimalDigits(atFrontOf: rest), digits.length < rest.count,
            rest[digits.length] == UInt8(ascii: "\"")
        else { return nil }
        return (sign == 0 ? digits.raw : -digits.raw, start + digits.length + 1)
    }

    /// Two decimals as texts in a list of their own, as the levels of books are written: `["50000.12","0.5"]`.
    @inlinable @inline(always)
    package mutating func takeDecimalPair() -> (Int128, Int128)? {
        // Two decimals of the longest usual form, and what is around them.
        guard mayNest, let bytes = ahead(2 * QuotedDecimal.bytesRead + 6),
            bytes[0] == UInt8(ascii: "["), bytes[1] == UInt8(ascii: "\""),
            let first = QuotedDecimal(bytes + 2)
        else { return nil }
        let between = bytes + 3 + first.length
        guard between[0] == UInt8(ascii: ","), between[1] == UInt8(ascii: "\""),
            let second = QuotedDecimal(between + 2)
        else { return nil }
        guard between[3 &+ second.length] == UInt8(ascii: "]") else { return nil }
        advance(by: first.length &+ second.length &+ 7)
        return (first.raw, second.raw)
    }
}
