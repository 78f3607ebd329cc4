/// The decimal that some bytes begin with, in the form that nearly all figures of venues have.
///
/// That is: up to 18 digits without a sign, a point before the last one to twelve of them or none, no needless
/// zeros in front. It is found in one pass, together with its end. Whatever looks different is left to
/// `FixedPoint.init(parsing:)`, which takes every form, gives the same values, and has all of the errors.
///
/// The type is public for one reason: the compiler carries bodies to other modules only for public types.
public struct DecimalDigits: BitwiseCopyable, Sendable {
    /// All digits as one whole number.
    @usableFromInline package let value: UInt64
    /// Digits behind the point, 0 to 12.
    @usableFromInline package let decimals: Int
    /// Bytes that the decimal takes.
    @usableFromInline package let length: Int

    @inlinable @inline(always)
    init(value: UInt64, decimals: Int, length: Int) {
        self.value = value
        self.decimals = decimals
        self.length = length
    }

    /// Nil when the bytes begin with no decimal, or with one of another form.
    @inlinable @inline(always)
    package init?(atFrontOf text: UnsafeBufferPointer<UInt8>) {
        guard let bytes = text.baseAddress else { return nil }
        if text.count >= Self.bytesRead, let usual = DecimalDigits(usual: bytes) {
            self = usual
        } else {
            guard let found = Self.oneByOne(bytes, text.count) else { return nil }
            self = found
        }
    }

    /// Eight digits at once: up to ten in front of the point, and up to eight behind it.
    ///
    /// Nil for all others.
    /// - Parameter bytes: `bytesRead` can be read.
    @inlinable @inline(always)
    package init?(usual bytes: UnsafePointer<UInt8>) {
        let front = EightBytes(bytes)
        var length = front.length
        var value: UInt64
        if front.areAllDigits {
            let more = EightBytes(bytes + 8)
            guard more.length <= 2, !front.hasNeedlessZero else { return nil }
            value = front.number &* Self.tens(more.length) &+ more.number(of: more.length)
            length &+= more.length
        } else {
            guard length > 0, !front.hasNeedlessZero else { return nil }
            value = front.number(of: length)
        }
        guard bytes[length] == UInt8(ascii: ".") else {
            self.init(value: value, decimals: 0, length: length)
            return
        }
        length &+= 1
        let back = EightBytes(bytes + length)
        if back.areAllDigits {
            // More than eight are another's.
            guard bytes[length &+ 8] &- UInt8(ascii: "0") > 9 else { return nil }
            value = value &* 100_000_000 &+ back.number
            self.init(value: value, decimals: 8, length: length &+ 8)
        } else {
            let decimals = back.length
            guard decimals > 0 else { return nil }
            value = value &* Self.tens(decimals) &+ back.number(of: decimals)
            self.init(value: value, decimals: decimals, length: length &+ decimals)
        }
    }

    /// Bytes that are looked at to find the usual form.
    @inlinable package static var bytesRead: Int { 20 }

    @inlinable @inline(always)
    static func tens(_ exponent: Int) -> UInt64 { DecimalText.powersOfTen(exponent) }

