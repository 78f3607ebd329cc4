import WireCodecs

/// A reader of requests or responses that gets anything.
struct HTTPSubject {
    /// Small, so that what is too long is soon found.
    static let limits = {
        var limits = HTTPLimits(headMax: 512, bodyMax: 1_024)
        limits.targetMax = 256
        limits.fieldsMax = 12
        limits.chunkLineMax = 128
        return limits
    }()

    let isServer: Bool

    func finding(_ bytes: [UInt8]) -> String? {
        let whole = read(bytes, .whole(bytes))
        for pieces in FuzzPieces.cuts(of: bytes) {
            let cut = read(bytes, pieces)
            if cut != whole { return "whole: \(whole)\ncut: \(cut)" }
        }
        return whole.problem
    }

    private struct Message: Equatable {
        /// Of each event a letter, then its bytes; bodies are joined.
        var events: [UInt8] = []
        var body: [UInt8] = []
        var fault: HTTPFault.Kind?
        var problem: String?

        mutating func add(_ letter: Unicode.Scalar, _ head: borrowing HTTPHead) {
            events.append(UInt8(ascii: letter))
            var size = head.method.count + head.target.count + head.reason.count
            events += head.method
            events += head.target
            events += head.reason
            events += [UInt8(truncatingIfNeeded: head.status), head.keepsAlive ? 1 : 0]
            events.append(head.has("websocket", in: "upgrade") ? 1 : 0)
            for index in 0..<head.fieldCount {
                size += head.name(at: index).count + head.value(at: index).count
                events += head.name(at: index)
                events.append(UInt8(ascii: ":"))
                events += head.value(at: index)
            }
            if size > HTTPSubject.limits.headMax { problem = "a head of \(size) bytes" }
        }

        mutating func endBody() {
            events.append(UInt8(ascii: "b"))
            events += body
            if body.count > HTTPSubject.limits.bodyMax { problem = "a body of \(body.count) bytes" }
            body = []
        }
    }

    private func read(_ bytes: [UInt8], _ pieces: FuzzPieces) -> Message {
        var reader = isServer ? HTTPReader.requests(Self.limits) : HTTPReader.responses(Self.limits)
        var input = WireBuffer(capacity: 16)
        var message = Message()
        for piece in pieces {
            bytes.withUnsafeBytes { input.append(UnsafeRawBufferPointer(rebasing: $0[piece])) }
            do throws(HTTPFault) {
                var isWaiting = false
                while !isWaiting {
                    switch try reader.next(&input) {
                    case .incomplete: isWaiting = true
                    case .head: message.add("h", reader.head)
                    case .interim: message.add("i", reader.head)
                    case .body(let bytes): message.body += bytes
                    case .end: message.endBody()
                    case .upgraded:
                        message.events.append(UInt8(ascii: "u"))
                        return message
                    }
                }
            } catch {
                message.fault = error.kind
                return message
            }
        }
        return message
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
