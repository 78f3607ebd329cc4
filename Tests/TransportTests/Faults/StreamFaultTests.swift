import CLinux
import Glibc
import Quantities
import TestSupport
import Testing
import WireCodecs

@testable import Transport

/// Peers that stop, break off or never stop; and handlers that close wherever they are called.
@Suite(.ownThread, .timeLimit(.minutes(10)))
struct StreamFaultTests {
    static let big = [UInt8](repeating: 7, count: 8 << 20)

    @Test(arguments: [false, true])
    func `a peer that takes nothing is told as too slow`(isTLS: Bool) async throws {
        let stage = try Stage()
        var limits = StreamLimits()
        limits.outputMax = 4 << 20
        limits.congestionBytes = 1 << 16
        limits.inputMax = 1 << 16
        let server = await stage.serve(isTLS ? try stage.serverContext() : nil, limits: limits) {
            $0.takesNothing = true
        }
        let context = isTLS ? try stage.clientContext() : nil
        let client = await stage.connect(await stage.on { server.port }, context, limits: limits) {
            $0.onOpen = { probe in
                while probe.end == nil { probe.say([UInt8](repeating: 1, count: 1 << 16)) }
            }
        }
        await stage.when(client) { client.end != nil }
        #expect(await stage.on { client.ends } == [.tooSlow])
        #expect(await stage.on { client.stream?.isCongested } == true)
    }

    @Test(arguments: [false, true])
    func `a producer that waits for its turn sends everything`(isTLS: Bool) async throws {
        let stage = try Stage()
        var limits = StreamLimits()
        limits.congestionBytes = 1 << 16
        limits.outputMax = 1 << 20
        let server = await stage.serve(isTLS ? try stage.serverContext() : nil)
        let context = isTLS ? try stage.clientContext() : nil
        let client = await stage.connect(await stage.on { server.port }, context, limits: limits) {
            var left = 200
            let produce: (Probe) -> Void = { probe in
                while left > 0, probe.stream?.isCongested == false {
                    left -= 1
                    probe.say([UInt8](repeating: 1, count: 1 << 17))
                }
                if left == 0 { probe.stream?.finish() }
            }
            $0.onOpen = produce
            $0.onDrain = produce
        }
        let peer = await stage.accepted(server)
        await stage.when(peer) { peer.end != nil }
        #expect(await stage.on { peer.received.count } == 200 << 17)
        #expect(await stage.on { client.drains } > 0)
    }

    @Test func `a connection that is reset is told as broken`() async throws {
        let stage = try Stage()
        let server = await stage.serve { $0.takesNothing = true }
        let client = await stage.connect(await stage.on { server.port }) { $0.onOpen = { $0.say("unread") } }
        let peer = await stage.accepted(server)
        await stage.when(peer) { peer.stream?.receivedBytes == 6 }
        await stage.on {
            // A pair of numbers that makes the end a reset.
            var linger = linger(l_onoff: 1, l_linger: 0)
            setsockopt(
                peer.descriptorNumber, SOL_SOCKET, SO_LINGER, &linger,
                socklen_t(MemoryLayout.size(ofValue: linger)))
            peer.stream?.close()
        }
        await stage.when(client) { client.end != nil }
        #expect(await stage.on { client.ends } == [.broken("Connection reset by peer")])
    }

    @Test func `what came before a peer was gone is read, even if sending fails first`() async throws {
        let stage = try Stage()
        // Answers at once and closes, with most of what is sent to it unread.
        let server = await stage.serve {
            $0.takesNothing = true
            $0.onReceive = {
                $0.say("refused")
                $0.stream?.close()
            }
        }
        let client = await stage.connect(await stage.on { server.port }) { $0.onOpen = { $0.say(Self.big) } }
        await stage.when(client) { client.end != nil }
        guard case .broken = await stage.on({ client.end }) else {
            Issue.record("\(String(describing: await stage.on { client.end }))")
            return
        }
        #expect(await stage.on { client.ends.count } == 1)
    }

