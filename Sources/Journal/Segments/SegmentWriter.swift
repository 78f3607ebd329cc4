import CZlib
import Glibc

/// What a writer found that goes on with a log.
package struct SegmentResumption: Equatable, Sendable {
    /// The last segment that was there.
    package var path: String
    package var end: SegmentEnd
    /// The time of its last record; nil where it has none.
    package var lastTime: Int64?
    /// Damage within it.
    package var holes: Int
}

/// Writes a log: records into blocks, blocks into segments.
///
/// Compressing and writing happen on the caller's thread, a block at a time; bringing it to the disk as well, unless a
/// flusher is asked for. After an error the writer is of no more
/// use, and says the same again.
package final class SegmentWriter {
    private let folder: String
    private let name: String
    private let metadata: [UInt8]
    private let settings: SegmentSettings
    private let session: UInt64
    private var file: OpenFile
    private var segment: UInt64
    private var seed: UInt32
    private var fileBytes: Int
    private var segmentStart: Int64
    private var sequence: UInt64 = 0
    private var block: UnsafeMutableRawBufferPointer
    private var used = 0
    private var recordsInBlock: UInt32 = 0
    private var firstTime: Int64 = 0
    private var lastTime: Int64 = 0
    private var stored: UnsafeMutableRawBufferPointer
    private let deflater: UnsafeMutablePointer<z_stream>
    private var unsyncedSince: Int64?
    private var isFlushedElsewhere = false
    private var failure: SegmentError?

    /// What was there before; nil when the log is new.
    package let resumed: SegmentResumption?
    package private(set) var records = 0
    /// Bytes of records, and bytes that they take on the disk.
    package private(set) var recordBytes = 0
    package private(set) var storedBytes = 0

    /// Begins a session of a log.
    ///
    /// - Parameters:
    ///   - folder: is made where it is missing.
    ///   - metadata: what stands in every segment's header, at most `SegmentFormat.metadataBytesMax`.
    ///   - now: also names the session.
    package init(
        folder: String, name: String, metadata: [UInt8], settings: SegmentSettings = SegmentSettings(),
        at now: Int64
    ) throws(SegmentError) {
        precondition(metadata.count <= SegmentFormat.metadataBytesMax, "metadata fit into a header")
        self.folder = folder
        self.name = name
        self.metadata = metadata
        self.settings = settings
        session = UInt64(bitPattern: now)
        do throws(FileError) {
            try FolderTree.make(folder)
            let last = try SegmentFolder.last(of: name, in: folder)
            if let last { try Self.checkUnused(last.path) }
            segment = (last?.number ?? 0) + 1
            let opened = try Self.create(folder, name, segment, session, metadata)
            try synchronizeDirectory(of: opened.file.path)
            (seed, fileBytes) = (opened.seed, opened.bytes)
            file = opened.file
            resumed = last.flatMap { Self.resumption($0.path) }
        } catch {
            throw error.operation == .lock ? .inUse(path: error.path) : .file(error)
        }
        segmentStart = now
        storedBytes = fileBytes
        block = .allocate(byteCount: settings.blockBytes, alignment: 16)
        stored = .allocate(byteCount: Int(compressBound(UInt(settings.blockBytes))), alignment: 16)
        deflater = .allocate(capacity: 1)
        deflater.initialize(to: z_stream())
        let status = czlib_deflate_init(deflater, settings.level, 15, 8)
        precondition(status == Z_OK, "there is memory for a compressor")
    }

    deinit {
        block.deallocate()
        stored.deallocate()
        deflateEnd(deflater)
        deflater.deallocate()
    }

    /// The path of the segment that is being written.
    package var path: String { file.path }
    package var segmentNumber: UInt64 { segment }

    /// When `advance` has something to do; nil when nothing waits.
    package var nextDue: Int64? {
        var due: Int64?
        if recordsInBlock > 0 { due = firstTime &+ settings.blockAge }
        if let unsyncedSince, !isFlushedElsewhere {
            due = min(due ?? .max, unsyncedSince &+ settings.syncEvery)
        }
        return due
    }

    /// Takes a record; times that go back are kept as they are.
    package func append(
        kind: UInt8, channel: UInt32, time: Int64, _ bytes: UnsafeRawBufferPointer
    ) throws(SegmentError) {
        precondition(
            kind < SegmentFormat.ownKinds && channel <= SegmentFormat.channelMax, "a kind of the caller's")
        try put(kind, channel, time, bytes)
        records += 1
        recordBytes += bytes.count
        if used >= settings.blockBytes - SegmentFormat.recordHeaderBytes
            || time >= firstTime &+ settings.blockAge
        {
            try guarded { () throws(FileError) in try seal() }
        }
        if fileBytes >= settings.segmentBytes || time >= segmentStart &+ settings.segmentAge {
            try guarded { () throws(FileError) in try rotate(at: time) }
        }
    }

    /// The time has come to this: what waited for long enough is written, and brought to the disk.
    package func advance(to now: Int64) throws(SegmentError) {
        try guarded { () throws(FileError) in
            if recordsInBlock > 0, now >= firstTime &+ settings.blockAge { try seal() }
            if let since = unsyncedSince, !isFlushedElsewhere, now >= since &+ settings.syncEvery {
                try file.synchronizeData()
                unsyncedSince = nil
            }
        }
    }

    /// What brings the present segment to the disk from another thread; from here on that is left to whoever has it.
    ///
    /// The next segment needs another one. Segments that end are brought to the disk by the writer.
    package func flusher() throws(SegmentError) -> SegmentFlusher {
        isFlushedElsewhere = true
        do throws(FileError) {
            return SegmentFlusher(try OpenFile(duplicating: file))
        } catch {
            throw .file(error)
        }
    }

    /// Ends the log in good order.
    package func close(at now: Int64) throws(SegmentError) {
        try put(SegmentFormat.closedKind, 0, now, UnsafeRawBufferPointer(start: nil, count: 0))
        try guarded { () throws(FileError) in
            try seal()
            try file.synchronizeData()
        }
    }

    private func guarded(_ body: () throws(FileError) -> Void) throws(SegmentError) {
        if let failure { throw failure }
        do throws(FileError) {
            try body()
        } catch {
            failure = .file(error)
            throw .file(error)
        }
    }
}

