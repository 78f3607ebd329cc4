import COpenSSL

/// HMAC-SHA256 (RFC 2104) with one key, for one message after another, without memory of its own beside the value.
///
/// Of the key nothing is kept but what the two digests of each message begin with: the states behind the key's block,
/// from which it cannot be had again. OpenSSL's own HMAC keeps a copy of the key where a core dump has it.
public struct KeyedDigester: ~Copyable {
    /// What the inner and the outer digest begin with.
    private var innerStart = SHA256_CTX()
    private var outerStart = SHA256_CTX()
    private var inner = SHA256_CTX()

    /// Bytes of one block of SHA-256.
    private static let blockSize = 64

    package init(_ key: borrowing Secret) {
        withUnsafeTemporaryAllocation(byteCount: Self.blockSize, alignment: 16) { block in
            block.initializeMemory(as: UInt8.self, repeating: 0)
            key.withBytes { bytes in
                if bytes.count > Self.blockSize {
                    SHA256(bytes.baseAddress, bytes.count, block.baseAddress)
                } else {
                    block.copyMemory(from: bytes)
                }
            }
            for index in block.indices { block[index] ^= 0x36 }
            Self.begin(&innerStart, block)
            for index in block.indices { block[index] ^= 0x36 ^ 0x5C }
            Self.begin(&outerStart, block)
            OPENSSL_cleanse(block.baseAddress, block.count)
        }
        inner = innerStart
    }

    private static func begin(_ state: inout SHA256_CTX, _ block: UnsafeMutableRawBufferPointer) {
        let isBegun =
            SHA256_Init(&state) == 1 && SHA256_Update(&state, block.baseAddress, block.count) == 1
        precondition(isBegun, "a digest can be begun")
    }

    /// Adds bytes to the message.
    package mutating func add(_ bytes: UnsafeRawBufferPointer) {
        precondition(SHA256_Update(&inner, bytes.baseAddress, bytes.count) == 1, "HMAC takes any bytes")
    }

    package mutating func add(_ text: StaticString) {
        add(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Lends the 32 bytes for the message, and begins anew with the same key.
    package mutating func finish<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        let result = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Digest.sizeMax) { room in
            var outer = outerStart
            let isDone =
                SHA256_Final(room.baseAddress, &inner) == 1
                && SHA256_Update(&outer, room.baseAddress, room.count) == 1
                && SHA256_Final(room.baseAddress, &outer) == 1
            precondition(isDone, "a digest that was begun can be finished")
            return body(UnsafeRawBufferPointer(room))
        }
        inner = innerStart
        return result
    }
}
