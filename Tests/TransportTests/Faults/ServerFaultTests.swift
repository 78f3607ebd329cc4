import Glibc
import Quantities
import TestSupport
import Testing
import WireCodecs

@testable import Transport

/// Clients that mean no good, and a server that stays there for the others.
@Suite(.ownThread, .timeLimit(.minutes(2)), .serialized)
struct ServerFaultTests {
    /// A server of one test. Confined to its loop.
    private final class Host: Watched, HTTPServerHandler, @unchecked Sendable {
        var server: HTTPServer?
        var requests = 0
        var bytes = 2
        /// Answers later, when the test says so.
        var isLate = false
        var late: [HTTPExchange] = []

        func respond(to head: borrowing HTTPHead, body: UnsafeRawBufferPointer, _ exchange: HTTPExchange) {
            requests += 1
            if isLate {
                late.append(exchange)
            } else {
                exchange.respond(200, text: String(repeating: "k", count: bytes))
            }
            changed()
        }

        func webSocketHandler(for head: borrowing HTTPHead) -> (any WebSocketHandler)? { nil }
    }

    private func serve(_ stage: Stage, _ settings: HTTPServerSettings) async -> (Host, UInt16) {
        await stage.on { [loop = stage.loop] in
            let host = Host()
            host.server = try! HTTPServer(
                loop, on: SocketAddress("127.0.0.1", port: 0)!, tls: nil, settings: settings, handler: host)
            return (host, host.server?.address?.port ?? 0)
        }
    }

    static let request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"

    @Test(arguments: [
        ("", ""), ("GET / HT", "HTTP/1.1 408 Request Timeout\r\n"),
        ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nslow", "HTTP/1.1 408 Request Timeout\r\n"),
    ])
    func `a request that does not come in time is ended`(begun: String, answer: String) async throws {
        let stage = try Stage()
        var settings = HTTPServerSettings()
        settings.headTimeout = .milliseconds(50)
        settings.bodyTimeout = .milliseconds(50)
        let (host, port) = await serve(stage, settings)
        let client = await stage.connect(port) { $0.onOpen = { $0.say(begun) } }
        await stage.when(client) { client.end != nil }
        #expect(await stage.on { client.text }.hasPrefix(answer))
        #expect(await stage.on { client.end } == .endedByPeer)
        #expect(await stage.on { host.requests } == 0)
    }

    @Test func `a head that drips is ended by the time of the whole`() async throws {
        let stage = try Stage()
        var settings = HTTPServerSettings()
        settings.headTimeout = .milliseconds(100)
        let (_, port) = await serve(stage, settings)
        let start = LoopTime.now
        let client = await stage.connect(port) { $0.onOpen = { $0.say("GET / HTTP/1.1\r\n") } }
        // One more field whenever the loop has gone round.
        while await stage.on({ client.end == nil }) {
            await stage.on { client.say("a: b\r\n") }
            await Task.yield()
        }
        let text = await stage.on { client.text }
        #expect(text.contains("408") || text.contains("431"))
        #expect(LoopTime.now - start < .seconds(10))
    }

    @Test func `silent clients make room for one who asks`() async throws {
        let stage = try Stage()
        let other = try Stage()
        // Both ends of a connection are ours: two descriptors each.
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        let count = min(10_000, (Int(limit.rlim_cur) - 2_000) / 2)
        guard count > 100 else {
            print("skipped: \(limit.rlim_cur) descriptors are too few for a flood")
            return
        }
        let (host, port) = await serve(stage, HTTPServerSettings())
        var idle: [Probe] = []
        for index in 0..<count {
            idle.append(await other.connect(port))
            guard index % 100 == 99 else { continue }
            let start = LoopTime.now
            let honest = await other.connect(port) { $0.onOpen = { $0.say(Self.request) } }
            await other.when(honest) { honest.text.hasSuffix("kk") || honest.end != nil }
            #expect(await other.on { honest.text }.hasPrefix("HTTP/1.1 200"), "after \(index) idle clients")
            #expect(LoopTime.now - start < .seconds(5))
            await other.on { honest.stream?.close() }
        }
        let first = idle[0]
        await other.when(first) { first.end != nil }
        #expect(await other.on { first.text }.hasPrefix("HTTP/1.1 503 Service Unavailable"))
        let last = idle[count - 1]
        #expect(await other.on { last.end } == nil, "those who came last are still there")
        await stage.on {
            #expect(host.server?.refused == 0)
            #expect(host.server?.dismissed ?? 0 >= count - 64)
            #expect(host.server?.clientCount ?? .max <= 128)
            host.server?.close()
        }
        let left = idle
        await other.on { for probe in left { probe.stream?.close() } }
        print("\(count) idle clients, with \(limit.rlim_cur) descriptors")
    }

    @Test func `a client that has asked is answered before it makes room`() async throws {
        let stage = try Stage()
        var settings = HTTPServerSettings()
        settings.clientsMax = 2
        let (host, port) = await serve(stage, settings)
        // While the loop is held here the system takes all of them: they are found in one wake-up.
        let peers = await stage.on {
            (0..<9).map { _ in
                let peer = try! RawPeer.connect(port)
                try! peer.send(Array(Self.request.utf8))
                return peer
            }
        }
        for peer in peers {
            #expect(try await waiting { try peer.readHead() }.hasPrefix("HTTP/1.1 200 OK"))
        }
        #expect(await stage.on { host.requests } == 9)
        await stage.on { host.server?.close() }
    }

    @Test func `where all clients are being answered the next one is told so`() async throws {
        let stage = try Stage()
        var settings = HTTPServerSettings()
        settings.clientsMax = 2
        let (host, port) = await serve(stage, settings)
        await stage.on { host.isLate = true }
        let busy = [
            await stage.connect(port) { $0.onOpen = { $0.say(Self.request) } },
            await stage.connect(port) { $0.onOpen = { $0.say(Self.request) } },
        ]
        await stage.when(host) { host.late.count == 2 }
        let third = await stage.connect(port) { $0.onOpen = { $0.say(Self.request) } }
        await stage.when(third) { third.end != nil }
        #expect(await stage.on { third.text }.hasPrefix("HTTP/1.1 503 Service Unavailable"))
        await stage.on { for exchange in host.late { exchange.respond(200, text: "late") } }
        for client in busy { await stage.when(client) { client.text.hasSuffix("late") } }
        #expect(await stage.on { host.server?.refused } == 1)
    }

    @Test func `a client that ends its side gets the whole answer all the same`() async throws {
        let stage = try Stage()
        let (host, port) = await serve(stage, HTTPServerSettings())
        await stage.on { host.bytes = 6 << 20 }
        let client = await stage.connect(port) {
            $0.onOpen = {
                $0.say(Self.request)
                // Half of the connection only: what comes is dropped, but counted.
                $0.stream?.finish()
            }
        }
        await stage.when(client) { client.end != nil }
        #expect(await stage.on { client.stream?.receivedBytes ?? 0 } > 6 << 20)
    }

    @Test func `a client that takes nothing is ended when too much waits for it`() async throws {
        let stage = try Stage()
        var settings = HTTPServerSettings()
        settings.limits.outputMax = 1 << 20
        let (host, port) = await serve(stage, settings)
        await stage.on { host.bytes = 64 << 20 }
        let client = await stage.connect(port) {
            $0.takesNothing = true
            $0.onOpen = { $0.say(Self.request) }
        }
        await stage.when(host) { host.requests == 1 }
        // It does not read, so it does not hear of its end.
        await stage.settle()
        #expect(await stage.on { host.server?.clientCount } == 0)
        await stage.on { client.stream?.close() }
    }
}
