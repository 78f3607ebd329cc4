/// Which side of a WebSocket connection we are: clients mask what they send, servers do not.
public enum WebSocketRole: BitwiseCopyable, Sendable {
    case client
    case server
}

/// What a message or a control frame is (RFC 6455, section 11.8).
public enum WebSocketOpcode: UInt8, BitwiseCopyable, Sendable {
    case continuation = 0x0
    case text = 0x1
    case binary = 0x2
    case close = 0x8
    case ping = 0x9
    case pong = 0xA

    @inlinable package var isControl: Bool { rawValue & 0x8 != 0 }
}

/// What is in front of a frame's payload (RFC 6455, section 5.2).
public struct WebSocketFrameHeader: Equatable, BitwiseCopyable, Sendable {
    /// The longest header: two bytes, an eight-byte length and a masking key.
    @inlinable package static var bytesMax: Int { 14 }
    /// The longest payload of a control frame.
    @inlinable package static var controlPayloadMax: Int { 125 }

    @usableFromInline var isFinal: Bool
    /// RSV1: the first frame of a compressed message.
    @usableFromInline var isCompressed: Bool
    @usableFromInline var opcode: WebSocketOpcode
    @usableFromInline var length: Int
    /// In the order of the wire in memory; nil when the payload is not masked.
    @usableFromInline var mask: UInt32?

    @inlinable
    init(isFinal: Bool, isCompressed: Bool, opcode: WebSocketOpcode, length: Int, mask: UInt32?) {
        self.isFinal = isFinal
        self.isCompressed = isCompressed
        self.opcode = opcode
        self.length = length
        self.mask = mask
    }
}

extension WebSocketFrameHeader {
    /// Reads a header and says how many bytes it took; nil when more bytes are needed.
    ///
    /// Fails at the first byte that no valid header can have, without waiting for the rest.
    @inlinable
    static func read(_ bytes: UnsafeRawBufferPointer) throws(WebSocketFault) -> (Self, size: Int)? {
        guard bytes.count >= 1 else { return nil }
        let first = bytes[0]
        guard first & 0x30 == 0 else { throw WebSocketFault(.reservedBits) }
        guard let opcode = WebSocketOpcode(rawValue: first & 0x0F) else {
            throw WebSocketFault(.unknownOpcode)
        }
        let isFinal = first & 0x80 != 0
        if opcode.isControl {
            guard isFinal else { throw WebSocketFault(.fragmentedControl) }
            guard first & 0x40 == 0 else { throw WebSocketFault(.reservedBits) }
        }
        guard bytes.count >= 2 else { return nil }
        let second = bytes[1]
        var length = Int(second & 0x7F)
        var size = 2
        if opcode.isControl, length > controlPayloadMax { throw WebSocketFault(.longControl) }
        if length == 126 {
            guard bytes.count >= 4 else { return nil }
            length = Int(UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2, as: UInt16.self)))
            guard length > 125 else { throw WebSocketFault(.lengthNotMinimal) }
            size = 4
        } else if length == 127 {
            guard bytes.count >= 10 else { return nil }
            let long = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 2, as: UInt64.self))
            guard long <= UInt64(Int.max) else { throw WebSocketFault(.lengthOverflow) }
            guard long > UInt64(UInt16.max) else { throw WebSocketFault(.lengthNotMinimal) }
            length = Int(long)
            size = 10
        }
        var mask: UInt32?
        if second & 0x80 != 0 {
            guard bytes.count >= size + 4 else { return nil }
            mask = bytes.loadUnaligned(fromByteOffset: size, as: UInt32.self)
            size += 4
        }
        let header = WebSocketFrameHeader(
            isFinal: isFinal, isCompressed: first & 0x40 != 0, opcode: opcode, length: length, mask: mask)
        return (header, size)
    }

    /// Writes the header.
    @inlinable
    func write(into buffer: inout WireBuffer) {
        let memory = buffer.room(Self.bytesMax)
        memory[0] = (isFinal ? 0x80 : 0) | (isCompressed ? 0x40 : 0) | opcode.rawValue
        let maskBit: UInt8 = mask == nil ? 0 : 0x80
        var size = 2
        if length <= 125 {
            memory[1] = maskBit | UInt8(length)
        } else if length <= Int(UInt16.max) {
            memory[1] = maskBit | 126
            memory.storeBytes(of: UInt16(length).bigEndian, toByteOffset: 2, as: UInt16.self)
            size = 4
        } else {
            memory[1] = maskBit | 127
            memory.storeBytes(of: UInt64(length).bigEndian, toByteOffset: 2, as: UInt64.self)
            size = 10
        }
        if let mask {
            memory.storeBytes(of: mask, toByteOffset: size, as: UInt32.self)
            size += 4
        }
        buffer.commit(size)
    }
}

/// The exclusive or of a payload with its masking key (RFC 6455, section 5.3).
@usableFromInline
enum WebSocketMask {
    /// Masks or unmasks in place. `offset` is how many bytes of the payload came before.
    @inlinable
    static func apply(_ key: UInt32, offset: Int, to bytes: UnsafeMutableRawBufferPointer) {
        guard let base = bytes.baseAddress else { return }
        // The key as it stands at the first byte: its bytes are in wire order, the machine is little-endian.
        let shift = UInt32((offset & 3) * 8)
        let rotated = shift == 0 ? key : key >> shift | key << (32 - shift)
        let wide = UInt64(rotated) << 32 | UInt64(rotated)
        var index = 0
        while index + 8 <= bytes.count {
            let word = (base + index).loadUnaligned(as: UInt64.self) ^ wide
            base.storeBytes(of: word, toByteOffset: index, as: UInt64.self)
            index += 8
        }
        while index < bytes.count {
            let byte = UInt8(truncatingIfNeeded: rotated >> UInt32((index & 3) * 8))
            base.storeBytes(
                of: base.load(fromByteOffset: index, as: UInt8.self) ^ byte, toByteOffset: index,
                as: UInt8.self)
            index += 1
        }
    }
}
