import WireCodecs

/// A frame, written the slow and plain way.
func frame(
    _ opcode: UInt8, _ payload: [UInt8], final: Bool = true, rsv: UInt8 = 0, mask: [UInt8]? = nil
) -> [UInt8] {
    var bytes = [(final ? 0x80 : 0) | rsv << 4 | opcode]
    let maskBit: UInt8 = mask == nil ? 0 : 0x80
    switch payload.count {
    case 0...125: bytes.append(maskBit | UInt8(payload.count))
    case 126...65_535: bytes += [maskBit | 126, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
    default:
        bytes.append(maskBit | 127)
        for shift in stride(from: 56, through: 0, by: -8) {
            bytes.append(UInt8(payload.count >> shift & 255))
        }
    }
    guard let mask else { return bytes + payload }
    return bytes + mask + payload.enumerated().map { $0.element ^ mask[$0.offset % 4] }
}

/// What a reader handed out, copied.
enum Heard: Equatable, Sendable {
    case text([UInt8])
    case binary([UInt8])
    case ping([UInt8])
    case pong([UInt8])
    case close(UInt16, [UInt8])

    /// Nil when the reader needs more.
    init?(_ event: WebSocketReader.Event) {
        switch event {
        case .incomplete: return nil
        case .text(let bytes): self = .text(Array(bytes))
        case .binary(let bytes): self = .binary(Array(bytes))
        case .ping(let bytes): self = .ping(Array(bytes))
        case .pong(let bytes): self = .pong(Array(bytes))
        case .close(let code, let reason): self = .close(code, Array(reason))
        }
    }
}

/// Reads pieces one after the other; stops at the first fault, which is returned with what came before.
func hear(
    _ pieces: [[UInt8]], as role: WebSocketRole, deflate: DeflateParameters? = nil,
    messageMax: Int = WebSocketReader.messageMaxDefault
) -> (heard: [Heard], fault: WebSocketFault?) {
    var reader = WebSocketReader(role, deflate: deflate, messageMax: messageMax)
    var input = WireBuffer(capacity: 16)
    var heard: [Heard] = []
    for piece in pieces {
        input.append(piece)
        do throws(WebSocketFault) {
            while let event = Heard(try reader.next(&input)) { heard.append(event) }
        } catch {
            return (heard, error)
        }
    }
    return (heard, nil)
}
