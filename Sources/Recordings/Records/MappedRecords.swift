import Journal
import MarketModel

/// A record file in memory: mapped, checked, and read without copying.
package final class MappedRecords: Sendable {
    /// How much of the file is checked at opening.
    package enum Checking: Sendable {
        /// The header, and that the file holds the records that it counts.
        case header
        /// Also every record: kind, market, order of time. Reads the whole file once.
        case everyRecord
    }

    package let path: String
    package let header: RecordFileHeader
    private let file: MappedFile
    private let headerByteCount: Int

    package init(_ path: String, checking: Checking = .everyRecord) throws(RecordingError) {
        self.path = path
        do throws(FileError) {
            file = try MappedFile(path)
        } catch {
            throw .file(error)
        }
        do throws(RecordFormatError) {
            (header, headerByteCount) = try RecordFileHeader.decode(file.bytes)
            try header.checkCount(recordBytes: file.bytes.count - headerByteCount)
            switch checking {
            case .header: break
            case .everyRecord: try header.check(records)
            }
        } catch {
            throw .records(path: path, error: error)
        }
    }

    /// The records, valid as long as this object is alive.
    package var records: UnsafeBufferPointer<MarketRecord> {
        // Pages and the header's length are multiples of 64: the records are aligned.
        UnsafeRawBufferPointer(rebasing: file.bytes[headerByteCount...])
            .bindMemory(to: MarketRecord.self)
    }

    /// Calls `body` with the records, which are valid until it returns.
    @inline(__always)
    package func withRecords<Result, Failure: Error>(
        _ body: (Span<MarketRecord>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { extendLifetime(self) }
        return try body(records.span)
    }
}