// MARK: - Blocks

extension SegmentWriter {
    private func put(
        _ kind: UInt8, _ channel: UInt32, _ time: Int64, _ bytes: UnsafeRawBufferPointer
    ) throws(SegmentError) {
        let size = SegmentFormat.recordHeaderBytes + bytes.count
        precondition(bytes.count <= SegmentFormat.recordBytesMax, "a record is not larger than may be")
        if used + size > block.count {
            try guarded { () throws(FileError) in
                if recordsInBlock > 0 { try seal() }
            }
            if size > block.count { grow(to: size) }
        }
        if recordsInBlock == 0 { firstTime = time }
        lastTime = time
        block.storeBytes(of: time.littleEndian, toByteOffset: used, as: Int64.self)
        block.storeBytes(of: UInt32(bytes.count).littleEndian, toByteOffset: used + 8, as: UInt32.self)
        block.storeBytes(
            of: (channel | UInt32(kind) << 24).littleEndian, toByteOffset: used + 12, as: UInt32.self)
        if let base = bytes.baseAddress {
            block.baseAddress?.advanced(by: used + SegmentFormat.recordHeaderBytes)
                .copyMemory(from: base, byteCount: bytes.count)
        }
        used += size
        recordsInBlock += 1
    }

    /// Makes room for a record that is larger than a block.
    private func grow(to size: Int) {
        block.deallocate()
        stored.deallocate()
        block = .allocate(byteCount: size, alignment: 16)
        stored = .allocate(byteCount: Int(compressBound(UInt(size))), alignment: 16)
    }

