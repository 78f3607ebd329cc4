import CZlib
import Quantities

/// Computes the checksum of a book: the CRC-32 of its text.
///
/// `bid1price:bid1amount:bid2price:…:ask1price:ask1amount:…`, the best levels first, all bids before all asks,
/// every number with the digits that the venue sent it with. The text is built in memory that is used again.
package struct CoinExChecksum: Sendable {
    /// The longest number: 27 digits, a point, as many decimals as a byte counts, and a separator.
    private static let lengthMax = DecimalText.lengthMax + 257

    private var text: [UInt8] = []

    package init() {}

    /// The checksum of a book with these sides; that of the empty text is 0.
    package mutating func of(_ bids: CoinExBookSide, _ asks: CoinExBookSide) -> UInt32 {
        let room = (bids.count + asks.count) * 2 * Self.lengthMax
        if text.count < room { text = Array(repeating: 0, count: room) }
        return text.withUnsafeMutableBufferPointer { bytes in
            var end = 0
            Self.append(bids, bytes, &end)
            Self.append(asks, bytes, &end)
            // Every field was followed by a separator; the last one has none.
            return UInt32(truncatingIfNeeded: crc32(0, bytes.baseAddress, UInt32(max(0, end - 1))))
        }
    }

    private static func append(
        _ side: CoinExBookSide, _ text: UnsafeMutableBufferPointer<UInt8>, _ end: inout Int
    ) {
        for depth in 0..<side.count {
            let level = side[depth]
            append(level.price.raw, level.priceDecimals, text, &end)
            append(level.quantity.raw, level.quantityDecimals, text, &end)
        }
    }

    /// Appends a number with so many digits behind its point, and a separator.
    @inline(__always)
    private static func append(
        _ raw: Int128, _ decimals: UInt8, _ text: UnsafeMutableBufferPointer<UInt8>, _ end: inout Int
    ) {
        if let raw = UInt64(exactly: raw), decimals <= 12 {
            appendUsual(raw, Int(decimals), text, &end)
        } else {
            appendUnusual(raw, Int(decimals), text, &end)
        }
        text[end] = UInt8(ascii: ":")
        end += 1
    }

    @inline(__always)
    private static func appendUsual(
        _ raw: UInt64, _ decimals: Int, _ text: UnsafeMutableBufferPointer<UInt8>, _ end: inout Int
    ) {
        // Each part from its last digit on.
        let unit = FixedPointScale.unit
        var whole = raw / unit
        var decimalDigits = raw % unit
        let length = lengthOfWhole(whole)
        var position = end + length
        repeat {
            position -= 1
            text[position] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: whole % 10)
            whole /= 10
        } while position > end
        end += length
        guard decimals > 0 else { return }
        text[end] = UInt8(ascii: ".")
        switch decimals {
        case 2: decimalDigits /= 10_000_000_000
        case 8: decimalDigits /= 10_000
        default: decimalDigits /= DecimalText.powersOfTen(FixedPointScale.digits - decimals)
        }
        position = end + 1 + decimals
        while position > end + 1 {
            position -= 1
            text[position] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: decimalDigits % 10)
            decimalDigits /= 10
        }
        end += 1 + decimals
    }

    /// Digits of a number below 18,446,745, which is what 64 bits hold of whole units; one for zero.
    @inline(__always)
    private static func lengthOfWhole(_ whole: UInt64) -> Int {
        if whole < 10 { return 1 }
        if whole < 100 { return 2 }
        if whole < 1_000 { return 3 }
        if whole < 10_000 { return 4 }
        if whole < 100_000 { return 5 }
        if whole < 1_000_000 { return 6 }
        return whole < 10_000_000 ? 7 : 8
    }

    private static func appendUnusual(
        _ raw: Int128, _ decimals: Int, _ text: UnsafeMutableBufferPointer<UInt8>, _ end: inout Int
    ) {
        let kept = min(decimals, FixedPointScale.digits)
        guard let start = text.baseAddress else { preconditionFailure("the room is not empty") }
        end += Price(raw: raw).write(decimals: kept, to: start + end)
        // What was sent beyond the twelfth place were zeros: other digits are an error.
        for _ in kept..<decimals {
            text[end] = UInt8(ascii: "0")
            end += 1
        }
    }
}