    /// The same, digit by digit: for the end of a text, and for what is longer.
    @usableFromInline @inline(never)
    static func oneByOne(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> DecimalDigits? {
        // One byte beyond the longest: enough to tell that it is too long.
        let end = min(count, lengthMax + 1)
        var value: UInt64 = 0
        var index = 0
        while index < end {
            let digit = bytes[index] &- UInt8(ascii: "0")
            if digit > 9 { break }
            value = value &* 10 &+ UInt64(digit)
            index &+= 1
        }
        guard index > 0, index == 1 || bytes[0] != UInt8(ascii: "0") else { return nil }
        var first = index
        if index < end, bytes[index] == UInt8(ascii: ".") {
            index &+= 1
            first = index
            if count &- index >= 8, let eight = eightDigits(bytes + index) {
                value = value &* 100_000_000 &+ eight
                index &+= 8
            }
            while index < end {
                let digit = bytes[index] &- UInt8(ascii: "0")
                if digit > 9 { break }
                value = value &* 10 &+ UInt64(digit)
                index &+= 1
            }
            guard index > first, index &- first <= FixedPointScale.digits, index <= lengthMax
            else { return nil }
        } else if index >= lengthMax {
            return nil
        }
        return DecimalDigits(value: value, decimals: index &- first, length: index)
    }

    /// In units of 10^-12.
    @inlinable @inline(always)
    package var raw: Int128 {
        let factor = DecimalText.powersOfTen(FixedPointScale.digits &- decimals)
        let (high, low) = value.multipliedFullWidth(by: factor)
        return Int128(truncatingIfNeeded: UInt128(high) << 64 | UInt128(low))
    }

    /// 18 digits, which always fit 64 bits, and a point.
    @inlinable static var lengthMax: Int { 19 }

    /// The number that eight digits spell; nil when a byte is no digit.
    @inlinable @inline(always)
    static func eightDigits(_ bytes: UnsafePointer<UInt8>) -> UInt64? {
        let eight = EightBytes(bytes)
        return eight.areAllDigits ? eight.number : nil
    }

    /// The whole number that some bytes begin with; nil when they do not, when it has a needless zero in front, and
    /// when beyond 63 bits.
    @inlinable @inline(always)
    package static func whole(atFrontOf text: UnsafeBufferPointer<UInt8>) -> (value: UInt64, length: Int)? {
        guard let bytes = text.baseAddress else { return nil }
        if text.count >= wholeBytesRead, let usual = whole(BytesInside(bytes)) { return usual }
        return wholeOneByOne(bytes, text.count)
    }

    /// The same in a body of its own, of length zero where `whole` gives nil.
    /// - Parameter bytes: `wholeBytesRead` can be read.
    @usableFromInline @inline(never)
    package static func readWhole(_ bytes: UnsafePointer<UInt8>) -> (value: UInt64, length: Int) {
        whole(BytesInside(bytes)) ?? (0, 0)
    }

    /// The same at the end of a text, where fewer bytes can be read; nothing beyond them is.
    /// - Parameter count: how many there are; in front of them as many can be read as are missing to eight.
    @usableFromInline @inline(never)
    package static func readWhole(
        _ bytes: UnsafePointer<UInt8>, last count: Int
    ) -> (value: UInt64, length: Int) {
        whole(BytesAtEnd(bytes, count: count)) ?? (0, 0)
    }

    /// The same, digit by digit: for the end of a text.
    @usableFromInline @inline(never)
    static func wholeOneByOne(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> (value: UInt64, length: Int)? {
        let end = min(count, wholeLengthMax + 1)
        var value: UInt64 = 0
        var index = 0
        while index < end {
            let digit = bytes[index] &- UInt8(ascii: "0")
            if digit > 9 { break }
            value = value &* 10 &+ UInt64(digit)
            index &+= 1
        }
        guard index > 0, index <= wholeLengthMax, index == 1 || bytes[0] != UInt8(ascii: "0"),
            value <= UInt64(Int64.max)
        else { return nil }
        return (value, index)
    }

    /// The digits of the largest number of 63 bits.
    @inlinable static var wholeLengthMax: Int { 19 }

    @inlinable @inline(always)
    static func whole(_ bytes: some BytesAhead) -> (value: UInt64, length: Int)? {
        let front = EightBytes(bytes.word(0))
        guard !front.hasNeedlessZero else { return nil }
        guard front.areAllDigits else {
            return front.length > 0 ? (front.number(of: front.length), front.length) : nil
        }
        let more = EightBytes(bytes.word(8))
        // Moments in milliseconds are thirteen digits: what follows is then read without a wait for their number.
        if more.areFiveDigits { return (front.number &* 100_000 &+ more.number(of: 5), 13) }
        if more.areAllDigits {
            // Up to nineteen digits, which fit 64 bits and perhaps 63.
            let rest = EightBytes(bytes.word(16))
            let value =
                (front.number &* 100_000_000 &+ more.number) &* tens(min(rest.length, 3))
                &+ rest.number(of: rest.length)
            return rest.length <= 3 && value <= UInt64(Int64.max) ? (value, 16 &+ rest.length) : nil
        }
        return (front.number &* tens(more.length) &+ more.number(of: more.length), 8 &+ more.length)
    }

    /// Bytes that are looked at to find a whole number.
    @inlinable package static var wholeBytesRead: Int { 24 }
}
