import MarketModel
import Quantities
import Testing

struct RecordFileHeaderTests {
    static func market(_ name: String) -> RecordMarket {
        RecordMarket(
            name: name, base: "ABC", quote: "XYZ", priceDecimals: 2, quantityDecimals: 12,
            tick: Price(raw: 10_000_000_000), lot: Quantity(raw: 1))
    }

    static func decode(
        _ bytes: [UInt8]
    ) throws(RecordFormatError) -> (header: RecordFileHeader, byteCount: Int) {
        try bytes.span.bytes.withUnsafeBytes { bytes throws(RecordFormatError) in
            try RecordFileHeader.decode(bytes)
        }
    }

    @Test(arguments: [
        [], ["ABCXYZ"], ["A", "BB", String(repeating: "C", count: 255)],
        (0..<MarketID.marketsMax).map { "M\($0)" },
    ])
    func `a header comes back as it went in`(names: [String]) throws {
        let header = RecordFileHeader(
            markets: names.map(Self.market), recordCount: 12_345,
            firstAt: Instant(nanoseconds: -5), lastAt: .distantFuture)
        let bytes = header.encoded()
        #expect(bytes.count % MarketRecord.byteCount == 0)
        let decoded = try Self.decode(bytes + [1, 2, 3])
        #expect(decoded.header == header)
        #expect(decoded.byteCount == bytes.count)
    }

    @Test func `the table has the markets in the same order`() {
        let header = RecordFileHeader(markets: ["B", "A"].map(Self.market))
        let table = header.table
        #expect(table.markets.map(\.name) == ["B", "A"])
        #expect(table.market(named: "A")?.id == MarketID(1))
        #expect(table[MarketID(0)].rules.tick == header.markets[0].tick)
        #expect(table[MarketID(0)].rules.minimumQuantity == header.markets[0].lot)
    }

    @Test func `a header cut anywhere is refused`() {
        let bytes = RecordFileHeader(markets: ["ABCXYZ", "DEFXYZ"].map(Self.market)).encoded()
        for count in 0..<bytes.count {
            let error: RecordFormatError = count == 0 ? .badMagic : .truncatedHeader
            #expect(throws: error) { try Self.decode(Array(bytes[..<count])) }
        }
    }

    @Test func `every flipped bit is noticed`() {
        let bytes = RecordFileHeader(markets: ["ABCXYZ", "DEFXYZ"].map(Self.market)).encoded()
        for index in bytes.indices {
            for bit in 0..<8 {
                var damaged = bytes
                damaged[index] ^= 1 << UInt8(bit)
                #expect(throws: RecordFormatError.self, "byte \(index), bit \(bit)") {
                    try Self.decode(damaged)
                }
            }
        }
    }

    @Test func `another kind of file and a later version are called by name`() {
        var bytes = RecordFileHeader(markets: []).encoded()
        bytes[8] = 2
        #expect(throws: RecordFormatError.newerVersion(2)) { try Self.decode(bytes) }
        #expect(throws: RecordFormatError.badMagic) {
            try Self.decode(Array("{\"stream\":\"abcxyz@trade\"}".utf8))
        }
    }

    @Test func `two markets of one name are refused`() {
        let bytes = RecordFileHeader(markets: ["A", "B", "A"].map(Self.market)).encoded()
        #expect(throws: RecordFormatError.malformedMarket(2)) { try Self.decode(bytes) }
    }

    @Test(arguments: [(0, 0), (3, 192)])
    func `the right number of bytes is accepted`(count: UInt64, bytes: Int) throws {
        try RecordFileHeader(markets: [], recordCount: count).checkCount(recordBytes: bytes)
    }

    @Test(arguments: [(0, 64), (3, 191), (3, 256), (UInt64.max, 64), (1 << 58, 0)])
    func `a wrong number of bytes is refused`(count: UInt64, bytes: Int) {
        #expect(throws: RecordFormatError.countMismatch(declared: count, bytes: bytes)) {
            try RecordFileHeader(markets: [], recordCount: count).checkCount(recordBytes: bytes)
        }
    }
}
