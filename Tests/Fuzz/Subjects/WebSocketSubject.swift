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
        let whole = hear([bytes])
        for pieces in FuzzPieces.cuts(of: bytes) {
            let cut = hear(pieces)
            if cut != whole { return "whole: \(whole)\ncut: \(cut)" }
        }
        for line in whole where line.count > Self.messageMax * 3 + 32 { return "a message is too long" }
        return nil
    }

    /// What was heard, a line each, and the fault at the end.
    private func hear(_ pieces: [[UInt8]]) -> [String] {
        var reader = WebSocketReader(role, deflate: deflate, messageMax: Self.messageMax)
        var input = WireBuffer(capacity: 16)
        var heard: [String] = []
        for piece in pieces {
            piece.withUnsafeBytes { input.append($0) }
            do throws(WebSocketFault) {
                while let line = Self.line(try reader.next(&input)) {
                    heard.append(line)
                    // Behind a close nothing is read.
                    if line.hasPrefix("close") { return heard }
                }
            } catch {
                return heard + ["\(error.kind)"]
            }
        }
        return heard
    }

    private static func line(_ event: WebSocketReader.Event) -> String? {
        switch event {
        case .incomplete: nil
        case .text(let bytes): String(validating: bytes, as: UTF8.self).map { "text \($0)" } ?? "no UTF-8"
        case .binary(let bytes): "binary \(Array(bytes))"
        case .ping(let bytes): "ping \(Array(bytes))"
        case .pong(let bytes): "pong \(Array(bytes))"
        case .close(let code, let reason): "close \(code) \(Array(reason))"
        }
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
                start == 0 ? (first & 8 == 0 ? 0x1 : 0x2) : 0x0, Array(payload[start..<end]), isFinal: isFinal,
                isCompressed: start == 0)
            start = end
        } while start < payload.count
        wire += FrameSeeds.frame(0x1, [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00], isCompressed: true)
        return WebSocketSubject(.client, .fuzzed).finding(wire)
    }
}
