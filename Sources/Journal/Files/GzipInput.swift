import CZlib
import Glibc

/// The bytes of a plain or gzip file, one after the other.
///
/// The form is told by the first two bytes, not by the name. A gzip file may have several members
/// and zeros after the last one, as the gzip program has it; anything else behind a member is
/// corrupt data.
package struct GzipInput: ~Copyable {
    /// Where the reader stands in the file.
    private enum Position {
        /// Before the first byte. Can transition to: `inMember` when a gzip header begins the file,
        /// `plain` otherwise.
        case atStart
        /// In a file that is not compressed.
        case plain
        /// Inside a gzip member. Can transition to: `afterMember` when its checksum was right.
        case inMember
        /// Behind a complete member. Can transition to: `inMember` when another one begins,
        /// `inPadding` when a zero follows.
        case afterMember
        /// Among the zeros behind the last member: only zeros may follow.
        case inPadding
    }

    private static let inputBytes = 64 << 10

    private let file: OpenFile
    private let input: UnsafeMutableRawBufferPointer
    /// On the heap because zlib remembers its address.
    private let stream: UnsafeMutablePointer<z_stream>
    private var position = Position.atStart
    /// Bytes taken from the file so far, including those not yet used.
    private var bytesRead = 0
    /// A fault found behind good bytes: thrown when those have been taken.
    private var pendingFault: LineReaderError.Reason?

    package init(path: String) throws(LineReaderError.Reason) {
        file = try Self.open(path)
        input = .allocate(byteCount: Self.inputBytes, alignment: 16)
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    }

    private static func open(_ path: String) throws(LineReaderError.Reason) -> OpenFile {
        do throws(FileError) {
            return try OpenFile(path, O_RDONLY)
        } catch {
            throw .file(error)
        }
    }

    deinit {
        // Without effect on a stream that was never begun.
        inflateEnd(stream)
        stream.deallocate()
        input.deallocate()
    }

    /// How much of the file has been used, in bytes as stored.
    package var fileOffset: Int { bytesRead - Int(stream.pointee.avail_in) }

    /// Fills the front of `target`, which is not empty; 0 is the end of the data.
    package mutating func read(
        into target: UnsafeMutableRawBufferPointer
    ) throws(LineReaderError.Reason) -> Int {
        while true {
            if let pendingFault { throw pendingFault }
            if position == .atStart { try begin() }
            if stream.pointee.avail_in == 0, try !refill() {
                switch position {
                case .atStart, .plain, .afterMember, .inPadding: return 0
                case .inMember: throw .truncated
                }
            }
            switch position {
            case .atStart, .plain:
                return copy(into: target)
            case .inMember:
                let count = try inflate(into: target)
                if count > 0 { return count }
            case .afterMember:
                if stream.pointee.next_in[0] == 0 {
                    position = .inPadding
                } else {
                    // What is no member is refused by zlib as an incorrect header.
                    inflateReset(stream)
                    position = .inMember
                }
            case .inPadding:
                guard stream.pointee.next_in[0] == 0 else {
                    throw .corrupt("data after the padding of the last member")
                }
                skip(1)
            }
        }
    }

    /// Tells the form of the file by its first two bytes.
    private mutating func begin() throws(LineReaderError.Reason) {
        while stream.pointee.avail_in < 2, try refill() {}
        guard stream.pointee.avail_in >= 2, input[0] == 0x1F, input[1] == 0x8B else {
            position = .plain
            return
        }
        // 16 for the gzip envelope, 15 for the largest window: this cannot fail but for memory.
        guard czlib_inflate_init(stream, 16 + 15) == Z_OK else { throw .outOfMemory }
        position = .inMember
    }

    private mutating func inflate(
        into target: UnsafeMutableRawBufferPointer
    ) throws(LineReaderError.Reason) -> Int {
        let room = UInt32(clamping: target.count)
        stream.pointee.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = room
        let status = CZlib.inflate(stream, Z_NO_FLUSH)
        let count = Int(room - stream.pointee.avail_out)
        switch status {
        case Z_OK, Z_BUF_ERROR: break
        case Z_STREAM_END: position = .afterMember
        case Z_MEM_ERROR: throw .outOfMemory
        default:
            let detail = stream.pointee.msg.map { String(cString: $0) } ?? "zlib status \(status)"
            pendingFault = .corrupt(detail)
        }
        return count
    }

    private mutating func copy(into target: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(target.count, Int(stream.pointee.avail_in))
        target.baseAddress?.copyMemory(from: stream.pointee.next_in, byteCount: count)
        skip(count)
        return count
    }

    /// Goes on behind bytes that have been used. Works on the pointer alone: under the thread sanitizer the
    /// compiler cannot place a change in place through a pointer that a noncopyable value holds.
    private func skip(_ count: Int) {
        let stream = stream
        stream.pointee.next_in += count
        stream.pointee.avail_in -= UInt32(count)
    }

    /// Reads on behind the bytes that are still unused (none but at the start); false at the end.
    private mutating func refill() throws(LineReaderError.Reason) -> Bool {
        let kept = Int(stream.pointee.avail_in)
        let free = UnsafeMutableRawBufferPointer(rebasing: input[kept...])
        let count: Int
        do throws(FileError) {
            count = try file.read(into: free)
        } catch {
            throw .file(error)
        }
        stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_in = UInt32(kept + count)
        bytesRead += count
        return count > 0
    }
}
