/// The digests that venues sign with.
package enum Digest: Sendable {
    /// 16 bytes. Signs the requests of CoinEx v1; broken for all that asks more of it than that.
    case md5
    /// 32 bytes.
    case sha256

    /// Bytes of a digest.
    package var size: Int {
        switch self {
        case .md5: 16
        case .sha256: 32
        }
    }

    /// The longest digest, in bytes.
    package static let sizeMax = 32
}

/// Bytes as hexadecimal digits.
package enum Hexadecimal {
    package enum Letters: Sendable {
        case upper
        case lower
    }

    /// The two digits of a byte, the higher first.
    @inline(__always)
    package static func digits(of byte: UInt8, _ letters: Letters) -> (UInt8, UInt8) {
        (digit(byte >> 4, letters), digit(byte & 0xF, letters))
    }

    package static func text(_ bytes: UnsafeRawBufferPointer, _ letters: Letters) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            let (high, low) = digits(of: byte, letters)
            text.append(high)
            text.append(low)
        }
        return String(decoding: text, as: UTF8.self)
    }

    @inline(__always)
    private static func digit(_ nibble: UInt8, _ letters: Letters) -> UInt8 {
        if nibble < 10 { return UInt8(ascii: "0") + nibble }
        switch letters {
        case .upper: return UInt8(ascii: "A") + nibble - 10
        case .lower: return UInt8(ascii: "a") + nibble - 10
        }
    }
}
