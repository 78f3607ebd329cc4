/// Writes messages and control frames into a buffer: RFC 6455 in either role, with or without deflate.
///
/// A client masks with keys that the caller draws from a good random source: the writer has none.
public struct WebSocketWriter: ~Copyable {
    @usableFromInline let role: WebSocketRole
    var deflater: Deflater?
    @usableFromInline let hasDeflate: Bool

    /// - Parameters:
    ///   - role: ours.
    ///   - deflate: what the handshake negotiated; all messages are then compressed.
    ///   - level: of zlib, 1 fastest to 9 smallest.
    package init(_ role: WebSocketRole, deflate: DeflateParameters? = nil, level: Int = 1) {
        self.role = role
        hasDeflate = deflate != nil
        guard let deflate else { return }
        switch role {
        case .client:
            deflater = Deflater(
                windowBits: deflate.clientWindowBits, keepsContext: !deflate.clientNoContextTakeover,
                level: level)
        case .server:
            deflater = Deflater(
                windowBits: deflate.serverWindowBits, keepsContext: !deflate.serverNoContextTakeover,
                level: level)
        }
    }

    /// Writes a message as one frame.
    ///
    /// - Parameter mask: a fresh random number per frame; a server's frames have none and ignore it.
    @inlinable
    package mutating func write(
        text payload: UnsafeRawBufferPointer, mask: UInt32, into output: inout WireBuffer
    ) {
        write(.text, payload, mask, &output)
    }

    /// As `write(text:)`, for bytes.
    @inlinable
    package mutating func write(
        binary payload: UnsafeRawBufferPointer, mask: UInt32, into output: inout WireBuffer
    ) {
        write(.binary, payload, mask, &output)
    }

    /// Writes a ping with at most 125 bytes of payload.
    package func write(
        ping payload: UnsafeRawBufferPointer, mask: UInt32, into output: inout WireBuffer
    ) {
        writeControl(.ping, payload, mask, &output)
    }

    /// Writes a pong; its payload is that of the ping that it answers.
    package func write(
        pong payload: UnsafeRawBufferPointer, mask: UInt32, into output: inout WireBuffer
    ) {
        writeControl(.pong, payload, mask, &output)
    }

    /// Writes a close frame; the reason is cut to the 123 bytes that fit, between two characters.
    ///
    /// - Parameter code: `WebSocketClose.noCode` writes an empty frame.
    package func write(
        close code: UInt16, reason: String = "", mask: UInt32, into output: inout WireBuffer
    ) {
        var payload: [UInt8] = []
        if code != WebSocketClose.noCode {
            payload = [UInt8(code >> 8), UInt8(truncatingIfNeeded: code)]
            for character in reason.unicodeScalars {
                let bytes = Array(String(character).utf8)
                guard payload.count + bytes.count <= WebSocketFrameHeader.controlPayloadMax else { break }
                payload += bytes
            }
        }
        payload.withUnsafeBytes { writeControl(.close, $0, mask, &output) }
    }

    private func writeControl(
        _ opcode: WebSocketOpcode, _ payload: UnsafeRawBufferPointer, _ mask: UInt32,
        _ output: inout WireBuffer
    ) {
        precondition(
            payload.count <= WebSocketFrameHeader.controlPayloadMax, "a control frame has at most 125 bytes")
        writeFrame(opcode, payload, mask, &output)
    }

    @inlinable
    mutating func write(
        _ opcode: WebSocketOpcode, _ payload: UnsafeRawBufferPointer, _ mask: UInt32,
        _ output: inout WireBuffer
    ) {
        if hasDeflate {
            writeCompressed(opcode, payload, mask, &output)
        } else {
            writeFrame(opcode, payload, mask, &output)
        }
    }

    @inlinable
    func writeFrame(
        _ opcode: WebSocketOpcode, _ payload: UnsafeRawBufferPointer, _ mask: UInt32,
        _ output: inout WireBuffer,
        isCompressed: Bool = false
    ) {
        let mask = role == .client ? mask : nil
        let header = WebSocketFrameHeader(
            isFinal: true, isCompressed: isCompressed, opcode: opcode, length: payload.count, mask: mask)
        header.write(into: &output)
        let memory = output.room(payload.count)
        if let source = payload.baseAddress, let target = memory.baseAddress {
            target.copyMemory(from: source, byteCount: payload.count)
            if let mask {
                let copy = UnsafeMutableRawBufferPointer(start: target, count: payload.count)
                WebSocketMask.apply(mask, offset: 0, to: copy)
            }
        }
        output.commit(payload.count)
    }

    @usableFromInline
    mutating func writeCompressed(
        _ opcode: WebSocketOpcode, _ payload: UnsafeRawBufferPointer, _ mask: UInt32,
        _ output: inout WireBuffer
    ) {
        guard let bytes = deflater?.compress(payload) else { return }
        writeFrame(opcode, bytes, mask, &output, isCompressed: true)
    }
}
