import CZlib

/// One record of a log.
package struct SegmentRecord {
    package var kind: UInt8
    package var channel: UInt32
    package var time: Int64
    /// Valid until the next record is read.
    package var bytes: UnsafeBufferPointer<UInt8>
}

/// How a segment ends.
package enum SegmentEnd: Equatable, Sendable {
    /// The log was closed in good order.
    case closed
    /// The log goes on in the next segment.
    case continued
    /// The writer was cut short: this many bytes behind the last good block are of no use.
    case torn(bytes: Int)
}

/// Reads a segment record by record; memory for one block.
package final class SegmentReader {
    package let path: String
    package let metadata: [UInt8]
    /// Which run of the writer it is of, and its number in the log.
    package let session: UInt64
    package let segment: UInt64
    /// Nil until all was read.
    package private(set) var end: SegmentEnd?
    /// Blocks that were damaged or missing.
    package private(set) var holes = 0
    package private(set) var records = 0
    package private(set) var blocks = 0
    /// Whether a hole lies right before the last record.
    package private(set) var isBehindHole = false

    private let file: MappedFile
    private let seed: UInt32
    private var offset: Int
    private var block = SegmentMemory()
    private var position = 0
    private var nextSequence: UInt64?
    private var lastKind: UInt8 = 0

    package init(_ path: String) throws(SegmentError) {
        self.path = path
        do throws(FileError) {
            file = try MappedFile(path)
        } catch {
            throw .file(error)
        }
        let bytes = file.bytes
        guard bytes.count >= 8, bytes.littleEndian(UInt64.self, at: 0) == SegmentFormat.magic else {
            throw .notASegment(path: path)
        }
        guard bytes.count >= SegmentFormat.fileHeaderBytes + SegmentFormat.checksumBytes else {
            throw .damagedHeader(path: path)
        }
        let version = bytes.littleEndian(UInt32.self, at: 8)
        guard version == SegmentFormat.version else {
            throw .unsupportedVersion(path: path, version: version)
        }
        let length = Int(bytes.littleEndian(UInt32.self, at: 12))
        let headEnd = SegmentFormat.fileHeaderBytes + length
        guard length <= SegmentFormat.metadataBytesMax, bytes.count >= headEnd + SegmentFormat.checksumBytes
        else { throw .damagedHeader(path: path) }
        seed = TapeFormat.checksum(UnsafeRawBufferPointer(rebasing: bytes[..<headEnd]), from: 0)
        guard bytes.littleEndian(UInt32.self, at: headEnd) == seed else { throw .damagedHeader(path: path) }
        session = bytes.littleEndian(UInt64.self, at: 16)
        segment = bytes.littleEndian(UInt64.self, at: 24)
        metadata = Array(bytes[SegmentFormat.fileHeaderBytes..<headEnd])
        offset = headEnd + SegmentFormat.checksumBytes
    }

    /// The next record of the caller's own kinds; nil at the end of the segment, which `end` tells of.
    package func next() -> SegmentRecord? {
        isBehindHole = false
        while true {
            while position < block.count {
                guard let record = takeRecord() else { break }
                lastKind = record.kind
                if record.kind < SegmentFormat.ownKinds {
                    records += 1
                    return record
                }
            }
            guard end == nil, readBlock() else { return nil }
        }
    }

    private func takeRecord() -> SegmentRecord? {
        let bytes = block.bytes
        guard position + SegmentFormat.recordHeaderBytes <= bytes.count else {
            position = bytes.count
            return nil
        }
        let length = Int(bytes.littleEndian(UInt32.self, at: position + 8))
        let tag = bytes.littleEndian(UInt32.self, at: position + 12)
        let start = position + SegmentFormat.recordHeaderBytes
        guard length <= bytes.count - start else {
            position = bytes.count
            return nil
        }
        let time = bytes.littleEndian(Int64.self, at: position)
        position = start + length
        let content = UnsafeRawBufferPointer(rebasing: bytes[start..<position])
        return SegmentRecord(
            kind: UInt8(tag >> 24), channel: tag & SegmentFormat.channelMax, time: time,
            bytes: content.assumingMemoryBound(to: UInt8.self))
    }

    /// Reads the next good block; false at the end.
    private func readBlock() -> Bool {
        let start = offset
        while offset < file.bytes.count {
            guard let head = head(at: offset), load(head, at: offset) else {
                offset = nextMarker(behind: offset)
                continue
            }
            if offset > start || nextSequence.map({ $0 != head.sequence }) ?? false {
                holes += 1
                isBehindHole = true
            }
            nextSequence = head.sequence + 1
            offset += SegmentFormat.blockHeaderBytes + head.stored
            blocks += 1
            return true
        }
        switch lastKind {
        case SegmentFormat.closedKind where start == offset: end = .closed
        case SegmentFormat.continuedKind where start == offset: end = .continued
        default: end = .torn(bytes: offset - start)  // open set: kinds of records
        }
        return false
    }

    private struct Head {
        var stored: Int
        var length: Int
        var sequence: UInt64
    }

    /// The header of a block whose bytes are all there and sound.
    private func head(at offset: Int) -> Head? {
        let bytes = file.bytes
        let room = bytes.count - offset
        guard room >= SegmentFormat.blockHeaderBytes,
            bytes.littleEndian(UInt32.self, at: offset) == SegmentFormat.blockMarker
        else { return nil }
        let stored = Int(bytes.littleEndian(UInt32.self, at: offset + 4))
        let length = Int(bytes.littleEndian(UInt32.self, at: offset + 8))
        guard (1...SegmentFormat.blockBytesMax).contains(length), (1...length).contains(stored),
            room - SegmentFormat.blockHeaderBytes >= stored
        else { return nil }
        let payload = offset + SegmentFormat.blockHeaderBytes
        let head = UnsafeRawBufferPointer(
            rebasing: bytes[offset..<offset + SegmentFormat.blockChecksumOffset])
        let content = UnsafeRawBufferPointer(rebasing: bytes[payload..<payload + stored])
        let checksum = TapeFormat.checksum(content, from: TapeFormat.checksum(head, from: seed))
        guard checksum == bytes.littleEndian(UInt32.self, at: offset + SegmentFormat.blockChecksumOffset)
        else {
            return nil
        }
        return Head(
            stored: stored, length: length, sequence: bytes.littleEndian(UInt64.self, at: offset + 16))
    }

    private func load(_ head: Head, at offset: Int) -> Bool {
        let payload = offset + SegmentFormat.blockHeaderBytes
        let stored = UnsafeRawBufferPointer(rebasing: file.bytes[payload..<payload + head.stored])
        position = 0
        return block.load(stored, length: head.length)
    }

    /// Where another block may begin; the end of the file when there is none.
    private func nextMarker(behind offset: Int) -> Int {
        let bytes = file.bytes
        var position = offset + 1
        while position + 4 <= bytes.count {
            if bytes.littleEndian(UInt32.self, at: position) == SegmentFormat.blockMarker,
                head(at: position) != nil
            {
                return position
            }
            position += 1
        }
        return bytes.count
    }
}

/// The memory of one block, used again.
private struct SegmentMemory: ~Copyable {
    private var memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 0, alignment: 16)
    private(set) var count = 0

    deinit { memory.deallocate() }

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: memory[..<count]) }

    /// Takes a payload; false when it cannot be inflated to the length that was said.
    mutating func load(_ stored: UnsafeRawBufferPointer, length: Int) -> Bool {
        count = 0
        if memory.count < length {
            memory.deallocate()
            memory = .allocate(byteCount: length, alignment: 16)
        }
        if stored.count == length {
            memory.copyMemory(from: stored)
        } else {
            var produced = UInt(length)
            let status = uncompress(
                memory.baseAddress?.assumingMemoryBound(to: UInt8.self), &produced,
                stored.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt(stored.count))
            guard status == Z_OK, produced == UInt(length) else { return false }
        }
        count = length
        return true
    }
}
