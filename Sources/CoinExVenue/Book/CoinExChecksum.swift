import CZlib
import Quantities

/// Computes the checksum of a book: the CRC-32 of its text.
///
/// `bid1price:bid1amount:bid2price:…:ask1price:ask1amount:…`, the best levels first, all bids before all asks,
/// every number with the digits that the venue sent it with. The text is put together of those of the levels, in memory
/// that is used again.
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
            return czlib_crc32(0, bytes.baseAddress, max(0, end - 1))
        }
    }

    private static func append(
        _ side: CoinExBookSide, _ text: UnsafeMutableBufferPointer<UInt8>, _ end: inout Int
    ) {
        for depth in 0..<side.count {
            let levelText = side.text(depth)
            guard levelText.isKept else {
                append(side[depth], text, &end)
                continue
            }
            let room = UnsafeMutableRawBufferPointer(text)[end...]
            end += levelText.copy(to: UnsafeMutableRawBufferPointer(rebasing: room))
        }
    }

    /// Appends both numbers of a level, each with a separator.
    static func append(
        _ level: CoinExBookLevel, _ text: UnsafeMutableBufferPointer<UInt8>, _ end: inout Int
    ) {
        append(level.price.raw, level.priceDecimals, text, &end)
        append(level.quantity.raw, level.quantityDecimals, text, &end)
    }

    /// Whether a number has a text of 22 bytes at most, its separator with it.
    static func isUsual(_ raw: Int128, _ decimals: UInt8) -> Bool {
        UInt64(exactly: raw) != nil && decimals <= 12
    }

    /// Appends a number with so many digits behind its point, and a separator.
    @inline(__always)
    private static func append(
        _ raw: Int128, _ decimals: UInt8, _ text: UnsafeMutableBufferPointer<UInt8>, _ end: inout Int
    ) {
        if isUsual(raw, decimals), let start = text.baseAddress {
            end += DecimalText.writeNarrow(
                UInt64(truncatingIfNeeded: raw), decimals: Int(decimals), to: start + end)
        } else {
            appendUnusual(raw, Int(decimals), text, &end)
        }
        text[end] = UInt8(ascii: ":")
        end += 1
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

/// The text of a level in the checksum of its book: price and quantity, each with a separator.
struct CoinExLevelText: BitwiseCopyable, Sendable {
    /// What two usual numbers need.
    static let lengthMax = 44

    /// Zero where a number is not usual: its text is made when it is asked for.
    private var count = 0
    private var bytes = InlineArray<44, UInt8>(repeating: 0)

    init(_ level: CoinExBookLevel) {
        guard CoinExChecksum.isUsual(level.price.raw, level.priceDecimals),
            CoinExChecksum.isUsual(level.quantity.raw, level.quantityDecimals)
        else { return }
        var end = 0
        withUnsafeMutableBytes(of: &bytes) { bytes in
            bytes.withMemoryRebound(to: UInt8.self) { CoinExChecksum.append(level, $0, &end) }
        }
        count = end
    }

    var isKept: Bool { count > 0 }

    /// Copies the text and returns its length.
    @inline(__always)
    func copy(to room: UnsafeMutableRawBufferPointer) -> Int {
        precondition(room.count >= Self.lengthMax, "there is room for the longest text")
        withUnsafeBytes(of: bytes) { room.copyMemory(from: $0) }
        return count
    }
}
