import TestSupport
import Testing

@testable import ExchangeServer

/// Faults that only a socket can show.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct SocketFaultTests {
    private func set(_ fault: String, _ stage: ExchangeStage) {
        let body = #"{"faults": [\#(fault)]}"#
        control("POST", body, stage)
    }

    private func control(_ method: String, _ body: String, _ stage: ExchangeStage) {
        let socket = RawSocket(port: stage.port)
        socket.send(
            "\(method) /control/faults HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(stage.token.text)"
                + "\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)")
        #expect(socket.readToEnd() == .closed)
        #expect(String(decoding: socket.received, as: UTF8.self).hasPrefix("HTTP/1.1 200 "))
    }

    @Test func `a reset is one of TCP: no goodbye, and an error at the client`() async throws {
        let stage = try await ExchangeStage(isPlain: true)
        let socket = RawSocket(port: stage.port)
        #expect(socket.upgrade())
        set(#"{"kind": "socket-reset", "every": "1h"}"#, stage)
        socket.send(RawSocket.text(RawSocket.ping))
        #expect(socket.readToEnd() == .reset)
        #expect(socket.received.isEmpty)
        let next = RawSocket(port: stage.port)
        #expect(next.upgrade())
        next.send(RawSocket.text(RawSocket.ping))
        #expect(next.read(until: #""id":9"#).contains("pong"))
        _ = await stage.close()
    }

    @Test func `a half-open socket swallows the pings of WebSocket, too`() async throws {
        let stage = try await ExchangeStage(isPlain: true)
        let socket = RawSocket(port: stage.port)
        #expect(socket.upgrade())
        set(#"{"kind": "half-open"}"#, stage)
        socket.send(RawSocket.frame(9, []) + RawSocket.text(RawSocket.ping))
        control("DELETE", "", stage)
        // In the order of their coming: an answer to what came before would stand before this one.
        let call = RawSocket.ping.replacing("9", with: "10")
        socket.send(RawSocket.text(call))
        let answer = socket.read(until: #""id":10"#)
        #expect(!answer.contains(#""id":9"#))
        #expect(socket.received.first == 0x81, "no pong: \(socket.received.prefix(4))")
        socket.forget()
        socket.send(RawSocket.frame(9, []) + RawSocket.text(RawSocket.ping))
        #expect(socket.read(until: #""id":9"#).contains("pong"))
        #expect(socket.received.first == 0x8A)
        _ = await stage.close()
    }

    @Test func `a slow handshake takes its time and is a good one`() async throws {
        let stage = try await ExchangeStage()
        let first = try await ExchangeTalker(stage)
        let word = "Bearer \(stage.token.text)"
        let fault = Array(#"{"faults": [{"kind": "tls-slow", "delay": "1ms"}]}"#.utf8)
        #expect(await first.post("/control/faults", fault, word).hasPrefix("200 "))
        let start = ContinuousClock.now
        let slow = try await ExchangeTalker(stage)
        let pong = await slow.say(RawSocket.ping, until: #""id":9"#)
        #expect(pong.contains("pong"))
        // The answer of a server of TLS 1.3 with a certificate has some hundred bytes, each a millisecond behind
        // the one before it.
        #expect(ContinuousClock.now - start > .milliseconds(300))
        let struck = await first.post("/control/faults", [], word, method: "GET")
        #expect(struck.hasPrefix("200 {kind: tls-slow, delay: 1ms} struck "), "\(struck)")
        await slow.close()
        await first.close()
        _ = await stage.close()
    }

    @Test func `requests are counted by the address that they come from`() async throws {
        let stage = try await ExchangeStage(
            isPlain: true,
            text: """
                windows: {address: 2/1m}
                markets:
                  - {name: BTCUSDT, base: BTC, quote: USDT, price_decimals: 2, amount_decimals: 8, minimum: 0.001}
                accounts:
                  - {name: first, access_id: A1, secret_key: S1, balances: {BTC: 1}}
                """)
        let first = RawSocket(port: stage.port)
        #expect(first.get("/v1/market/list").contains(#""code":0,"#))
        #expect(first.get("/v1/market/list").contains(#""code":0,"#))
        #expect(first.get("/v1/market/list").contains(#""code":213,"#))
        // A new connection does not help, another address does.
        #expect(RawSocket(port: stage.port).get("/v1/market/list").contains(#""code":213,"#))
        let other = RawSocket(port: stage.port, from: "127.0.0.2")
        #expect(other.get("/v1/market/list").contains(#""code":0,"#))
        _ = await stage.close()
    }
}
