import Journal
import MarketModel
import Quantities

/// Writes a record file: events in the order of their times, then `finish()`.
///
/// The file appears under its name only then, complete and on the disk; a writer that is dropped before
/// leaves nothing. After an error the writer is of no more use.
package struct RecordFileWriter: ~Copyable {
    /// Records that are written at a time: 256 KiB.
    private static let batch = 4_096

    private let path: String
    private var file: OutputFile
    private var header: RecordFileHeader
    private let headerByteCount: Int
    private let scales: [RecordScale]
    private var buffer: [MarketRecord] = []
    private var written = 0

    /// Begins a file of these markets, which must have distinct names.
    package init(_ path: String, _ markets: [RecordMarket]) throws(RecordingError) {
        self.path = path
        header = RecordFileHeader(markets: markets)
        headerByteCount = header.encoded().count
        scales = markets.map(\.scale)
        buffer.reserveCapacity(Self.batch)
        do throws(FileError) {
            file = try OutputFile(path)
        } catch {
            throw .file(error)
        }
    }

    /// How many events were taken.
    package var count: UInt64 { header.recordCount }

    /// Takes an event.
    package mutating func append(_ event: MarketEvent) throws(RecordingError) {
        let record: MarketRecord
        do throws(RecordFault) {
            record = try self.record(event)
        } catch {
            throw .unwritable(path: path, record: header.recordCount, fault: error)
        }
        buffer.append(record)
        if header.recordCount == 0 { header.firstAt = record.receivedAt }
        header.recordCount += 1
        header.lastAt = record.receivedAt
        if buffer.count == Self.batch { try flush() }
    }

    /// Completes the file.
    package mutating func finish() throws(RecordingError) {
        try flush()
        let bytes = header.encoded()
        do throws(FileError) {
            try file.write(bytes.span.bytes, at: 0)
            try file.complete()
        } catch {
            throw .file(error)
        }
    }

    private func record(_ event: MarketEvent) throws(RecordFault) -> MarketRecord {
        guard header.recordCount == 0 || event.receivedAt >= header.lastAt else {
            throw .timeBackwards
        }
        if case .connection(let change) = event { return MarketRecord(change) }
        let index = event.marketIndex
        guard Int(index) < scales.count else { throw .unknownMarket(index) }
        do throws(RecordScaleError) {
            return try MarketRecord(event, scales[Int(index)])
        } catch {
            throw .scale(error)
        }
    }

    private mutating func flush() throws(RecordingError) {
        do throws(FileError) {
            try file.write(
                buffer.span.bytes, at: headerByteCount + written * MarketRecord.byteCount)
        } catch {
            throw .file(error)
        }
        written += buffer.count
        buffer.removeAll(keepingCapacity: true)
    }
}

extension MarketEvent {
    /// The index of the event's market; 0 for a connection, which has none.
    fileprivate var marketIndex: UInt16 {
        switch self {
        case .quote(let event): event.market.index
        case .trade(let event): event.market.index
        case .level(let event): event.market.index
        case .reset(let event): event.market.index
        case .ticker(let event): event.market.index
        case .optionMark(let event): event.market.index
        case .connection: 0
        }
    }
}
