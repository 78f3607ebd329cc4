import MarketModel

/// How our orders are called at the venue: a prefix of the bot and its run, and the order's number.
///
/// `mm-7f3a_1a0003`: the prefix, `_`, and the number in hexadecimal digits. Whatever is called otherwise is an
/// order of somebody else, or of an earlier run, and is not touched.
package struct CoinExClientIDs: Equatable, Sendable {
    /// The longest name that the venue takes.
    package static let lengthMax = 32
    /// The longest prefix: room is left for a separator and sixteen digits.
    package static let prefixMax = lengthMax - 17

    package let prefix: String
    private let bytes: [UInt8]

    /// Nil when the prefix is empty, too long, or has other characters than letters, digits and `-`.
    package init?(prefix: String) {
        let bytes = Array(prefix.utf8)
        guard (1...Self.prefixMax).contains(bytes.count), bytes.allSatisfy(Self.isPart) else { return nil }
        self.prefix = prefix
        self.bytes = bytes
    }

    /// The name of an order.
    package func text(_ order: OrderID) -> String { "\(prefix)_\(String(order.raw, radix: 16))" }

    /// The order of a name; nil when it is not one of ours.
    package func order(_ name: UnsafeBufferPointer<UInt8>) -> OrderID? {
        let start = bytes.count + 1
        guard (start + 1...start + 16).contains(name.count), name[bytes.count] == UInt8(ascii: "_"),
            name.starts(with: bytes)
        else { return nil }
        // One way to write a number: another name would be another order.
        guard name[start] != UInt8(ascii: "0") else { return nil }
        var raw: UInt64 = 0
        for index in start..<name.count {
            guard let digit = Self.digit(name[index]) else { return nil }
            raw = raw << 4 | UInt64(digit)
        }
        return OrderID(raw: raw)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }

    private static func isPart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
