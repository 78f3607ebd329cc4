import CZlib
import Journal

/// The unpacked bytes of an entry, one after the other; its size and its CRC-32 are checked at the end.
///
/// Memory does not grow with the entry: the archive is mapped, and what is asked for is unpacked.
final class ZipSource: ByteSource {
    private let file: MappedFile
    private let entry: ZipEntry
    /// On the heap because zlib remembers its address.
    private let stream: UnsafeMutablePointer<z_stream>
    private var position: Int
    private var delivered = 0
    private var crc: UInt = 0
    private var isOver = false

    /// - Parameter entry: of the directory of this file.
    init(_ file: MappedFile, _ entry: ZipEntry) throws(SourceFault) {
        self.file = file
        self.entry = entry
        position = entry.range.lowerBound
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // Raw deflate with the largest window: this cannot fail but for memory.
        guard entry.method == .stored || czlib_inflate_init(stream, -15) == Z_OK else {
            throw .zip(.outOfMemory)
        }
    }

    deinit {
        // Without effect on a stream that was never begun.
        inflateEnd(stream)
        stream.deallocate()
    }

    var consumed: Int { position - entry.range.lowerBound }

    func read(into target: UnsafeMutableRawBufferPointer) throws(SourceFault) -> Int {
        if isOver { return 0 }
        let count: Int
        do throws(ZipFault) {
            switch entry.method {
            case .stored: count = copy(into: target)
            case .deflated: count = try inflate(into: target)
            }
            delivered += count
            guard delivered <= entry.size else { throw .wrongSize(entry.name) }
            crc = CZlib.crc32_z(crc, target.baseAddress?.assumingMemoryBound(to: UInt8.self), count)
            if isOver { try checkEnd() }
        } catch {
            throw .zip(error)
        }
        return count
    }

    private func checkEnd() throws(ZipFault) {
        guard delivered == entry.size, position == entry.range.upperBound else {
            throw .wrongSize(entry.name)
        }
        guard UInt32(truncatingIfNeeded: crc) == entry.crc else { throw .wrongChecksum(entry.name) }
    }

    private func copy(into target: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(target.count, entry.range.upperBound - position)
        target.copyMemory(
            from: UnsafeRawBufferPointer(rebasing: file.bytes[position..<(position + count)]))
        position += count
        isOver = position == entry.range.upperBound
        return count
    }

    /// Unpacks until there is something, or nothing more.
    private func inflate(into target: UnsafeMutableRawBufferPointer) throws(ZipFault) -> Int {
        let stream = stream
        let room = UInt32(clamping: target.count)
        stream.pointee.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = room
        while stream.pointee.avail_out == room, !isOver {
            let given = min(entry.range.upperBound - position, 1 << 20)
            let start = file.bytes.baseAddress?.advanced(by: position).assumingMemoryBound(to: UInt8.self)
            stream.pointee.next_in = UnsafeMutablePointer(mutating: start)
            stream.pointee.avail_in = UInt32(given)
            let status = CZlib.inflate(stream, Z_NO_FLUSH)
            position += given - Int(stream.pointee.avail_in)
            switch status {
            case Z_STREAM_END: isOver = true
            case Z_OK, Z_BUF_ERROR:
                let isStuck = given == 0 || stream.pointee.avail_in == UInt32(given)
                if isStuck, stream.pointee.avail_out == room {
                    throw .corrupt(entry.name, detail: "its compressed data end too early")
                }
            case Z_MEM_ERROR: throw .outOfMemory
            default:  // open set: numbers of zlib
                let detail = stream.pointee.msg.map { String(cString: $0) } ?? "zlib status \(status)"
                throw .corrupt(entry.name, detail: detail)
            }
        }
        return Int(room - stream.pointee.avail_out)
    }
}
