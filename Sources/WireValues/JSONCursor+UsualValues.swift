import Quantities
import WireCodecs

// Numbers in the forms in which venues nearly always write them, read at a glance. Each of these takes the value that
// stands here, without blanks in front of it, or gives nil and consumes nothing; then every form is tried elsewhere.

extension JSONCursor {
    /// A whole number without a sign. What follows it decides whether it is one: only a comma or an end may.
    @inlinable @inline(always)
    mutating func takeWhole() -> UInt64? {
        number { text in DecimalDigits.whole(atFrontOf: text) }
    }

    /// A whole number that is written as a text.
    @inlinable @inline(always)
    mutating func takeQuotedWhole() -> UInt64? {
        plainText { text in DecimalDigits.whole(atFrontOf: text) }
    }

    /// A decimal that is written as a text, in raw units.
    @inlinable @inline(always)
    mutating func takeDecimal() -> Int128? {
        plainText { text in DecimalDigits(atFrontOf: text).map { ($0.raw, $0.length) } }
    }

    /// The same, with or without a minus.
    @inlinable @inline(always)
    mutating func takeSignedDecimal() -> Int128? {
        plainText { text in
            guard let bytes = text.baseAddress, text.count > 1 else { return nil }
            // Signs come and go as they like, so that nothing branches on them.
            let sign = bytes[0] == UInt8(ascii: "-") ? 1 : 0
            let rest = UnsafeBufferPointer(start: bytes + sign, count: text.count &- sign)
            guard let digits = DecimalDigits(atFrontOf: rest) else { return nil }
            let mask = 0 &- Int128(truncatingIfNeeded: sign)
            return ((digits.raw ^ mask) &- mask, digits.length &+ sign)
        }
    }

    /// Two decimals as texts in a list of their own, as the levels of books are written: `["50000.12","0.5"]`.
    @inlinable @inline(always)
    package mutating func takeDecimalPair() -> (Int128, Int128)? {
        // Two decimals of the longest usual form, and what is around them.
        guard mayNest, let bytes = ahead(2 * DecimalDigits.bytesRead + 8),
            bytes[0] == UInt8(ascii: "["), bytes[1] == UInt8(ascii: "\""),
            let first = DecimalDigits(usual: bytes + 2)
        else { return nil }
        let between = bytes + 2 + first.length
        guard between[0] == UInt8(ascii: "\""), between[1] == UInt8(ascii: ","),
            between[2] == UInt8(ascii: "\""), let second = DecimalDigits(usual: between + 3)
        else { return nil }
        let end = between + 3 + second.length
        guard end[0] == UInt8(ascii: "\""), end[1] == UInt8(ascii: "]") else { return nil }
        advance(by: first.length &+ second.length &+ 7)
        return (first.raw, second.raw)
    }
}
