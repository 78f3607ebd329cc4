import COpenSSL

/// HMAC-SHA256 (RFC 2104) with one key, for one message after another.
public struct KeyedDigester: ~Copyable {
    private let algorithm: OpaquePointer
    private let context: OpaquePointer

    package init(_ key: borrowing Secret) {
        guard let algorithm = EVP_MAC_fetch(nil, "HMAC", nil), let context = EVP_MAC_CTX_new(algorithm) else {
            preconditionFailure("the system's OpenSSL has HMAC")
        }
        self.algorithm = algorithm
        self.context = context
        let isKeyed = "SHA256".withCString { name in
            var parameters = [
                OSSL_PARAM_construct_utf8_string(
                    OSSL_MAC_PARAM_DIGEST, UnsafeMutablePointer(mutating: name), 0),
                OSSL_PARAM_construct_end(),
            ]
            return key.withBytes { bytes in
                // An empty key is given as an address all the same: without one the old key would stay.
                let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
                return EVP_MAC_init(context, start, bytes.count, &parameters)
            }
        }
        precondition(isKeyed == 1, "HMAC-SHA256 takes any key")
    }

    deinit {
        EVP_MAC_CTX_free(context)
        EVP_MAC_free(algorithm)
    }

    /// Adds bytes to the message.
    package mutating func add(_ bytes: UnsafeRawBufferPointer) {
        let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
        precondition(EVP_MAC_update(context, start, bytes.count) == 1, "HMAC takes any bytes")
    }

    package mutating func add(_ text: StaticString) {
        add(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Lends the 32 bytes for the message, and begins anew with the same key.
    package mutating func finish<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        let result = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Digest.sizeMax) { room in
            var size = 0
            let isDone = EVP_MAC_final(context, room.baseAddress, &size, room.count)
            precondition(isDone == 1 && size == Digest.sizeMax, "HMAC-SHA256 has 32 bytes")
            return body(UnsafeRawBufferPointer(room))
        }
        precondition(EVP_MAC_init(context, nil, 0, nil) == 1, "a keyed context can begin anew")
        return result
    }
}
