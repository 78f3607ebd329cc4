import Glibc

/// A frame as a test says and hears it, valid or not: nothing is checked.
struct RawFrame: Equatable, Sendable, CustomStringConvertible {
    var isFinal = true
    /// RSV1 to RSV3 as a number, RSV1 being 4.
    var reserved: UInt8 = 0
    var opcode: UInt8
    var payload: [UInt8]

    /// The bytes of the wire.
    ///
    /// - Parameter mask: nil leaves the payload as it is and the mask out.
    func bytes(mask: [UInt8]?) -> [UInt8] {
        var bytes = [(isFinal ? 0x80 : 0) | reserved << 4 | opcode]
        let maskBit: UInt8 = mask == nil ? 0 : 0x80
        switch payload.count {
        case ...125: bytes.append(maskBit | UInt8(payload.count))
        case ...65_535: bytes += [maskBit | 126] + Self.bigEndian(payload.count, 2)
        default: bytes += [maskBit | 127] + Self.bigEndian(payload.count, 8)
        }
        guard let mask else { return bytes + payload }
        bytes += mask
        if mask == [0, 0, 0, 0] { return bytes + payload }
        return bytes + payload.enumerated().map { $1 ^ mask[$0 & 3] }
    }

    static func bigEndian(_ number: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * (count - 1 - $0))) }
    }

    var description: String {
        let name =
            ["continuation", "text", "binary"] + (3...7).map { "data \($0)" } + ["close", "ping", "pong"]
        let kind = opcode < name.count ? name[Int(opcode)] : "control \(opcode)"
        let marks = (isFinal ? "" : " to be continued") + (reserved == 0 ? "" : " rsv \(reserved)")
        if opcode == 8, payload.count >= 2 {
            let code = Int(payload[0]) << 8 | Int(payload[1])
            return "close\(marks) \(code) \(String(decoding: payload[2...], as: UTF8.self))"
        }
        let text = payload.count <= 40 ? String(decoding: payload, as: UTF8.self) : "…"
        return "\(kind)\(marks) (\(payload.count)) \(text)"
    }
}

extension RawFrame {
    static func text(_ text: String, isFinal: Bool = true) -> RawFrame {
        utf8(Array(text.utf8), isFinal: isFinal)
    }
    static func utf8(_ bytes: [UInt8], isFinal: Bool = true) -> RawFrame {
        RawFrame(isFinal: isFinal, opcode: 1, payload: bytes)
    }
    static func binary(_ bytes: [UInt8], isFinal: Bool = true) -> RawFrame {
        RawFrame(isFinal: isFinal, opcode: 2, payload: bytes)
    }
    static func more(_ text: String, isFinal: Bool = false) -> RawFrame {
        more(Array(text.utf8), isFinal: isFinal)
    }
    static func more(_ bytes: [UInt8], isFinal: Bool = false) -> RawFrame {
        RawFrame(isFinal: isFinal, opcode: 0, payload: bytes)
    }
    static func ping(_ payload: String = "") -> RawFrame { RawFrame(opcode: 9, payload: Array(payload.utf8)) }
    static func pong(_ payload: String = "") -> RawFrame {
        RawFrame(opcode: 10, payload: Array(payload.utf8))
    }
    static func close(_ code: Int?, _ reason: String = "") -> RawFrame {
        RawFrame(opcode: 8, payload: (code.map { bigEndian($0, 2) } ?? []) + Array(reason.utf8))
    }

    /// The pieces of a message, each a frame of at most `size` bytes.
    static func fragments(_ message: RawFrame, of size: Int) -> [RawFrame] {
        let starts = Array(stride(from: 0, to: max(1, message.payload.count), by: size))
        return starts.map { start in
            let end = min(message.payload.count, start + size)
            return RawFrame(
                isFinal: end == message.payload.count, reserved: start == 0 ? message.reserved : 0,
                opcode: start == 0 ? message.opcode : 0, payload: Array(message.payload[start..<end]))
        }
    }
}
