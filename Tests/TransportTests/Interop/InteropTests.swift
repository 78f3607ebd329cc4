import Foundation
import Quantities
import TestSupport
import Testing
import WireCodecs

@testable import Transport

/// Our servers against foreign clients, and our clients against foreign servers.
@Suite(
    .ownThread, .serialized, .timeLimit(.minutes(5)),
    .enabled("python3 and its packages are there") { PythonPeers.interpreter != nil })
struct InteropTests {
    /// Echoes; lives on a loop.
    private final class EchoHost: HTTPServerHandler, WebSocketHandler, @unchecked Sendable {
        var servers: [HTTPServer] = []

        func respond(to head: borrowing HTTPHead, body: UnsafeRawBufferPointer, _ exchange: HTTPExchange) {
            if head.isMethod("POST") {
                exchange.respond(200, type: "application/octet-stream", body: body)
            } else {
                exchange.respond(200, text: "hello")
            }
        }

        func webSocketHandler(for head: borrowing HTTPHead) -> (any WebSocketHandler)? { self }
        func webSocketDidOpen(_ socket: WebSocketConnection) {}
        func webSocketDidDrain(_ socket: WebSocketConnection) {}
        func webSocket(_ socket: WebSocketConnection, didEnd end: WebSocketEnd) {}

        func webSocket(_ socket: WebSocketConnection, didReceiveText text: UnsafeRawBufferPointer) {
            socket.write(text: text)
            socket.flush()
        }

        func webSocket(_ socket: WebSocketConnection, didReceiveBinary bytes: UnsafeRawBufferPointer) {
            socket.write(binary: bytes)
            socket.flush()
        }
    }

    @Test func `foreign clients get what they expect of our server`() async throws {
        let stage = try Stage()
        let context = try stage.serverContext()
        let (host, ports) = await stage.on { [loop = stage.loop] in
            let host = EchoHost()
            var settings = HTTPServerSettings()
            settings.limits.outputMax = 64 << 20
            settings.webSocket.limits.outputMax = 64 << 20
            for tls in [nil, context] {
                host.servers.append(
                    try! HTTPServer(
                        loop, on: SocketAddress("127.0.0.1", port: 0)!, tls: tls, settings: settings,
                        handler: host))
            }
            return (host, host.servers.map { $0.address?.port ?? 0 })
        }
        let (code, report) = try await PythonPeers.output(
            PythonPeers.process("clients.py", ["\(ports[0])", "\(ports[1])", stage.authority.file]))
        let lines = report.split(separator: "\n")
        #expect(code == 0, "\(lines.filter { !$0.hasPrefix("ok") }.prefix(20).joined(separator: "\n"))")
        #expect(lines.count { $0.hasPrefix("ok") } > 300)
        await stage.on { for server in host.servers { server.close() } }
    }

    // MARK: Our clients

    /// Sends messages one after the other, and keeps what comes back.
    private final class Talker: Watched, WebSocketHandler, @unchecked Sendable {
        var socket: WebSocketConnection?
        var script: [[UInt8]] = []
        var answers: [[UInt8]] = []
        var end: WebSocketEnd?

        func webSocketDidOpen(_ socket: WebSocketConnection) { sendNext(socket) }
        func webSocketDidDrain(_ socket: WebSocketConnection) {}

        func webSocket(_ socket: WebSocketConnection, didReceiveText text: UnsafeRawBufferPointer) {
            answers.append(Array(text))
            sendNext(socket)
        }

        func webSocket(_ socket: WebSocketConnection, didReceiveBinary bytes: UnsafeRawBufferPointer) {
            answers.append(Array(bytes))
            sendNext(socket)
        }

        func webSocket(_ socket: WebSocketConnection, didEnd end: WebSocketEnd) {
            self.end = end
            changed()
        }

        private func sendNext(_ socket: WebSocketConnection) {
            guard answers.count < script.count else {
                socket.close(code: 1000, reason: "done")
                return
            }
            let next = script[answers.count]
            next.withUnsafeBytes {
                if answers.count.isMultiple(of: 2) {
                    socket.write(text: $0)
                } else {
                    socket.write(binary: $0)
                }
            }
            socket.flush()
        }
    }

    private static let messages: [[UInt8]] =
        [0, 1, 125, 126, 65_535, 65_536, 16 << 20, 300].map { [UInt8](repeating: 0x61, count: $0) }
        + [Array("päper ☃ 𝄞".utf8)]

