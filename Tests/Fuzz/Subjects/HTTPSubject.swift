import WireCodecs

/// A reader of requests or responses that gets anything.
struct HTTPSubject {
    /// Small, so that what is too long is soon found.
    static let limits = HTTPLimits(headMax: 512, bodyMax: 1_024)

    let isServer: Bool

    func finding(_ bytes: [UInt8]) -> String? {
        let whole = read([bytes])
        for pieces in FuzzPieces.cuts(of: bytes) {
            let cut = read(pieces)
            if cut != whole { return "whole: \(whole)\ncut: \(cut)" }
        }
        for line in whole where line.count > Self.limits.bodyMax * 6 { return "a body is too long" }
        return nil
    }

    /// What was read, a line each, bodies joined, and the fault at the end.
    private func read(_ pieces: [[UInt8]]) -> [String] {
        var reader = isServer ? HTTPReader.requests(Self.limits) : HTTPReader.responses(Self.limits)
        var input = WireBuffer(capacity: 16)
        var lines: [String] = []
        var body: [UInt8] = []
        for piece in pieces {
            piece.withUnsafeBytes { input.append($0) }
            do throws(HTTPFault) {
                var isWaiting = false
                while !isWaiting {
                    switch try reader.next(&input) {
                    case .incomplete: isWaiting = true
                    case .head: lines.append(Self.describe(reader.head))
                    case .interim: lines.append("interim " + Self.describe(reader.head))
                    case .body(let bytes): body += Array(bytes)
                    case .end:
                        lines.append("body \(body)")
                        body = []
                    case .upgraded: return lines + ["upgraded"]
                    }
                }
            } catch {
                return lines + ["body \(body)", "\(error.kind)"]
            }
        }
        return lines + ["body \(body)"]
    }

    private static func describe(_ head: borrowing HTTPHead) -> String {
        func text(_ bytes: UnsafeRawBufferPointer) -> String { String(decoding: bytes, as: UTF8.self) }
        var line = "\(text(head.method)) \(text(head.target)) \(head.status) \(text(head.reason))"
        for index in 0..<head.fieldCount {
            line += " | \(text(head.name(at: index)))=\(text(head.value(at: index)))"
        }
        return line + " keeps alive: \(head.keepsAlive), upgrades: \(head.has("websocket", in: "upgrade"))"
    }
}

/// Messages to begin with.
enum MessageSeeds {
    static let requests = [
        "GET / HTTP/1.1\nHost: a\n\n",
        "POST /order?a=b HTTP/1.1\nHost: a:8080\nContent-Length: 5\n\nhello",
        "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n5;x=y\nhello\n0\nTrailer: t\n\n",
        "GET /s HTTP/1.1\nHost: a\nUpgrade: websocket\nConnection: keep-alive, Upgrade\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\nSec-WebSocket-Version: 13\n\n",
        "GET / HTTP/1.0\nConnection: keep-alive\n\nGET /b HTTP/1.1\nHost: a\nConnection: close\n\n",
    ].map(bytes)

    static let responses = [
        "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello",
        "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\nhello\nA\n0123456789\n0\n\n",
        "HTTP/1.1 100 Continue\n\nHTTP/1.1 204 No Content\n\n",
        "HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\nConnection: Upgrade\n\n",
        "HTTP/1.0 200\nConnection: close\n\nuntil the end",
        "HTTP/1.1 304 Not Modified\nContent-Length: 77\n\nHTTP/1.1 200 OK\nContent-Length: 0\n\n",
    ].map(bytes)

    private static func bytes(_ text: String) -> [UInt8] {
        text.utf8.flatMap { $0 == UInt8(ascii: "\n") ? [0x0D, 0x0A] : [$0] }
    }
}
