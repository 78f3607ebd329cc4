import CBenchProbe
import Glibc
import MarketModel
import Quantities
import Recordings

/// A record file that lives in memory only, so that no disk takes part in a measurement.
///
/// It is a real file to everybody else: it is opened by a path, mapped and checked, also by a child process.
final class RecordFile {
    static let market = RecordMarket(
        name: "OAKPINE", base: "OAK", quote: "PINE", priceDecimals: 2, quantityDecimals: 5,
        tick: Price(raw: 10_000_000_000), lot: Quantity(raw: 10_000_000))

    let descriptor: Int32
    let mapped: MappedRecords

    /// Writes `count` records, which come in the order of their times.
    init(count: Int, _ next: () -> MarketRecord) throws {
        let descriptor = bench_probe_memory_file()
        guard descriptor >= 0 else { throw BenchError("no file in memory: errno \(errno)") }
        let headerCount = RecordFileHeader(markets: [Self.market]).encoded().count
        var header = RecordFileHeader(markets: [Self.market], recordCount: UInt64(count))
        var batch: [MarketRecord] = []
        var offset = headerCount
        for index in 0..<count {
            let record = next()
            if index == 0 { header.firstAt = record.receivedAt }
            header.lastAt = record.receivedAt
            batch.append(record)
            if batch.count == 16_384 || index == count - 1 {
                try batch.withUnsafeBytes { try Self.write($0, descriptor, at: offset) }
                offset += batch.count * MarketRecord.byteCount
                batch.removeAll(keepingCapacity: true)
            }
        }
        try header.encoded().withUnsafeBytes { try Self.write($0, descriptor, at: 0) }
        self.descriptor = descriptor
        mapped = try MappedRecords(Self.path(of: descriptor))
    }

    /// Maps the file that an ancestor process made.
    init(inherited descriptor: Int32) throws {
        self.descriptor = descriptor
        mapped = try MappedRecords(Self.path(of: descriptor))
    }

    var count: Int { mapped.records.count }

    private static func path(of descriptor: Int32) -> String { "/proc/self/fd/\(descriptor)" }

    private static func write(_ bytes: UnsafeRawBufferPointer, _ descriptor: Int32, at offset: Int) throws {
        var written = 0
        while written < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
            let count = pwrite(descriptor, rest.baseAddress, rest.count, offset + written)
            guard count > 0 else { throw BenchError("no room for the records: errno \(errno)") }
            written += count
        }
    }
}