    private func talk(
        _ stage: Stage, _ port: UInt16, _ script: [[UInt8]], tls: TLSContext? = nil,
        deflate: DeflateWish? = DeflateWish()
    ) async -> Talker {
        let talker = await stage.on { [loop = stage.loop] in
            let talker = Talker()
            talker.script = script
            var settings = WebSocketSettings()
            settings.deflate = deflate
            let socket = WebSocketConnection(
                client: loop, Resolver(loop), Endpoint(host: "127.0.0.1", port: port, tls: tls), target: "/",
                settings: settings, handler: talker)
            talker.socket = socket
            socket.open()
            return talker
        }
        await stage.when(talker) { talker.end != nil }
        return talker
    }

    @Test func `our clients get on with foreign servers`() async throws {
        let stage = try Stage()
        let files = stage.authority.issue("server")
        let process = PythonPeers.process("servers.py", [files.certificate, files.key])
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        defer { try? input.fileHandleForWriting.close() }
        let ports = await ports(output.fileHandleForReading)
        let client = try stage.clientContext()
        try await webSockets(stage, ports, client)
        for (name, tls) in [("http", nil), ("https", client)] {
            try await requests(stage, try #require(ports[name]), tls)
        }
    }

    /// Reads `NAME PORT` up to `ready`, without holding a thread of the tests.
    private func ports(_ handle: FileHandle) async -> [String: UInt16] {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                var text = ""
                while !text.contains("ready"), case let data = handle.availableData, !data.isEmpty {
                    text += String(decoding: data, as: UTF8.self)
                }
                var ports: [String: UInt16] = [:]
                for line in text.split(separator: "\n") {
                    let words = line.split(separator: " ")
                    if words.count == 2, words[0] != "ready" { ports[String(words[0])] = UInt16(words[1]) }
                }
                continuation.resume(returning: ports)
            }
        }
    }

    private func webSockets(_ stage: Stage, _ ports: [String: UInt16], _ client: TLSContext) async throws {
        var count = 0
        for name in ports.keys.sorted() where !name.hasPrefix("http") {
            let port = try #require(ports[name])
            for wish in Self.wishes {
                let talker = await talk(
                    stage, port,
                    count == 0 || name == "tls" ? Self.messages : Self.messages.filter { $0.count < 1 << 17 },
                    tls: name == "tls" ? client : nil, deflate: wish)
                count += 1
                let (end, isSame) = await stage.on { (talker.end, talker.answers == talker.script) }
                #expect(
                    end == .closed(code: 1000, reason: "done") || end == .closed(code: 1000, reason: ""),
                    "\(name)")
                #expect(isSame, "\(name) \(String(describing: wish))")
            }
        }
        let port = try #require(ports["deflate"])
        let fragments = await talk(stage, port, [Array("fragments".utf8)])
        #expect(await stage.on { fragments.answers } == [Array("fragments".utf8)])
        let pinged = await talk(stage, port, [Array("ping".utf8)])
        #expect(await stage.on { pinged.answers } == [Array("ping".utf8)], "a pong was sent")
        let closed = await talk(stage, port, [Array("close".utf8)])
        #expect(await stage.on { closed.end } == .closed(code: 4001, reason: "as asked"))
        print("\(count) WebSockets of ours with foreign servers")
    }

    private static var wishes: [DeflateWish?] {
        var wishes: [DeflateWish?] = [nil, DeflateWish()]
        var fresh = DeflateWish()
        fresh.serverNoContextTakeover = true
        fresh.clientNoContextTakeover = true
        wishes.append(fresh)
        for bits in 8...14 {
            var small = DeflateWish()
            small.clientWindowBits = bits
            // The foreign side writes no window of 8 bits.
            small.serverWindowBits = max(9, bits)
            wishes.append(small)
        }
        return wishes
    }

    private func requests(_ stage: Stage, _ port: UInt16, _ tls: TLSContext?) async throws {
        let asker = await stage.ask(port, tls)
        let chunks = (0..<1_000).map { String(repeating: "chunk", count: $0 % 7 + 1) }.joined()
        for (target, text) in [
            ("/", "hello"), ("/chunked", chunks), ("/until_close", "until the end"), ("/empty", ""),
            ("/", "hello"),
        ] {
            await stage.on { asker.get(target) }
            await stage.when(asker) { !asker.answers.isEmpty }
            let answer = await stage.on { asker.takeAnswers() }[0]
            #expect(answer.text == text, "\(target): \(answer.outcome)")
        }
        await stage.on { asker.get("/never", within: .milliseconds(100)) }
        await stage.when(asker) { !asker.answers.isEmpty }
        #expect(await stage.on { asker.takeAnswers() }[0].outcome == .maybeSent(.timeout))
        await stage.on { asker.get("/half") }
        await stage.when(asker) { !asker.answers.isEmpty }
        guard case .maybeSent = await stage.on({ asker.takeAnswers() })[0].outcome else {
            Issue.record("half an answer is none")
            return
        }
        await stage.on { asker.pool?.close() }
    }
}
