import Quantities

/// The venue's decimals in their usual form, read faster than any decimal can be.
///
/// Prices and quantities are short and unsigned, and on spot always have eight digits after the point:
/// those are read as one word. Whatever looks different is left to `FixedPoint.init(parsing:)`, which
/// gives the same values and all of the errors.
enum BinanceDecimal {
    /// The value in raw units; nil when the text is of another form.
    @inline(__always)
    static func raw(_ text: UnsafeBufferPointer<UInt8>) -> Int128? {
        guard (1...lengthMax).contains(text.count), let bytes = text.baseAddress else { return nil }
        var whole: UInt64 = 0
        var index = 0
        while index < text.count {
            let digit = bytes[index] &- UInt8(ascii: "0")
            if digit > 9 { break }
            whole = whole &* 10 &+ UInt64(digit)
            index += 1
        }
        let decimals = text.count - index - 1
        guard index > 0, decimals > 0, bytes[index] == UInt8(ascii: ".") else { return nil }
        let start = index + 1
        if decimals == 8 {
            guard let fraction = eightDigits(bytes + start) else { return nil }
            return product(whole &* 100_000_000 &+ fraction, 10_000)
        }
        guard decimals <= FixedPointScale.digits else { return nil }
        var value = whole
        index = start
        while index < text.count {
            let digit = bytes[index] &- UInt8(ascii: "0")
            if digit > 9 { return nil }
            value = value &* 10 &+ UInt64(digit)
            index += 1
        }
        return product(value, DecimalText.powersOfTen(FixedPointScale.digits - decimals))
    }

    /// So many bytes hold at most 18 digits, which fit 64 bits.
    private static let lengthMax = 19

    @inline(__always)
    private static func product(_ value: UInt64, _ factor: UInt64) -> Int128 {
        let (high, low) = value.multipliedFullWidth(by: factor)
        return Int128(truncatingIfNeeded: UInt128(high) << 64 | UInt128(low))
    }

    /// The number that eight digits spell, summed up in pairs, fours and eights; nil when a byte is no
    /// digit.
    @inline(__always)
    private static func eightDigits(_ bytes: UnsafePointer<UInt8>) -> UInt64? {
        let text = UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
        let tens: UInt64 = 0xF0F0_F0F0_F0F0_F0F0
        let zeros: UInt64 = 0x3030_3030_3030_3030
        // A digit has 3 in its upper half, and still has after six is added.
        guard text & tens == zeros, (text &+ 0x0606_0606_0606_0606) & tens == zeros else {
            return nil
        }
        let digits = text &- zeros
        let pairs = (digits &* 10 &+ digits >> 8) & 0x00FF_00FF_00FF_00FF
        let fours = (pairs &* 100 &+ pairs >> 16) & 0x0000_FFFF_0000_FFFF
        return (fours &* 10_000 &+ fours >> 32) & 0xFFFF_FFFF
    }
}
