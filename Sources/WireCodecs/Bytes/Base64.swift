/// Base64 with padding (RFC 4648, section 4).
package enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    package static func text(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let rest = bytes.count - start
            let group =
                UInt32(bytes[start]) << 16 | (rest > 1 ? UInt32(bytes[start + 1]) << 8 : 0)
                | (rest > 2 ? UInt32(bytes[start + 2]) : 0)
            for position in 0..<4 {
                let isPadding = position > rest
                let digit = Int(group >> UInt32(18 - 6 * position)) & 63
                text.append(isPadding ? UInt8(ascii: "=") : alphabet[digit])
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// How many bytes a text stands for; nil when it is no Base64 with padding.
    package static func decodedCount(_ text: UnsafeRawBufferPointer) -> Int? {
        guard text.count % 4 == 0 else { return nil }
        var padding = 0
        for index in text.indices.reversed() where text[index] == UInt8(ascii: "=") {
            guard index == text.count - 1 - padding, padding < 2 else { return nil }
            padding += 1
        }
        for byte in text.prefix(text.count - padding) where !alphabet.contains(byte) { return nil }
        return text.count / 4 * 3 - padding
    }
}
