import Testing

@testable import ExchangeServer

/// Bytes that no client should send, on plain sockets: they end their own connection, and nothing else.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct RawFrameTests {
    /// What is sent behind a good request for a WebSocket, and the code that it is closed with.
    private static let frames: [(name: String, bytes: [UInt8], code: Int)] = [
        ("unmasked", RawSocket.frame(1, Array(RawSocket.ping.utf8), isMasked: false), 1_002),
        ("reserved bit 1", RawSocket.frame(1, [0x7B], reserved: 4), 1_002),
        ("reserved bits 2 and 3", RawSocket.frame(1, [0x7B], reserved: 3), 1_002),
        ("an opcode that is none", RawSocket.frame(3, []), 1_002),
        ("a control opcode that is none", RawSocket.frame(0xB, []), 1_002),
        ("a fragmented ping", RawSocket.frame(9, [1], isFinal: false), 1_002),
        ("a ping of 126 bytes", RawSocket.frame(9, [UInt8](repeating: 0, count: 126)), 1_002),
        ("a continuation of nothing", RawSocket.frame(0, [1]), 1_002),
        (
            "a text inside of a text",
            RawSocket.frame(1, [0x7B], isFinal: false) + RawSocket.frame(1, [0x7D]), 1_002
        ),
        ("a text that is no UTF-8", RawSocket.frame(1, [0xC3, 0x28]), 1_007),
        ("half a character", RawSocket.frame(1, [0xE2, 0x82]), 1_007),
        ("a close of one byte", RawSocket.frame(8, [3]), 1_002),
        ("a close with a code that is none", RawSocket.frame(8, [0x03, 0xEC]), 1_002),
        ("binary", RawSocket.frame(2, [1, 2, 3]), 1_003),
        ("too long", RawSocket.frame(1, [UInt8](repeating: 0x20, count: 102_401)), 1_009),
        (
            "longer than memory", [0x81, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3, 4],
            1_009
        ),
        ("a length with its first bit", [0x81, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 1, 1, 2, 3, 4], 1_002),
    ]

    @Test func `a hostile frame is answered with its code, and the others are served`() async throws {
        let stage = try await ExchangeStage(isPlain: true)
        let other = RawSocket(port: stage.port)
        #expect(other.upgrade())
        for frame in Self.frames {
            let socket = RawSocket(port: stage.port)
            #expect(socket.upgrade())
            socket.send(frame.bytes)
            #expect(socket.readToEnd() != .none, "\(frame.name)")
            #expect(socket.closeCode == frame.code, "\(frame.name): \(socket.closeCode ?? 0)")
            other.forget()
            other.send(RawSocket.text(RawSocket.ping))
            #expect(other.read(until: #""id":9"#).contains("pong"), "behind \(frame.name)")
        }
        #expect(await stage.close().hasPrefix("audit: sound; "))
    }

    @Test func `a call may come in fragments with pings between`() async throws {
        let stage = try await ExchangeStage(isPlain: true)
        let socket = RawSocket(port: stage.port)
        #expect(socket.upgrade())
        let call = Array(RawSocket.ping.utf8)
        socket.send(
            RawSocket.frame(1, Array(call[..<10]), isFinal: false) + RawSocket.frame(9, [7])
                + RawSocket.frame(0, Array(call[10...])))
        #expect(socket.read(until: #""id":9"#).contains("pong"))
        // The venue answers a ping with an empty pong.
        #expect(Array(socket.received.prefix(2)) == [0x8A, 0])
        _ = await stage.close()
    }

    @Test(arguments: [
        "GET /v1/market/list HTTP/1.1\r\n\r\n", "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
        "\r\n\r\n\0\0\0\0\r\n\r\n",
        "POST /v1/order/limit HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "POST /v1/order/limit HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        "POST /v1/order/limit HTTP/1.1\r\nHost: x\r\nContent-Length: 104857600\r\n\r\n",
        "GET /" + String(repeating: "a", count: 100_000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
    ])
    func `a request that is none is refused, and the others are served`(request: String) async throws {
        let stage = try await ExchangeStage(isPlain: true)
        let socket = RawSocket(port: stage.port)
        socket.send(request)
        #expect(socket.readToEnd() != .none)
        let text = String(decoding: socket.received, as: UTF8.self)
        #expect(
            text.isEmpty || text.hasPrefix("HTTP/1.1 4") || text.hasPrefix("HTTP/1.1 5"), "\(text.prefix(80))"
        )
        #expect(RawSocket(port: stage.port).get("/v1/market/list").contains(#"{"code":0,"#))
        _ = await stage.close()
    }
}
