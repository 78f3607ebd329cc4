import CZlib

/// Decompresses the messages of one direction of a permessage-deflate connection (RFC 7692, section 7.2.2).
///
/// The window is carried from message to message unless the handshake says otherwise, also over a final
/// deflate block, which some peers end their messages with.
struct Inflater: ~Copyable {
    /// On the heap because zlib remembers its address.
    private let stream: UnsafeMutablePointer<z_stream>
    private let windowBits: Int32
    private let keepsContext: Bool
    /// Whether all that was decompressed ends with a block.
    private var hasEndedBlock = false
    /// A short message with its tail behind it.
    private var short = WireBuffer(capacity: Self.shortMax + 4)

    /// Longer messages are decompressed where they lie, and their tails apart from them.
    private static let shortMax = 1_024
    /// What a compressor leaves out at the end of a message.
    private static let tail: UInt32 = UInt32(bigEndian: 0x0000_FFFF)

    /// - Parameter windowBits: of the peer's compressor. zlib's decompressor takes at least 9, which reads
    ///   what was written with 8.
    init(windowBits: Int, keepsContext: Bool) {
        self.windowBits = Int32(max(9, windowBits))
        self.keepsContext = keepsContext
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let result = czlib_inflate_init(stream, -self.windowBits)
        precondition(result == Z_OK, "zlib has memory for a decompressor")
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Decompresses a piece of a message and appends what comes out, up to `max` bytes in the output.
    mutating func add(
        _ piece: UnsafeRawBufferPointer, to output: inout WireBuffer, max: Int
    ) throws(WebSocketFault) {
        guard let base = piece.baseAddress, piece.count > 0 else { return }
        // zlib does not write to its input.
        stream.pointee.next_in = UnsafeMutablePointer(
            mutating: base.assumingMemoryBound(to: UInt8.self))
        var left = piece.count
        while true {
            let offered = min(left, Int(UInt32.max))
            stream.pointee.avail_in = UInt32(offered)
            try run(&output, max)
            left -= offered
            guard left > 0 else { return }
        }
    }

    /// Decompresses a whole message, as `add` and `finish` would.
    mutating func addWhole(
        _ message: UnsafeRawBufferPointer, to output: inout WireBuffer, max: Int
    ) throws(WebSocketFault) {
        guard message.count <= Self.shortMax else {
            try add(message, to: &output, max: max)
            try finish(&output, max: max)
            return
        }
        // Copying so few bytes is cheaper than calling zlib a second time.
        short.removeAll()
        short.append(message)
        putTail()
        try add(short.bytes, to: &output, max: max)
        try endMessage()
    }

    /// Ends a message: the four bytes that its compressor left out are put back.
    mutating func finish(_ output: inout WireBuffer, max: Int) throws(WebSocketFault) {
        short.removeAll()
        putTail()
        try add(short.bytes, to: &output, max: max)
        try endMessage()
    }

    private mutating func putTail() {
        let memory = short.room(4)
        memory.storeBytes(of: Self.tail, as: UInt32.self)
        short.commit(4)
    }

    private mutating func endMessage() throws(WebSocketFault) {
        // Anything else was cut off.
        guard hasEndedBlock else { throw WebSocketFault(.badDeflate) }
        if !keepsContext { inflateReset(stream) }
    }

    private mutating func run(_ output: inout WireBuffer, _ max: Int) throws(WebSocketFault) {
        while true {
            // One byte more than may come out, to tell too much from just enough.
            let allowed = max - output.count + 1
            let wish = Swift.max(512, Int(stream.pointee.avail_in) * 4)
            let memory = output.room(min(wish, allowed))
            let room = min(memory.count, allowed, Int(UInt32.max))
            stream.pointee.next_out = memory.baseAddress?.assumingMemoryBound(to: UInt8.self)
            stream.pointee.avail_out = UInt32(room)
            let result = inflate(stream, Z_SYNC_FLUSH)
            // Bit 7 tells that a block has ended. A call that finds nothing to do takes it away.
            let isBehindBlock = stream.pointee.data_type & 128 != 0
            hasEndedBlock = isBehindBlock || (hasEndedBlock && result == Z_BUF_ERROR)
            output.commit(room - Int(stream.pointee.avail_out))
            if output.count > max { throw WebSocketFault(.messageTooLong) }
            switch result {
            case Z_OK: break
            case Z_BUF_ERROR:
                // No progress was possible: everything that is there was used.
                if stream.pointee.avail_out > 0 { return }
            case Z_STREAM_END: try startOver()
            default: throw WebSocketFault(.badDeflate)
            }
            if stream.pointee.avail_in == 0, stream.pointee.avail_out > 0 { return }
        }
    }

    /// Goes on behind a final block, with the window as it was.
    private mutating func startOver() throws(WebSocketFault) {
        var size: UInt32 = 0
        let window = UnsafeMutablePointer<UInt8>.allocate(capacity: 1 << 15)
        defer { window.deallocate() }
        let isSound =
            inflateGetDictionary(stream, window, &size) == Z_OK && inflateReset(stream) == Z_OK
            && inflateSetDictionary(stream, window, size) == Z_OK
        if !isSound { throw WebSocketFault(.badDeflate) }
    }
}
