import Signing

/// Checks signatures as the venue does: MD5 over the sorted pairs and the secret, in upper-case digits.
struct FrontSignature: ~Copyable {
    private var digester = Digester(.md5)

    /// Whether the parameters carry this signature.
    mutating func isRight(
        _ signature: UnsafeRawBufferPointer, of parameters: inout FrontParameters, with secret: Secret
    ) -> Bool {
        var isFirst = true
        parameters.inOrderOfNames { name, value in
            if !isFirst { digester.add("&") }
            isFirst = false
            digester.add(UnsafeRawBufferPointer(name))
            digester.add("=")
            digester.add(UnsafeRawBufferPointer(value))
        }
        digester.add("&secret_key=")
        digester.add(secret)
        return digester.finish { Self.isText(signature, of: $0) }
    }

    /// Whether a text is the digest in upper-case hexadecimal digits.
    private static func isText(
        _ text: UnsafeRawBufferPointer, of digest: UnsafeRawBufferPointer
    ) -> Bool {
        guard text.count == digest.count * 2 else { return false }
        var isSame = true
        for index in 0..<digest.count {
            let (high, low) = Hexadecimal.digits(of: digest[index], .upper)
            isSame = isSame && text[index * 2] == high && text[index * 2 + 1] == low
        }
        return isSame
    }
}
