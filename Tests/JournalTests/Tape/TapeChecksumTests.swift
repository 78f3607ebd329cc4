import Quantities
import Testing

@testable import Journal

struct TapeChecksumTests {
    /// CRC-32 bit by bit, from its definition.
    private func crc(_ bytes: ArraySlice<UInt8>, from seed: UInt32) -> UInt32 {
        var crc = ~seed
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
        return ~crc
    }

    @Test func `The checksum is CRC-32, for every length, place and seed`() {
        var random = SeededRandom(seed: 5)
        let bytes = (0..<1_000).map { _ in UInt8(random.below(256)) }
        for length in 0..<bytes.count {
            let start = random.below(bytes.count - length)
            let part = bytes[start..<start + length]
            let seed = length.isMultiple(of: 3) ? 0 : UInt32(truncatingIfNeeded: random.next())
            let sum = part.withUnsafeBytes { TapeFormat.checksum($0, from: seed) }
            #expect(sum == crc(part, from: seed), "of \(length) bytes from \(start)")
        }
    }

    @Test func `A checksum goes on with what comes behind`() {
        let bytes = (0..<300).map { UInt8(truncatingIfNeeded: $0 * 7) }
        let whole = bytes.withUnsafeBytes { TapeFormat.checksum($0, from: 9) }
        for middle in 0...bytes.count {
            let first = bytes[..<middle].withUnsafeBytes { TapeFormat.checksum($0, from: 9) }
            #expect(bytes[middle...].withUnsafeBytes { TapeFormat.checksum($0, from: first) } == whole)
        }
    }
}
