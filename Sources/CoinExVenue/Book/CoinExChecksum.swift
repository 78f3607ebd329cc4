import CZlib
import Quantities

/// Computes the checksum of a book: the CRC-32 of its text.
///
/// `bid1price:bid1amount:bid2price:…:ask1price:ask1amount:…`, the best levels first, all bids before all asks,
/// every number with the digits that the venue sent it with. The text is built in memory that is used again.
package struct CoinExChecksum {
    private var text: [UInt8] = []

    package init() {}

    /// The checksum of a book with these sides; that of the empty text is 0.
    package mutating func of(_ bids: CoinExBookSide, _ asks: CoinExBookSide) -> UInt32 {
        text.removeAll(keepingCapacity: true)
        append(bids)
        append(asks)
        // Every field was followed by a separator; the last one has none.
        let count = max(0, text.count - 1)
        return text.withUnsafeBufferPointer { bytes in
            UInt32(truncatingIfNeeded: crc32(0, bytes.baseAddress, UInt32(count)))
        }
    }

    private mutating func append(_ side: CoinExBookSide) {
        for depth in 0..<side.count {
            let level = side[depth]
            append(level.price.raw, level.priceDecimals)
            append(level.quantity.raw, level.quantityDecimals)
        }
    }

    /// The longest number: 27 digits, a point, and as many digits as a byte counts.
    private static let lengthMax = DecimalText.lengthMax + 256

    /// Appends a number with so many digits behind its point, and a separator.
    private mutating func append(_ raw: Int128, _ decimals: UInt8) {
        if let raw = UInt64(exactly: raw), decimals <= 12 {
            appendUsual(raw, Int(decimals))
        } else {
            appendUnusual(raw, Int(decimals))
        }
        text.append(UInt8(ascii: ":"))
    }

    private mutating func appendUsual(_ raw: UInt64, _ decimals: Int) {
        // All digits as one number, written from its end.
        var digits = raw / DecimalText.powersOfTen(FixedPointScale.digits - decimals)
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 40) { room in
            var position = 40
            var written = 0
            repeat {
                if written == decimals, decimals > 0 {
                    position -= 1
                    room[position] = UInt8(ascii: ".")
                }
                position -= 1
                room[position] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digits % 10)
                digits /= 10
                written += 1
            } while digits > 0 || written <= decimals
            text.append(contentsOf: UnsafeMutableBufferPointer(rebasing: room[position...]))
        }
    }

    private mutating func appendUnusual(_ raw: Int128, _ decimals: Int) {
        let kept = min(decimals, FixedPointScale.digits)
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.lengthMax) { room in
            guard let start = room.baseAddress else { preconditionFailure("the room is not empty") }
            let count = Price(raw: raw).write(decimals: kept, to: start)
            text.append(contentsOf: UnsafeMutableBufferPointer(rebasing: room[..<count]))
        }
        // What was sent beyond the twelfth place were zeros: other digits are an error.
        for _ in kept..<decimals { text.append(UInt8(ascii: "0")) }
    }
}