    @Test func `a peer that never ends is let go in time`() async throws {
        let stage = try Stage()
        // The system connects for a server that never accepts.
        let number = clinux_socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        let silent = Descriptor(number)
        #expect(SocketAddress("127.0.0.1", port: 0)!.withPointer { bind(number, $0, $1) } == 0)
        #expect(listen(number, 1) == 0)
        let port = SocketAddress.local(of: silent)?.port ?? 0
        let start = LoopTime.now
        let client = await stage.connect(port) {
            $0.onOpen = {
                $0.say("bye")
                $0.stream?.finish()
            }
        }
        await stage.when(client) { client.end != nil }
        #expect(await stage.on { client.ends } == [.closedByUs])
        #expect(LoopTime.now - start >= .milliseconds(1_900), "it had its time")
        #expect(await stage.on { stage.loop.load } == (0, 0))
    }

    /// Where a handler may close.
    enum Place: CaseIterable { case open, receive, drain, end }

    @Test(arguments: Place.allCases, [(false, false), (false, true), (true, false), (true, true)])
    func `a handler may close wherever it is called`(
        place: Place, way: (isTLS: Bool, isFinish: Bool)
    ) async throws {
        let (isTLS, isFinish) = way
        let stage = try Stage()
        var limits = StreamLimits()
        limits.congestionBytes = 1 << 10
        let serverContext = isTLS ? try stage.serverContext() : nil
        let end: @Sendable (Probe) -> Void = { probe in
            if isFinish { probe.stream?.finish() } else { probe.stream?.close() }
            // Once more, and what is useless then.
            probe.stream?.close()
            probe.say("more")
            probe.stream?.resume()
        }
        let server = await stage.serve(serverContext) { $0.onReceive = { $0.say("answer") } }
        let context = isTLS ? try stage.clientContext() : nil
        let client = await stage.connect(await stage.on { server.port }, context, limits: limits) {
            $0.onOpen = { probe in
                if place == .open { end(probe) } else { probe.say(Self.big) }
            }
            switch place {
            case .open: break
            case .receive: $0.onReceive = end
            case .drain: $0.onDrain = end
            case .end:
                $0.onReceive = { $0.stream?.finish() }
                $0.onEnd = end
            }
        }
        let peer = await stage.accepted(server)
        await stage.when(peer) { peer.end != nil }
        await stage.settle()
        #expect(await stage.on { client.ends.count } <= 1)
        #expect(await stage.on { stage.loop.load } == (1, 0), "the listener is all that is left")
    }

    @Test func `thousands of connections come and go and leave nothing behind`() async throws {
        let stage = try Stage()
        let server = await stage.serve { $0.onReceive = { $0.say($0.received) } }
        let port = await stage.on { server.port }
        for index in 0..<10_000 {
            let client = await stage.connect(port) { $0.onOpen = { $0.say("x") } }
            await stage.when(client) { client.text == "x" }
            await stage.on { client.stream?.close() }
            if index % 100 == 99 { await stage.on { server.forget() } }
        }
        await stage.settle()
        #expect(await stage.on { stage.loop.load } == (1, 0), "the listener is all that is left")
    }

    @Test func `a name that has no address is told`() async throws {
        let stage = try Stage()
        let asker = await stage.on { [loop = stage.loop] in
            let asker = HTTPAsker()
            asker.pool = HTTPPool(
                loop, Resolver(loop), Endpoint(host: "no-such-host.invalid", port: 443), handler: asker)
            return asker
        }
        await stage.on { asker.get("/", within: .seconds(8)) }
        await stage.when(asker) { !asker.answers.isEmpty }
        guard case .neverSent(let reason) = await stage.on({ asker.outcomes[0] }) else {
            Issue.record("nothing can have been sent")
            return
        }
        switch reason {
        case .notConnected(.resolution("no-such-host.invalid", _)), .notConnected(.timeout(.resolving)),
            .timeout:
            break
        case .notConnected, .lost, .badAnswer, .tooMany, .closed: Issue.record("\(reason)")
        }
        await stage.on { asker.pool?.close() }
    }
}
