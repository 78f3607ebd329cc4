import Glibc
import Quantities
import TestSupport
import Testing
import WireCodecs

@testable import Transport

/// Peers that are there and say nothing, or next to nothing.
@Suite(.ownThread, .timeLimit(.minutes(2)))
struct SilenceTests {
    /// Of the machine that the tests run on, beyond what is measured.
    private static let slack = Interval.seconds(5)

    private static var impatient: WebSocketSettings {
        var settings = WebSocketSettings()
        settings.pingAfter = .milliseconds(100)
        settings.silentAfter = .milliseconds(200)
        return settings
    }

    private func expect(_ time: Interval, atLeast least: Interval) {
        #expect(time >= least && time < least + Self.slack, "\(time.nanoseconds / 1_000_000) ms")
    }

    @Test func `a server that answers nothing any more is told as silent within two pings`() async throws {
        let stage = try Stage()
        let listener = try RawListener()
        let start = LoopTime.now
        let client = await stage.socket(listener.port, settings: Self.impatient)
        // Its system takes what comes, and nobody reads it.
        let peer = try await waiting { try RawPeer.serve(listener) }
        await stage.when(client) { client.end != nil }
        #expect(await stage.on { client.events } == [.opened, .ended(.silent)])
        expect(LoopTime.now - start, atLeast: .milliseconds(200))
        // A ping had been sent.
        let ping = try await waiting { try peer.hear() }
        #expect(ping == .ping())
    }

    @Test func `a client that answers nothing any more is told as silent within two pings`() async throws {
        let stage = try Stage()
        var settings = HTTPServerSettings()
        settings.webSocket = Self.impatient
        let host = await stage.host(settings: settings)
        let port = await stage.on { host.port }
        let peer = try await waiting { try RawPeer.open(port) }
        let server = await stage.upgraded(host)
        let start = LoopTime.now
        await stage.when(server) { server.end != nil }
        #expect(await stage.on { server.events } == [.opened, .ended(.silent)])
        expect(LoopTime.now - start, atLeast: .milliseconds(0))
        #expect(await stage.on { host.server?.clientCount } == 0)
        let ping = try await waiting { try peer.hear() }
        #expect(ping == .ping())
    }

    @Test func `a peer that answers pings is not silent`() async throws {
        let stage = try Stage()
        let listener = try RawListener()
        // Thirty pings take longer than the silence that would end it, and a pong may be late by much of that.
        var settings = Self.impatient
        settings.silentAfter = .seconds(2)
        let client = await stage.socket(listener.port, settings: settings)
        let pings = try await waiting { () -> Int in
            let peer = try RawPeer.serve(listener)
            for count in 0..<30 {
                guard let ping = try peer.hear(), ping.opcode == 9 else { return count }
                try peer.say(.pong())
            }
            try peer.say(.close(1000))
            return 30
        }
        await stage.when(client) { client.end != nil }
        #expect(pings == 30)
        #expect(await stage.on { client.events } == [.opened, .ended(.closed(code: 1000, reason: ""))])
    }

    @Test func `a server that never answers a request for a WebSocket is given up`() async throws {
        let stage = try Stage()
        // The system connects for a server that never accepts.
        let listener = try RawListener()
        var settings = WebSocketSettings()
        settings.openTimeout = .milliseconds(100)
        let start = LoopTime.now
        let client = await stage.socket(listener.port, settings: settings)
        await stage.when(client) { client.end != nil }
        #expect(
            await stage.on { client.end } == .lost(.timeout("answer to the request for a WebSocket")))
        expect(LoopTime.now - start, atLeast: .milliseconds(100))
        await stage.on {
            client.socket = nil
            #expect(stage.loop.load == (0, 0))
        }
    }

    @Test func `a server that says nothing of TLS is given up, and nothing was sent`() async throws {
        let stage = try Stage()
        let listener = try RawListener()
        var settings = HTTPPoolSettings()
        settings.connectTimeout = .milliseconds(100)
        let asker = await stage.ask(listener.port, try stage.clientContext(), settings: settings)
        await stage.on { asker.get("/", within: .milliseconds(300)) }
        await stage.when(asker) { !asker.answers.isEmpty }
        #expect(
            await stage.on { asker.outcomes }
                == [.neverSent(.notConnected(.timeout(phase: .handshaking)))])
        await stage.on {
            asker.pool?.close()
            #expect(stage.loop.load == (0, 0))
        }
    }

    @Test func `a server that answers no request is given up at the deadline, and it may have been sent`()
        async throws
    {
        let stage = try Stage()
        let listener = try RawListener()
        let asker = await stage.ask(listener.port)
        let start = LoopTime.now
        await stage.on { asker.get("/", within: .milliseconds(100)) }
        await stage.when(asker) { !asker.answers.isEmpty }
        #expect(await stage.on { asker.outcomes } == [.maybeSent(.timeout)])
        expect(LoopTime.now - start, atLeast: .milliseconds(100))
        await stage.on { asker.pool?.close() }
    }

    @Test(arguments: [[], [0x16], [0x16, 0x03, 0x01, 0x02, 0x00, 0x01]] as [[UInt8]])
    func `a client that stops in the middle of TLS is ended in time`(begun: [UInt8]) async throws {
        let stage = try Stage()
        var settings = HTTPServerSettings()
        settings.headTimeout = .milliseconds(100)
        let host = await stage.host(try stage.serverContext(), settings: settings)
        let port = await stage.on { host.port }
        let start = LoopTime.now
        let heard = try await waiting { () -> [UInt8] in
            let peer = try RawPeer.connect(port)
            try peer.send(begun)
            return try peer.hearAll()
        }
        expect(LoopTime.now - start, atLeast: .milliseconds(100))
        #expect(heard == [])
        await stage.on {
            #expect(host.server?.clientCount == 0)
            host.forget()
            #expect(stage.loop.load == (0, 0))
        }
    }

    /// Takes a little of what waits for it every now and then. Confined to its loop.
    private final class SlowTaker: Watched, TimerTarget, @unchecked Sendable {
        private let loop: EventLoop
        private let peer: RawPeer
        private(set) var count = 0
        private(set) var isOver = false

        init(_ loop: EventLoop, _ peer: RawPeer) {
            self.loop = loop
            self.peer = peer
            super.init()
            _ = loop.setTimer(loop.now, self)
        }

        func timerFired(_ id: TimerID) {
            let taken = peer.take(2 << 20)
            count += taken
            isOver = taken == 0
            changed()
            if !isOver { _ = loop.setTimer(loop.now + .milliseconds(700), self) }
        }
    }

    @Test func `who takes the rest of a connection slowly gets all of it`() async throws {
        let stage = try Stage()
        let bytes = [UInt8](repeating: 1, count: 12 << 20)
        let server = await stage.serve {
            $0.onReceive = { probe in
                probe.say(bytes)
                probe.stream?.finish()
            }
        }
        let port = await stage.on { server.port }
        let peer = try await waiting { () -> RawPeer in
            let peer = try RawPeer.connect(port)
            try peer.send([1])
            return peer
        }
        // Twelve megabytes, two at a time: longer than the two seconds that a peer has to take more.
        let taker = await stage.on { [loop = stage.loop] in SlowTaker(loop, peer) }
        await stage.when(taker) { taker.isOver }
        #expect(await stage.on { taker.count } == bytes.count)
    }
}
