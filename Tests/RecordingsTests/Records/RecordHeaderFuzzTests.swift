import CZlib
import MarketModel
import Quantities
import Testing

struct RecordHeaderFuzzTests {
    /// Puts the checksum right, as somebody would who forges a header.
    static func seal(_ bytes: inout [UInt8]) {
        for index in 44..<48 { bytes[index] = 0 }
        let checksum = UInt32(truncatingIfNeeded: crc32(0, bytes, UInt32(bytes.count)))
        for index in 0..<4 { bytes[44 + index] = UInt8(truncatingIfNeeded: checksum >> (8 * index)) }
    }

    static func decode(_ bytes: [UInt8]) throws(RecordFormatError) -> RecordFileHeader {
        try bytes.span.bytes.withUnsafeBytes { bytes throws(RecordFormatError) in
            try RecordFileHeader.decode(bytes).header
        }
    }

    static let sound = RecordFileHeader(
        markets: ["ABCUSDT", "DEFUSDT", "XYZBTC"].map(RecordFileTests.market)
    ).encoded()

    @Test func `the checksum is that of zlib`() throws {
        var bytes = Self.sound
        Self.seal(&bytes)
        #expect(bytes == Self.sound)
    }

    @Test func `forged headers are read or refused, and never end the program`() throws {
        var random = SeededRandom(seed: 5)
        var refused: [String: Int] = [:]
        var accepted = 0
        for _ in 0..<20_000 {
            var bytes = Self.sound
            for _ in 0..<(1 + random.below(3)) {
                bytes[8 + random.below(bytes.count - 8)] = UInt8(random.below(256))
            }
            Self.seal(&bytes)
            do throws(RecordFormatError) {
                let header = try Self.decode(bytes)
                accepted += 1
                #expect(header.table.markets.count == header.markets.count)
            } catch {
                refused[error.description, default: 0] += 1
            }
        }
        #expect(accepted > 1_000)
        for market in 0..<3 {
            let error = RecordFormatError.malformedMarket(market)
            #expect(refused[error.description, default: 0] > 10)
        }
        #expect(refused[RecordFormatError.malformedHeader.description, default: 0] > 10)
    }
}
