import Quantities
import WireCodecs

/// A decimal as it came: its value, and how many digits stood behind the point.
///
/// Both together give the text back, byte for byte: that is what the checksum of a book is made of.
package struct CoinExV1Decimal: BitwiseCopyable, Equatable, Sendable {
    package var raw: Int128
    package var decimals: UInt8

    package init(raw: Int128, decimals: UInt8) {
        self.raw = raw
        self.decimals = decimals
    }

    /// Reads a decimal that is not negative and is written in one way only: without needless zeros in front,
    /// without blanks.
    @inline(__always)
    init(_ text: UnsafeBufferPointer<UInt8>) throws(DecimalError) {
        if let usual = Self.usual(text) {
            self = usual
        } else {
            self = try Self.unusual(text)
        }
    }

    /// Up to 18 digits with a point among them, the form of nearly all figures; nil for any other.
    @inline(__always)
    private static func usual(_ text: UnsafeBufferPointer<UInt8>) -> CoinExV1Decimal? {
        let count = text.count
        guard count >= 3, count <= 19, let bytes = text.baseAddress else { return nil }
        var value: UInt64 = 0
        var index = 0
        while index < count {
            let digit = bytes[index] &- UInt8(ascii: "0")
            if digit > 9 { break }
            value = value &* 10 &+ UInt64(digit)
            index &+= 1
        }
        let decimals = count &- index &- 1
        guard index > 0, decimals > 0, decimals <= FixedPointScale.digits,
            bytes[index] == UInt8(ascii: "."), index == 1 || bytes[0] != UInt8(ascii: "0")
        else { return nil }
        index &+= 1
        if decimals == 8 {
            // The venue's usual number of decimals, as one word.
            let word = UInt64(
                littleEndian: UnsafeRawPointer(bytes + index).loadUnaligned(as: UInt64.self))
            guard let fraction = eightDigits(word) else { return nil }
            value = value &* 100_000_000 &+ fraction
        } else {
            while index < count {
                let digit = bytes[index] &- UInt8(ascii: "0")
                if digit > 9 { return nil }
                value = value &* 10 &+ UInt64(digit)
                index &+= 1
            }
        }
        let (high, low) = value.multipliedFullWidth(
            by: DecimalText.powersOfTen(FixedPointScale.digits - decimals))
        return CoinExV1Decimal(
            raw: Int128(truncatingIfNeeded: UInt128(high) << 64 | UInt128(low)),
            decimals: UInt8(truncatingIfNeeded: decimals))
    }

    /// The number that eight digits spell; nil when one of the bytes is none.
    @inline(__always)
    private static func eightDigits(_ word: UInt64) -> UInt64? {
        let upperHalves: UInt64 = 0xF0F0_F0F0_F0F0_F0F0
        let zeros: UInt64 = 0x3030_3030_3030_3030
        // A digit has 3 in its upper half, and keeps it when six is added.
        let isNumber =
            (word & upperHalves) | ((word &+ 0x0606_0606_0606_0606) & upperHalves) >> 4
            == 0x3333_3333_3333_3333
        guard isNumber else { return nil }
        let ones = word &- zeros
        let pairs = (ones &* 10 &+ ones >> 8) & 0x00FF_00FF_00FF_00FF
        let fours = (pairs &* 100 &+ pairs >> 16) & 0x0000_FFFF_0000_FFFF
        return (fours &* 10_000 &+ fours >> 32) & 0xFFFF_FFFF
    }

    @inline(never)
    private static func unusual(
        _ text: UnsafeBufferPointer<UInt8>
    ) throws(DecimalError) -> CoinExV1Decimal {
        let value = try Amount(parsing: text)
        if text[0] == UInt8(ascii: "-") { throw .unexpectedByte(offset: 0) }
        if text.count > 1, text[0] == UInt8(ascii: "0"), text[1] != UInt8(ascii: ".") {
            throw .unexpectedByte(offset: 0)
        }
        // More than 255 digits would not come back as they were.
        let decimals = DecimalText.decimals(of: text)
        if decimals == .max { throw .overflow }
        return CoinExV1Decimal(raw: value.raw, decimals: decimals)
    }
}
