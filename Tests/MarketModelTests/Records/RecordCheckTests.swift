import MarketModel
import Quantities
import Testing

struct RecordCheckTests {
    static func record(
        kind: MarketRecord.Kind = .trade, flags: UInt8 = 0, market: UInt16 = 0, detail: UInt32 = 0,
        at: Int64
    ) -> MarketRecord {
        MarketRecord(
            kindCode: kind.rawValue, flags: flags, marketIndex: market, detail: detail,
            venueTime: .distantPast, receivedAt: Instant(nanoseconds: at))
    }

    /// Checks records received at 10, 20 and 30 with another one in the middle.
    static func check(_ middle: MarketRecord) throws {
        let header = RecordFileHeader(
            markets: [RecordFileHeaderTests.market("A")], recordCount: 3,
            firstAt: Instant(nanoseconds: 10), lastAt: Instant(nanoseconds: 30))
        let records = [record(at: 10), middle, record(at: 30)]
        try records.withUnsafeBufferPointer { try header.check($0) }
    }

    @Test(arguments: [
        record(at: 20), record(at: 10), record(at: 30), record(flags: 1, at: 20),
        record(kind: .level, flags: 3, at: 20), record(kind: .quote, at: 20),
        record(kind: .ticker, at: 20), record(kind: .reset, detail: 5, at: 20),
        record(kind: .connection, detail: 3, at: 20),
    ])
    func `sound records pass`(record: MarketRecord) throws {
        try Self.check(record)
    }

    @Test(arguments: [
        (record(market: 1, at: 20), RecordFormatError.unknownMarket(record: 1, index: 1)),
        (record(flags: 2, at: 20), .malformedRecord(1)),
        (record(detail: 1, at: 20), .malformedRecord(1)),
        (record(kind: .quote, flags: 1, at: 20), .malformedRecord(1)),
        (record(kind: .level, flags: 4, at: 20), .malformedRecord(1)),
        (record(kind: .reset, detail: 0, at: 20), .malformedRecord(1)),
        (record(kind: .reset, detail: 6, at: 20), .malformedRecord(1)),
        (record(kind: .connection, detail: 4, at: 20), .malformedRecord(1)),
        (record(kind: .connection, market: 1, detail: 1, at: 20), .malformedRecord(1)),
        (record(at: 9), .timeBackwards(record: 1)), (record(at: 31), .timeBackwards(record: 1)),
        (
            MarketRecord(
                kindCode: 77, venueTime: .distantPast, receivedAt: Instant(nanoseconds: 20)),
            .unknownKind(record: 1, code: 77)
        ),
    ])
    func `a record that cannot be is pointed at`(record: MarketRecord, error: RecordFormatError) {
        #expect(throws: error) { try Self.check(record) }
    }

    @Test(arguments: [(11, 30, 0), (10, 31, 2), (10, 29, 2)])
    func `the times of the header are those of the records`(first: Int64, last: Int64, record: Int) {
        let header = RecordFileHeader(
            markets: [RecordFileHeaderTests.market("A")], recordCount: 3,
            firstAt: Instant(nanoseconds: first), lastAt: Instant(nanoseconds: last))
        let records = [10, 20, 30].map { Self.record(at: $0) }
        #expect(throws: RecordFormatError.timeBackwards(record: record)) {
            try records.withUnsafeBufferPointer { try header.check($0) }
        }
    }
}
