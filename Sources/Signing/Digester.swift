import COpenSSL

/// Computes one digest after another, without memory of its own beside the value: nothing is allocated.
public struct Digester: ~Copyable {
    package let digest: Digest
    // One of the two is used; both together are 204 bytes.
    private var md5 = MD5_CTX()
    private var sha256 = SHA256_CTX()

    package init(_ digest: Digest) {
        self.digest = digest
        begin()
    }

    /// Adds bytes to what is digested.
    package mutating func add(_ bytes: UnsafeRawBufferPointer) {
        let isAdded =
            switch digest {
            case .md5: MD5_Update(&md5, bytes.baseAddress, bytes.count)
            case .sha256: SHA256_Update(&sha256, bytes.baseAddress, bytes.count)
            }
        precondition(isAdded == 1, "a digest takes any bytes")
    }

    package mutating func add(_ text: StaticString) {
        add(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    package mutating func add(_ secret: borrowing Secret) {
        secret.withBytes { add($0) }
    }

    /// Lends the digest of all that was added, and begins anew.
    package mutating func finish<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        let result = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Digest.sizeMax) { room in
            let isDone =
                switch digest {
                case .md5: MD5_Final(room.baseAddress, &md5)
                case .sha256: SHA256_Final(room.baseAddress, &sha256)
                }
            precondition(isDone == 1, "a digest that was begun can be finished")
            return body(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(room)[..<digest.size]))
        }
        begin()
        return result
    }

    /// Writes the digest of all that was added in hexadecimal digits, and begins anew.
    ///
    /// Apart from `finish`, which is not compiled for what its body returns.
    ///
    /// - Returns: how many digits: two per byte.
    package mutating func finish(
        _ letters: Hexadecimal.Letters, into room: UnsafeMutableRawBufferPointer
    ) -> Int {
        withUnsafeTemporaryAllocation(byteCount: Digest.sizeMax, alignment: 16) { bytes in
            let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
            let isDone =
                switch digest {
                case .md5: MD5_Final(start, &md5)
                case .sha256: SHA256_Final(start, &sha256)
                }
            precondition(isDone == 1, "a digest that was begun can be finished")
            for index in 0..<digest.size {
                (room[2 * index], room[2 * index + 1]) = Hexadecimal.digits(of: bytes[index], letters)
            }
        }
        begin()
        return 2 * digest.size
    }

    private mutating func begin() {
        let isBegun =
            switch digest {
            case .md5: MD5_Init(&md5)
            case .sha256: SHA256_Init(&sha256)
            }
        precondition(isBegun == 1, "a digest can be begun")
    }
}
