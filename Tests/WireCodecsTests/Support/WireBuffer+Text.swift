import Quantities
import WireCodecs

extension WireBuffer {
    /// A buffer with bytes in it.
    init(_ bytes: [UInt8]) {
        self.init(capacity: 16)
        append(bytes)
    }

    mutating func append(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { append($0) }
    }

    /// What is unread.
    var array: [UInt8] { Array(bytes) }

    var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// Bytes written as hexadecimal digits, blanks left out.
func hex(_ text: String) -> [UInt8] {
    let digits = text.filter { !$0.isWhitespace }
    return stride(from: 0, to: digits.count, by: 2).map { offset in
        let start = digits.index(digits.startIndex, offsetBy: offset)
        return UInt8(digits[start..<digits.index(start, offsetBy: 2)], radix: 16)!
    }
}

/// Cuts bytes into pieces: one by one, all at once, or at random places.
enum Cutting: CaseIterable, Sendable {
    case byteByByte
    case whole
    case random

    func pieces(_ bytes: [UInt8], _ random: inout SeededRandom) -> [[UInt8]] {
        switch self {
        case .byteByByte: return bytes.map { [$0] }
        case .whole: return [bytes]
        case .random:
            var pieces: [[UInt8]] = []
            var start = 0
            while start < bytes.count {
                let end = min(bytes.count, start + 1 + random.below(random.below(4) == 0 ? 2_000 : 9))
                pieces.append(Array(bytes[start..<end]))
                start = end
            }
            return pieces
        }
    }
}
