import MarketModel
import Quantities
import Signing

/// The fields of a request's head that the second generation signs with; valid during the call.
package struct FrontSignedHead {
    package var key: UnsafeRawBufferPointer
    package var signature: UnsafeRawBufferPointer
    /// Milliseconds since 1970, as they were sent.
    package var timestamp: UnsafeRawBufferPointer
    /// How far the time may be off, in milliseconds; nil is the venue's default.
    package var window: UnsafeRawBufferPointer?

    package init(
        key: UnsafeRawBufferPointer, signature: UnsafeRawBufferPointer, timestamp: UnsafeRawBufferPointer,
        window: UnsafeRawBufferPointer? = nil
    ) {
        self.key = key
        self.signature = signature
        self.timestamp = timestamp
        self.window = window
    }
}

/// Checks signatures of the second generation.
///
/// Both recipes that clients in the field use: HMAC-SHA256 with the secret as its key, and the older one, SHA-256
/// over the text and the secret behind it; in hexadecimal digits of either case.
enum FrontSignatureV2 {
    /// Whether the parts, one behind the other, carry this signature.
    static func isRight(
        _ signature: UnsafeRawBufferPointer, of parts: [UnsafeRawBufferPointer], with secret: Secret
    ) -> Bool {
        var keyed = KeyedDigester(secret)
        for part in parts { keyed.add(part) }
        if keyed.finish({ isText(signature, of: $0) }) { return true }
        var plain = Digester(.sha256)
        for part in parts { plain.add(part) }
        plain.add(secret)
        return plain.finish { isText(signature, of: $0) }
    }

    private static func isText(_ text: UnsafeRawBufferPointer, of digest: UnsafeRawBufferPointer) -> Bool {
        guard text.count == digest.count * 2 else { return false }
        var isSame = true
        for index in 0..<digest.count {
            let (high, low) = Hexadecimal.digits(of: digest[index], .lower)
            // Bit 5 is what letters differ in.
            let (first, second) = (text[index * 2] | 0x20, text[index * 2 + 1] | 0x20)
            isSame = isSame && first == high | 0x20 && second == low | 0x20
        }
        return isSame
    }
}
