import WireCodecs

extension DeflateParameters {
    static let fuzzed = DeflateParameters()
}

/// A WebSocket reader that gets anything.
struct WebSocketSubject {
    /// Small, so that what is too long is soon found.
    static let messageMax = 2_048

    private let role: WebSocketRole
    private let deflate: DeflateParameters?

    init(_ role: WebSocketRole, _ deflate: DeflateParameters?) {
        self.role = role
        self.deflate = deflate
    }

    func finding(_ bytes: [UInt8]) -> String? {
        let whole = hear(bytes, .whole(bytes))
        for pieces in FuzzPieces.cuts(of: bytes) {
            let cut = hear(bytes, pieces)
            if cut != whole { return "whole: \(whole)\ncut: \(cut)" }
        }
        return whole.problem
    }

    private struct Heard: Equatable {
        /// Of each event a letter, then its bytes.
        var events: [UInt8] = []
        var fault: WebSocketFault?
        var problem: String?

        mutating func add(_ letter: Unicode.Scalar, _ bytes: UnsafeRawBufferPointer) {
            events.append(UInt8(ascii: letter))
            events += bytes
            if bytes.count > WebSocketSubject.messageMax { problem = "a message of \(bytes.count) bytes" }
        }
    }

    private func hear(_ bytes: [UInt8], _ pieces: FuzzPieces) -> Heard {
        var reader = WebSocketReader(role, deflate: deflate, messageMax: Self.messageMax)
        var input = WireBuffer(capacity: 16)
        var heard = Heard()
        for piece in pieces {
            bytes.withUnsafeBytes { input.append(UnsafeRawBufferPointer(rebasing: $0[piece])) }
            do throws(WebSocketFault) {
                var isWaiting = false
                while !isWaiting {
                    switch try reader.next(&input) {
                    case .incomplete: isWaiting = true
                    case .text(let bytes):
                        heard.add("t", bytes)
                        if String(validating: bytes, as: UTF8.self) == nil { heard.problem = "no UTF-8" }
                    case .binary(let bytes): heard.add("b", bytes)
                    case .ping(let bytes): heard.add("i", bytes)
                    case .pong(let bytes): heard.add("o", bytes)
                    case .close(let code, let reason):
                        heard.add("c", reason)
                        heard.events += [UInt8(code >> 8), UInt8(truncatingIfNeeded: code)]
                        // Behind a close nothing is read.
                        return heard
                    }
                }
            } catch {
                heard.fault = error
                return heard
            }
        }
        return heard
    }
}

/// Compressed messages: the input without the frames around it, so that all of it reaches the decompressor.
enum InflateSubject {
    static func finding(_ bytes: [UInt8]) -> String? {
        guard let first = bytes.first else { return nil }
        // As a message in one frame, or in as many frames as the first byte says; then the next message.
        let payload = Array(bytes.dropFirst())
        let size = max(1, payload.count / (Int(first & 7) + 1))
        var wire: [UInt8] = []
        var start = 0
        repeat {
            let end = min(payload.count, start + size)
            let isFinal = end == payload.count
            wire += FrameSeeds.frame(
                start == 0 ? (first & 8 == 0 ? 0x1 : 0x2) : 0x0, Array(payload[start..<end]),
                isFinal: isFinal,
                isCompressed: start == 0)
            start = end
        } while start < payload.count
        wire += FrameSeeds.frame(0x1, [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00], isCompressed: true)
        return WebSocketSubject(.client, .fuzzed).finding(wire)
    }
}
