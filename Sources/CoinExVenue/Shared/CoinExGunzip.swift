import CZlib
import WireCodecs

/// Unpacks messages that are a gzip member each, into memory that is used again.
///
/// The venue's second generation sends its messages so. A message that is not packed is handed back as it is.
package struct CoinExGunzip: ~Copyable {
    /// The longest message, unpacked; a longer one is refused.
    package static let messageMax = 4 << 20

    /// On the heap because zlib remembers its address.
    private let stream: UnsafeMutablePointer<z_stream>
    private var room: UnsafeMutableBufferPointer<UInt8>

    package init() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // 15 for the largest window, and 16 for gzip around it.
        let result = czlib_inflate_init(stream, 15 + 16)
        precondition(result == Z_OK, "zlib has memory for a decompressor")
        room = .allocate(capacity: 64 << 10)
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        room.deallocate()
    }

    /// Whether a message is packed: no JSON begins like that.
    package static func isPacked(_ message: UnsafeBufferPointer<UInt8>) -> Bool {
        message.count > 2 && message[0] == 0x1F && message[1] == 0x8B
    }

    /// What a message says; nil when it is damaged, cut off, too long, or followed by something.
    ///
    /// Valid until the next message is unpacked.
    package mutating func plain(
        _ message: UnsafeBufferPointer<UInt8>
    ) -> UnsafeBufferPointer<UInt8>? {
        guard Self.isPacked(message) else { return message }
        guard let input = message.baseAddress, message.count <= Self.messageMax else { return nil }
        guard inflateReset(stream) == Z_OK else { return nil }
        // zlib does not write to its input.
        stream.pointee.next_in = UnsafeMutablePointer(mutating: input)
        stream.pointee.avail_in = UInt32(message.count)
        var count = 0
        while true {
            stream.pointee.next_out = room.baseAddress?.advanced(by: count)
            stream.pointee.avail_out = UInt32(room.count - count)
            let result = inflate(stream, Z_FINISH)
            count = room.count - Int(stream.pointee.avail_out)
            if result == Z_STREAM_END { break }
            guard stream.pointee.avail_out == 0, result == Z_OK || result == Z_BUF_ERROR, grow() else {
                return nil
            }
        }
        guard stream.pointee.avail_in == 0 else { return nil }
        return UnsafeBufferPointer(rebasing: room[..<count])
    }

    private mutating func grow() -> Bool {
        guard room.count < Self.messageMax else { return false }
        let larger = UnsafeMutableBufferPointer<UInt8>.allocate(
            capacity: min(2 * room.count, Self.messageMax))
        _ = larger.update(fromContentsOf: room)
        room.deallocate()
        room = larger
        return true
    }
}
