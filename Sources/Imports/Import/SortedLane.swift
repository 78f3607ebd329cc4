import Glibc
import Journal
import MarketModel
import Quantities
import Recordings

/// Where the events of a lane come from.
protocol EventStream: AnyObject {
    func next() throws(ImportError) -> MarketEvent?
}

extension LaneReader: EventStream {}

/// The events of a lane whose tables are out of order, in order.
///
/// They are sorted by time of receipt, market, number and place in the tables: in memory as many at a time as the
/// settings say, and where there are more, in a file without a name beside the target, from which the sorted runs
/// are merged. So memory is bounded and the disk holds 72 bytes per event for as long as it takes.
final class SortedLane: EventStream {
    /// Runs that are merged at a time; with half a million rows each, two thousand million rows.
    static let runsMax = 4_096

    /// An event with its place in the tables.
    struct Row: BitwiseCopyable {
        var record: MarketRecord
        var place: UInt64

        /// - Parameter usesNumbers: whether numbers of trades and quotes count beside their times.
        func isBefore(_ other: Row, usesNumbers: Bool) -> Bool {
            if record.receivedAt != other.record.receivedAt {
                return record.receivedAt < other.record.receivedAt
            }
            guard usesNumbers else { return place < other.place }
            if record.marketIndex != other.record.marketIndex {
                return record.marketIndex < other.record.marketIndex
            }
            if record.sequence != other.record.sequence { return record.sequence < other.record.sequence }
            return place < other.place
        }
    }

    private let scales: [RecordScale]
    private let usesNumbers: Bool
    private var file: SpoolFile?
    private var runs: [RunReader] = []
    /// The heads of the runs that are not over, as a heap.
    private var heap: [(row: Row, run: Int)] = []

    /// Reads the lane to its end.
    init(
        _ source: LaneReader, usesNumbers: Bool, _ scales: [RecordScale], rowsMax: Int, target: String
    ) throws(ImportError) {
        self.scales = scales
        self.usesNumbers = usesNumbers
        var rows: [Row] = []
        var place: UInt64 = 0
        var runSizes: [Int] = []
        while let event = try source.next() {
            if rows.count == rowsMax {
                guard runSizes.count < Self.runsMax - 1 else {
                    throw .tooManyRows(limit: Self.runsMax * rowsMax)
                }
                if file == nil { file = try SpoolFile(beside: target) }
                Self.sort(&rows, usesNumbers)
                try file?.append(rows)
                runSizes.append(rows.count)
                rows.removeAll(keepingCapacity: true)
            }
            rows.append(Row(record: try Self.record(event, scales), place: place))
            place += 1
        }
        Self.sort(&rows, usesNumbers)
        var start = 0
        for size in runSizes {
            runs.append(RunReader(stored: start..<(start + size)))
            start += size
        }
        runs.append(RunReader(inMemory: rows))
        for index in runs.indices {
            if let row = try runs[index].next(file) { push(row, index) }
        }
    }

    func next() throws(ImportError) -> MarketEvent? {
        guard let first = heap.first else { return nil }
        if let row = try runs[first.run].next(file) {
            heap[0].row = row
        } else if heap.count == 1 {
            heap = []
        } else {
            heap[0] = heap.removeLast()
        }
        sink()
        let index = Int(first.row.record.marketIndex)
        return first.row.record.event(scales[index])
    }

    private static func sort(_ rows: inout [Row], _ usesNumbers: Bool) {
        rows.sort { $0.isBefore($1, usesNumbers: usesNumbers) }
    }

    private static func record(_ event: MarketEvent, _ scales: [RecordScale]) throws(ImportError)
        -> MarketRecord
    {
        let index = event.numbered.map { Int($0.market.index) } ?? 0
        do throws(RecordScaleError) {
            return try MarketRecord(event, scales[index])
        } catch {
            throw .target(.unwritable(path: "the sorted rows", record: 0, fault: .scale(error)))
        }
    }

    // MARK: The heap

    private func push(_ row: Row, _ run: Int) {
        heap.append((row, run))
        var index = heap.count - 1
        while index > 0 {
            let parent = (index - 1) / 2
            guard heap[index].row.isBefore(heap[parent].row, usesNumbers: usesNumbers) else { return }
            heap.swapAt(index, parent)
            index = parent
        }
    }

    private func sink() {
        var index = 0
        while true {
            var least = index
            for child in [2 * index + 1, 2 * index + 2] where child < heap.count {
                if heap[child].row.isBefore(heap[least].row, usesNumbers: usesNumbers) { least = child }
            }
            if least == index { return }
            heap.swapAt(index, least)
            index = least
        }
    }
}

/// The rows of one sorted run, in memory or in pieces from the spool.
private struct RunReader {
    private static let pieceRows = 1_024

    private var rows: [SortedLane.Row]
    private var position = 0
    private var stored: Range<Int>

    init(inMemory rows: [SortedLane.Row]) {
        self.rows = rows
        stored = 0..<0
    }

    init(stored: Range<Int>) {
        rows = []
        self.stored = stored
    }

    mutating func next(_ file: SpoolFile?) throws(ImportError) -> SortedLane.Row? {
        if position == rows.count {
            guard !stored.isEmpty, let spool = file else { return nil }
            let piece = stored.prefix(Self.pieceRows)
            rows = try spool.rows(piece)
            stored = piece.upperBound..<stored.upperBound
            position = 0
        }
        position += 1
        return rows[position - 1]
    }
}

/// Rows on the disk, in a file that is gone when this is, whatever becomes of the program.
private final class SpoolFile {
    private let path: String
    private let descriptor: Int32
    private var count = 0

    init(beside target: String) throws(ImportError) {
        path = target + ".sorting"
        descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .file(FileError(.create, path, code: errno)) }
        unlink(path)
    }

    deinit { close(descriptor) }

    func append(_ rows: [SortedLane.Row]) throws(ImportError) {
        let failure = rows.withUnsafeBytes { bytes -> Int32? in
            var done = 0
            while done < bytes.count {
                let written = pwrite(
                    descriptor, bytes.baseAddress! + done, bytes.count - done,
                    count * MemoryLayout<SortedLane.Row>.stride + done)
                if written > 0 {
                    done += written
                } else if written == 0 || errno != EINTR {
                    return written == 0 ? EIO : errno
                }
            }
            return nil
        }
        if let failure { throw .file(FileError(.write, path, code: failure)) }
        count += rows.count
    }

    func rows(_ range: Range<Int>) throws(ImportError) -> [SortedLane.Row] {
        var failure: Int32?
        let stride = MemoryLayout<SortedLane.Row>.stride
        let rows = [SortedLane.Row](unsafeUninitializedCapacity: range.count) { room, count in
            var done = 0
            let wanted = range.count * stride
            while done < wanted {
                let got = pread(
                    descriptor, UnsafeMutableRawPointer(room.baseAddress!) + done, wanted - done,
                    range.lowerBound * stride + done)
                if got > 0 {
                    done += got
                } else if got == 0 || errno != EINTR {
                    failure = got == 0 ? EIO : errno
                    return
                }
            }
            count = range.count
        }
        if let failure { throw .file(FileError(.read, path, code: failure)) }
        return rows
    }
}
