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
        if text.count >= SixteenBytes.count, let usual = SixteenBytes(bytes).decimal {
            self = usual
        } else {
            guard let found = Self.oneByOne(bytes, text.count) else { return nil }
            self = found
        }
    }

    /// The same, digit by digit: for the end of a text, and for more than fifteen bytes.
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

    /// The number that eight digits spell, summed up in pairs, fours and eights; nil when a byte is no digit.
    ///
    /// Venues write eight decimals more often than any other number of them.
    @inlinable @inline(always)
    static func eightDigits(_ bytes: UnsafePointer<UInt8>) -> UInt64? {
        let text = UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
        let tens: UInt64 = 0xF0F0_F0F0_F0F0_F0F0
        let zeros: UInt64 = 0x3030_3030_3030_3030
        // A digit has 3 in its upper half, and still has after six is added.
        guard text & tens == zeros, (text &+ 0x0606_0606_0606_0606) & tens == zeros else {
            return nil
        }
        return SixteenBytes.eightDigits(text &- zeros)
    }
}
