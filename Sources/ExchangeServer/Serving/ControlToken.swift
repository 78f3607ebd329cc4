import COpenSSL

/// The word without which a running exchange takes no control requests: 256 random bits, new at every start.
package struct ControlToken: Sendable {
    static let bytesCount = 32

    package let text: String

    /// Nil when the system has no random bytes.
    package init?() {
        var bytes = [UInt8](repeating: 0, count: Self.bytesCount)
        guard RAND_bytes(&bytes, Int32(bytes.count)) == 1 else { return nil }
        text = bytes.map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0" + digits : digits
        }.joined()
    }

    /// Whether a header says `Bearer` and the word; takes the same time for every wrong word of its length.
    func isIn(_ authorization: UnsafeRawBufferPointer?) -> Bool {
        let wanted = Array("Bearer \(text)".utf8)
        guard let authorization, authorization.count == wanted.count else { return false }
        return CRYPTO_memcmp(authorization.baseAddress, wanted, wanted.count) == 0
    }
}
