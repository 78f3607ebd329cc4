/// A small, fast random source whose whole sequence follows from its seed.
///
/// xoshiro256++, seeded through splitmix64. The only source of randomness below the effects floor:
/// the same seed gives the same run on every machine. Not for keys or tokens.
@frozen public struct SeededRandom: RandomNumberGenerator, BitwiseCopyable, Equatable, Sendable {
    @usableFromInline var s0: UInt64
    @usableFromInline var s1: UInt64
    @usableFromInline var s2: UInt64
    @usableFromInline var s3: UInt64

    public init(seed: UInt64) {
        var x = seed
        func mixed() -> UInt64 {
            x &+= 0x9E37_79B9_7F4A_7C15
            var z = x
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
        s0 = mixed()
        s1 = mixed()
        s2 = mixed()
        s3 = mixed()
    }

    /// A source of its own for a part of the program, independent of how often this one is used.
    public func stream(_ number: UInt64) -> SeededRandom {
        SeededRandom(seed: s0 ^ (number &* 0xD1B5_4A32_D192_ED03) ^ (s3 << 1))
    }

    @inlinable
    public mutating func next() -> UInt64 {
        let sum = s0 &+ s3
        let result = (sum << 23 | sum >> 41) &+ s0
        let t = s1 << 17
        s2 ^= s0
        s3 ^= s1
        s1 ^= s2
        s0 ^= s3
        s2 ^= t
        s3 = s3 << 45 | s3 >> 19
        return result
    }

    /// Uniform in [0, 1), with 53 random bits.
    @inlinable
    public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// Uniform in `0 ..< bound`, without modulo bias. The bound must be positive.
    @inlinable
    public mutating func below(_ bound: Int) -> Int {
        precondition(bound > 0, "a bound is positive")
        let range = UInt64(bound)
        var product = next().multipliedFullWidth(by: range)
        if product.low < range {
            let threshold = (0 &- range) % range
            while product.low < threshold {
                product = next().multipliedFullWidth(by: range)
            }
        }
        return Int(product.high)
    }

    /// Whether an event of the given probability happens.
    @inlinable
    public mutating func chance(_ probability: Double) -> Bool { uniform() < probability }
}
