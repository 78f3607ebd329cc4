import CZlib

/// permessage-deflate as another side would have it, on zlib alone: strict about the windows that were agreed on.
final class ForeignDeflate {
    struct Terms: Sendable, CustomStringConvertible {
        var serverForgets = false
        var clientForgets = false
        var serverBits: Int?
        /// Nil where it is absent; 0 where it is named without a value.
        var clientBits: Int?

        var description: String {
            var text = "permessage-deflate"
            if serverForgets { text += "; server_no_context_takeover" }
            if clientForgets { text += "; client_no_context_takeover" }
            if let serverBits { text += "; server_max_window_bits=\(serverBits)" }
            if let clientBits {
                text += "; client_max_window_bits" + (clientBits == 0 ? "" : "=\(clientBits)")
            }
            return text
        }
    }

    private let outward = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private let inward = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private let forgetsOutward: Bool
    private let forgetsInward: Bool

    /// - Parameter isClient: whether this side is the client.
    init(_ terms: Terms, isClient: Bool) {
        let client = (terms.clientForgets, terms.clientBits.flatMap { $0 == 0 ? nil : $0 } ?? 15)
        let server = (terms.serverForgets, terms.serverBits ?? 15)
        let (own, other) = isClient ? (client, server) : (server, client)
        (forgetsOutward, forgetsInward) = (own.0, other.0)
        outward.initialize(to: z_stream())
        inward.initialize(to: z_stream())
        // zlib compresses with no window of 8 bits: then nothing is looked for, only stored.
        let result = czlib_deflate_init(outward, own.1 < 9 ? 0 : 6, -Int32(max(9, own.1)), 8)
        precondition(result == Z_OK && czlib_inflate_init(inward, -Int32(other.1)) == Z_OK)
    }

    deinit {
        deflateEnd(outward)
        inflateEnd(inward)
        outward.deallocate()
        inward.deallocate()
    }

    /// A message as the frame that says it.
    func packed(_ message: RawFrame) -> RawFrame {
        var frame = message
        frame.reserved = 4
        frame.payload = []
        var input = message.payload
        var memory = [UInt8](repeating: 0, count: 64 << 10)
        input.withUnsafeMutableBufferPointer { input in
            outward.pointee.next_in = input.baseAddress
            outward.pointee.avail_in = UInt32(input.count)
            repeat {
                memory.withUnsafeMutableBufferPointer {
                    outward.pointee.next_out = $0.baseAddress
                    outward.pointee.avail_out = UInt32($0.count)
                    deflate(outward, Z_SYNC_FLUSH)
                }
                frame.payload += memory[..<(memory.count - Int(outward.pointee.avail_out))]
            } while outward.pointee.avail_out == 0
        }
        if frame.payload.count >= 4 { frame.payload.removeLast(4) }
        if frame.payload.isEmpty { frame.payload = [0] }
        if forgetsOutward { deflateReset(outward) }
        return frame
    }

    /// What a frame says; nil when it reaches beyond the window or is nothing.
    func unpacked(_ frame: RawFrame) -> RawFrame? {
        guard frame.reserved == 4, frame.isFinal else { return nil }
        var message = frame
        message.reserved = 0
        message.payload = []
        var input = frame.payload + [0, 0, 0xFF, 0xFF]
        var memory = [UInt8](repeating: 0, count: 64 << 10)
        let isGood = input.withUnsafeMutableBufferPointer { input in
            inward.pointee.next_in = input.baseAddress
            inward.pointee.avail_in = UInt32(input.count)
            repeat {
                let result = memory.withUnsafeMutableBufferPointer {
                    inward.pointee.next_out = $0.baseAddress
                    inward.pointee.avail_out = UInt32($0.count)
                    return inflate(inward, Z_SYNC_FLUSH)
                }
                guard result == Z_OK || result == Z_BUF_ERROR else { return false }
                message.payload += memory[..<(memory.count - Int(inward.pointee.avail_out))]
            } while inward.pointee.avail_in > 0 || inward.pointee.avail_out == 0
            return true
        }
        if forgetsInward { inflateReset(inward) }
        return isGood ? message : nil
    }
}