    /// Compresses and writes the records that wait.
    private func seal() throws(FileError) {
        guard recordsInBlock > 0 else { return }
        let raw = UnsafeRawBufferPointer(rebasing: block[..<used])
        let compressed = compress(raw)
        let payload = compressed < used ? UnsafeRawBufferPointer(rebasing: stored[..<compressed]) : raw
        sequence += 1
        var head: [UInt8] = []
        head.reserveCapacity(SegmentFormat.blockHeaderBytes + payload.count)
        head.append(littleEndian: SegmentFormat.blockMarker)
        head.append(littleEndian: UInt32(payload.count))
        head.append(littleEndian: UInt32(used))
        head.append(littleEndian: recordsInBlock)
        head.append(littleEndian: sequence)
        head.append(littleEndian: firstTime)
        head.append(littleEndian: lastTime)
        let headChecksum = head.withUnsafeBytes { TapeFormat.checksum($0, from: seed) }
        head.append(littleEndian: TapeFormat.checksum(payload, from: headChecksum))
        head.append(contentsOf: payload)
        try file.write(head.span.bytes)
        fileBytes += head.count
        storedBytes += head.count
        if unsyncedSince == nil { unsyncedSince = lastTime }
        used = 0
        recordsInBlock = 0
    }

    private func compress(_ raw: UnsafeRawBufferPointer) -> Int {
        deflateReset(deflater)
        deflater.pointee.next_in = UnsafeMutablePointer(
            mutating: raw.baseAddress?.assumingMemoryBound(to: UInt8.self))
        deflater.pointee.avail_in = UInt32(raw.count)
        deflater.pointee.next_out = stored.baseAddress?.assumingMemoryBound(to: UInt8.self)
        deflater.pointee.avail_out = UInt32(stored.count)
        let status = deflate(deflater, Z_FINISH)
        // Where it does not fit, it is stored as it is.
        return status == Z_STREAM_END ? stored.count - Int(deflater.pointee.avail_out) : .max
    }
}

// MARK: - Segments

extension SegmentWriter {
    /// Goes on in a new segment; the one before is brought to the disk.
    private func rotate(at now: Int64) throws(FileError) {
        do throws(SegmentError) {
            try put(SegmentFormat.continuedKind, 0, now, UnsafeRawBufferPointer(start: nil, count: 0))
        } catch {
            if case .file(let error) = error { throw error }
        }
        try seal()
        try file.synchronizeData()
        segment += 1
        let opened = try Self.create(folder, name, segment, session, metadata)
        try synchronizeDirectory(of: opened.file.path)
        (seed, fileBytes) = (opened.seed, opened.bytes)
        file = opened.file
        storedBytes += fileBytes
        segmentStart = now
        unsyncedSince = nil
    }

    /// A segment that has its header.
    private struct Opened: ~Copyable {
        let file: OpenFile
        let seed: UInt32
        let bytes: Int
    }

    private static func create(
        _ folder: String, _ name: String, _ segment: UInt64, _ session: UInt64, _ metadata: [UInt8]
    ) throws(FileError) -> Opened {
        let path = "\(folder)/\(SegmentFormat.fileName(name, segment))"
        let file = try OpenFile(path, O_WRONLY | O_CREAT | O_EXCL, permissions: 0o644, as: .create)
        try file.lock()
        var head: [UInt8] = []
        head.append(littleEndian: SegmentFormat.magic)
        head.append(littleEndian: SegmentFormat.version)
        head.append(littleEndian: UInt32(metadata.count))
        head.append(littleEndian: session)
        head.append(littleEndian: segment)
        head += metadata
        let seed = head.withUnsafeBytes { TapeFormat.checksum($0, from: 0) }
        head.append(littleEndian: seed)
        try file.write(head.span.bytes)
        return Opened(file: file, seed: seed, bytes: head.count)
    }

    /// Throws with `lock` when a process writes to the segment.
    private static func checkUnused(_ path: String) throws(FileError) {
        try OpenFile(path, O_RDONLY).lock()
    }

    /// How the log ended; nil where not even the header of its last segment can be read.
    private static func resumption(_ path: String) -> SegmentResumption? {
        guard let reader = try? SegmentReader(path) else {
            return SegmentResumption(path: path, end: .torn(bytes: 0), lastTime: nil, holes: 0)
        }
        var lastTime: Int64?
        while let record = reader.next() { lastTime = record.time }
        return SegmentResumption(
            path: path, end: reader.end ?? .torn(bytes: 0), lastTime: lastTime, holes: reader.holes)
    }
}

extension [UInt8] {
    fileprivate mutating func append<Number: FixedWidthInteger>(littleEndian number: Number) {
        Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
    }
}
