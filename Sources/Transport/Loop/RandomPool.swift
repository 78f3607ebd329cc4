import COpenSSL

/// Good random numbers, drawn from OpenSSL by the page: masking keys are one per frame.
package struct RandomPool: ~Copyable {
    private static let poolBytes = 4_096

    private var pool = [UInt32](repeating: 0, count: Self.poolBytes / 4)
    private var used = Self.poolBytes / 4

    package init() {}

    package mutating func next() -> UInt32 {
        if used == pool.count { refill() }
        defer { used += 1 }
        return pool[used]
    }

    /// Bytes for keys and nonces.
    package mutating func bytes(_ count: Int) -> [UInt8] {
        var result: [UInt8] = []
        while result.count < count {
            let word = next()
            for shift in stride(from: UInt32(0), to: 32, by: 8) where result.count < count {
                result.append(UInt8(truncatingIfNeeded: word >> shift))
            }
        }
        return result
    }

    private mutating func refill() {
        let isFilled = pool.withUnsafeMutableBytes { memory in
            RAND_bytes(memory.baseAddress?.assumingMemoryBound(to: UInt8.self), Int32(memory.count))
        }
        precondition(isFilled == 1, "OpenSSL has random bytes")
        used = 0
    }
}
