import CZlib

/// Compresses the messages of one direction of a permessage-deflate connection (RFC 7692, section 7.2.1).
struct Deflater: ~Copyable {
    /// On the heap because zlib remembers its address.
    private let stream: UnsafeMutablePointer<z_stream>
    private let keepsContext: Bool
    private var output: WireBuffer

    /// - Parameters:
    ///   - windowBits: 8 to 15. zlib has no raw deflate with 8: then only runs of equal bytes are sought,
    ///     which reach back one byte, and so fit a window of any size.
    ///   - level: 1 fastest to 9 smallest.
    init(windowBits: Int, keepsContext: Bool, level: Int) {
        self.keepsContext = keepsContext
        output = WireBuffer(capacity: 1_024)
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let bits = Int32(max(9, windowBits))
        let result =
            windowBits < 9
            ? czlib_deflate_init_runs(stream, Int32(level), -bits, 8)
            : czlib_deflate_init(stream, Int32(level), -bits, 8)
        precondition(result == Z_OK, "zlib has memory for a compressor")
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// The compressed message, valid until the next one.
    mutating func compress(_ message: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        output.removeAll(keeping: 1 << 20)
        // A flush with nothing to flush writes nothing: an empty message is one empty block.
        guard let base = message.baseAddress, message.count > 0 else {
            output.append(0x00)
            return output.bytes
        }
        stream.pointee.next_in = UnsafeMutablePointer(mutating: base.assumingMemoryBound(to: UInt8.self))
        var left = message.count
        repeat {
            let offered = min(left, Int(UInt32.max))
            left -= offered
            stream.pointee.avail_in = UInt32(offered)
            run(left == 0 ? Z_SYNC_FLUSH : Z_NO_FLUSH)
        } while left > 0
        if !keepsContext { deflateReset(stream) }
        // The flush ends with an empty block, of which the last four bytes are left out.
        return UnsafeRawBufferPointer(rebasing: output.bytes[..<(output.count - 4)])
    }

    private mutating func run(_ flush: Int32) {
        repeat {
            let memory = output.room(Int(stream.pointee.avail_in) / 2 + 64)
            let room = min(memory.count, Int(UInt32.max))
            stream.pointee.next_out = memory.baseAddress?.assumingMemoryBound(to: UInt8.self)
            stream.pointee.avail_out = UInt32(room)
            let result = deflate(stream, flush)
            precondition(result == Z_OK || result == Z_BUF_ERROR, "a compressor with room makes progress")
            output.commit(room - Int(stream.pointee.avail_out))
        } while stream.pointee.avail_out == 0
    }
}
