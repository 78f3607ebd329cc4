import CZlib

/// Packs messages as a gzip member each, as the second generation's socket sends them.
package struct FrontGzip: ~Copyable {
    /// On the heap because zlib remembers its address.
    private let stream: UnsafeMutablePointer<z_stream>

    package init() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 15 for the largest window, and 16 for gzip around it; the quickest level.
        let result = czlib_deflate_init(stream, 1, 15 + 16, 8)
        precondition(result == Z_OK, "zlib has memory for a compressor")
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    package mutating func pack(_ message: [UInt8]) -> [UInt8] {
        deflateReset(stream)
        let bound = Int(deflateBound(stream, UInt(message.count)))
        return message.withUnsafeBufferPointer { input in
            [UInt8](unsafeUninitializedCapacity: bound) { room, count in
                // zlib does not write to its input.
                stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.pointee.avail_in = UInt32(input.count)
                stream.pointee.next_out = room.baseAddress
                stream.pointee.avail_out = UInt32(bound)
                let result = deflate(stream, Z_FINISH)
                precondition(result == Z_STREAM_END, "what is bounded fits")
                count = bound - Int(stream.pointee.avail_out)
            }
        }
    }
}
