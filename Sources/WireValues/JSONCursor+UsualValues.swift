import Quantities
import WireCodecs

// Numbers in the forms in which venues nearly always write them, read at a glance. Each of these takes the value that
// stands here, without blanks in front of it, or gives nil and consumes nothing; then every form is tried elsewhere.

extension JSONCursor {
    /// A whole number without a sign. What follows it decides whether it is one: only a comma or an end may.
    @inlinable @inline(always)
    mutating func takeWhole() -> UInt64? {
        let number = whole(at: 0)
        guard number.length > 0 else { return nil }
        advance(by: number.length)
        return number.value
    }

    /// A whole number that is written as a text.
    @inlinable @inline(always)
    mutating func takeQuotedWhole() -> UInt64? {
        guard let bytes = ahead(3), bytes[0] == UInt8(ascii: "\"") else { return nil }
        let number = whole(at: 1)
        let end = number.length &+ 1
        guard end > 1, end < remaining, bytes[end] == UInt8(ascii: "\"") else { return nil }
        advance(by: end &+ 1)
        return number.value
    }

    /// Of length zero where none stands so many bytes ahead.
    @inlinable @inline(always)
    func whole(at distance: Int) -> (value: UInt64, length: Int) {
        if let bytes = ahead(DecimalDigits.wholeBytesRead &+ distance) {
            return DecimalDigits.readWhole(bytes + distance)
        }
        return lastWhole(at: distance)
    }

    /// The same at the end of the text, where fewer bytes are left than are looked at.
    @usableFromInline @inline(never)
    func lastWhole(at distance: Int) -> (value: UInt64, length: Int) {
        guard let bytes = ahead(distance + 1), mayLookBack else { return (0, 0) }
        return DecimalDigits.readWhole(bytes + distance, last: remaining - distance)
    }

    /// A decimal that is written as a text, in raw units.
    @inlinable @inline(always)
    mutating func takeDecimal() -> Int128? {
        let decimal = decimal(at: 1)
        guard decimal.length > 0, isAt(UInt8(ascii: "\"")) else { return nil }
        advance(by: decimal.length &+ 2)
        return decimal.raw
    }

    /// The same, with or without a minus.
    @inlinable @inline(always)
    mutating func takeSignedDecimal() -> Int128? {
        guard let bytes = ahead(2), bytes[0] == UInt8(ascii: "\"") else { return nil }
        // Signs come and go as they like, so that nothing branches on them.
        let sign = bytes[1] == UInt8(ascii: "-") ? 1 : 0
        let decimal = decimal(at: 1 &+ sign)
        guard decimal.length > 0 else { return nil }
        advance(by: decimal.length &+ sign &+ 2)
        let mask = 0 &- Int128(truncatingIfNeeded: sign)
        return (decimal.raw ^ mask) &- mask
    }

    /// Two decimals as texts in a list of their own, as the levels of books are written: `["50000.12","0.5"]`.
    @inlinable @inline(always)
    package mutating func takeDecimalPair() -> (Int128, Int128)? {
        // Two decimals of the longest usual form, and what is around them.
        guard mayNest, let bytes = ahead(2 * QuotedDecimal.bytesRead + 6) else {
            return takeLastDecimalPair()
        }
        guard Self.pair(bytes) == Self.listOfText, let first = QuotedDecimal(bytes + 2, isPadded: true)
        else { return nil }
        let between = bytes + 3 + first.length
        guard Self.pair(between) == Self.commaAndText,
            let second = QuotedDecimal(between + 2, isPadded: true),
            between[3 &+ second.length] == UInt8(ascii: "]")
        else { return nil }
        advance(by: first.length &+ second.length &+ 7)
        return (first.raw, second.raw)
    }

    /// The same at the end of the text, where fewer bytes are left than are looked at.
    @inlinable @inline(always)
    mutating func takeLastDecimalPair() -> (Int128, Int128)? {
        guard let last = lastDecimalPair() else { return nil }
        advance(by: last.length)
        return (last.first, last.second)
    }

    @usableFromInline @inline(never)
    func lastDecimalPair() -> (first: Int128, second: Int128, length: Int)? {
        var json = self
        guard mayNest, let bytes = ahead(2), bytes[0] == UInt8(ascii: "[") else { return nil }
        json.advance(by: 1)
        guard let first = json.takeDecimal(), json.isAt(UInt8(ascii: ",")) else { return nil }
        json.advance(by: 1)
        guard let second = json.takeDecimal(), json.isAt(UInt8(ascii: "]")) else { return nil }
        json.advance(by: 1)
        return (first, second, json.offset - offset)
    }

    /// Of length zero where none stands so many bytes ahead.
    @inlinable @inline(always)
    func decimal(at distance: Int) -> QuotedDecimal {
        if let bytes = ahead(QuotedDecimal.bytesRead &+ distance) {
            return QuotedDecimal.read(bytes + distance)
        }
        return lastDecimal(at: distance)
    }

    /// The same at the end of the text, where fewer bytes are left than are looked at.
    @usableFromInline @inline(never)
    func lastDecimal(at distance: Int) -> QuotedDecimal {
        guard let bytes = ahead(distance + 1), mayLookBack else { return QuotedDecimal.none }
        return QuotedDecimal.read(bytes + distance, last: remaining - distance)
    }

    /// Whether the text is so long that its last bytes can be looked at eight at once.
    private var mayLookBack: Bool { offset + remaining >= 8 }

    @inlinable @inline(always)
    static func pair(_ bytes: UnsafePointer<UInt8>) -> UInt16 {
        UInt16(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt16.self))
    }

    /// `["`
    @inlinable @inline(always)
    static var listOfText: UInt16 { 0x225B }
    /// `,"`
    @inlinable @inline(always)
    static var commaAndText: UInt16 { 0x222C }
}
