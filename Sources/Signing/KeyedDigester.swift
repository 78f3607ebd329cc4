import COpenSSL

/// HMAC-SHA256 (RFC 2104) with one key, for one message after another, without memory of its own beside the value.
///
/// Of the key nothing is kept but what the two digests of each message begin with: the states behind the key's block.
/// The key cannot be had from them, but signatures can be made with them: so they stand where keys do
/// (`SecretMemory`). OpenSSL's own HMAC keeps a copy of the key where a core dump has it.
public struct KeyedDigester: ~Copyable {
    /// What the inner digest begins with, what the outer one begins with, and the one at work.
    private let states: UnsafeMutablePointer<SHA256_CTX>

    private static let statesBytes = 3 * MemoryLayout<SHA256_CTX>.stride

    /// Bytes of one block of SHA-256.
    private static let blockSize = 64

    package init(_ key: borrowing Secret) {
        states = SecretMemory.take(Self.statesBytes).bindMemory(to: SHA256_CTX.self, capacity: 3)
        states.initialize(repeating: SHA256_CTX(), count: 3)
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
            Self.begin(innerStart, block)
            for index in block.indices { block[index] ^= 0x36 ^ 0x5C }
            Self.begin(outerStart, block)
            OPENSSL_cleanse(block.baseAddress, block.count)
        }
        atWork.update(from: innerStart, count: 1)
    }

    deinit { SecretMemory.giveBack(states, Self.statesBytes) }

    private var innerStart: UnsafeMutablePointer<SHA256_CTX> { states }
    private var outerStart: UnsafeMutablePointer<SHA256_CTX> { states + 1 }
    private var atWork: UnsafeMutablePointer<SHA256_CTX> { states + 2 }

    private static func begin(
        _ state: UnsafeMutablePointer<SHA256_CTX>, _ block: UnsafeMutableRawBufferPointer
    ) {
        let isBegun =
            SHA256_Init(state) == 1 && SHA256_Update(state, block.baseAddress, block.count) == 1
        precondition(isBegun, "a digest can be begun")
    }

    /// Adds bytes to the message.
    package mutating func add(_ bytes: UnsafeRawBufferPointer) {
        precondition(SHA256_Update(atWork, bytes.baseAddress, bytes.count) == 1, "HMAC takes any bytes")
    }

    package mutating func add(_ text: StaticString) {
        add(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Lends the 32 bytes for the message, and begins anew with the same key.
    package mutating func finish<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Digest.sizeMax) { room in
            var isDone = SHA256_Final(room.baseAddress, atWork) == 1
            atWork.update(from: outerStart, count: 1)
            isDone =
                isDone && SHA256_Update(atWork, room.baseAddress, room.count) == 1
                && SHA256_Final(room.baseAddress, atWork) == 1
            precondition(isDone, "a digest that was begun can be finished")
            atWork.update(from: innerStart, count: 1)
            return body(UnsafeRawBufferPointer(room))
        }
    }
}
