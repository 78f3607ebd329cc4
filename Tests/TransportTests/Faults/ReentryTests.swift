import Quantities
import TestSupport
import Testing
import WireCodecs

@testable import Transport

/// Whoever is called may end the connection there, in any way: nothing crashes, leaks, or is told afterwards.
@Suite(.ownThread, .timeLimit(.minutes(2)))
struct ReentryTests {
    enum Moment: CaseIterable, Sendable { case opened, text, binary, drained, ended }
    enum Deed: CaseIterable, Sendable {
        case close, abandon, closeAndAbandon, abandonAndClose
        /// Only forgets the connection, which its loop keeps.
        case release

        func callAsFunction(_ probe: SocketProbe) {
            let socket = probe.socket
            switch self {
            case .close: socket?.close(code: 4000, reason: "bye")
            case .abandon: socket?.abandon()
            case .closeAndAbandon:
                socket?.close()
                socket?.abandon()
            case .abandonAndClose:
                socket?.abandon()
                socket?.close()
            case .release: probe.socket = nil
            }
            // What is useless then.
            probe.say("more")
            socket?.flush()
        }

        var isSilent: Bool {
            switch self {
            case .abandon, .closeAndAbandon, .abandonAndClose: true
            case .close, .release: false
            }
        }
    }

    private static func isIt(_ event: SocketProbe.Event, _ moment: Moment) -> Bool {
        switch (event, moment) {
        case (.opened, .opened), (.text, .text), (.binary, .binary), (.drained, .drained), (.ended, .ended):
            true
        case (.opened, _), (.text, _), (.binary, _), (.drained, _), (.ended, _): false
        }
    }

    /// Does the deed at the moment; before, sends so much that there is a moment of each kind.
    private static func subject(_ probe: SocketProbe, _ moment: Moment, _ deed: Deed) {
        probe.onEvent = { probe, event in
            if case .opened = event { probe.say([UInt8](repeating: 1, count: 8 << 20)) }
            if isIt(event, moment) {
                deed(probe)
                if deed.isSilent || moment == .ended {
                    probe.onEvent = { _, _ in Issue.record("told again") }
                }
            }
        }
    }

    /// Sends something of each kind, and says goodbye when all that the subject sent has come.
    private static func partner(_ probe: SocketProbe) {
        probe.onEvent = { probe, event in
            switch event {
            case .opened:
                probe.say("hello")
                probe.say([1, 2, 3])
            case .binary: probe.socket?.close()
            case .text, .drained, .ended: break
            }
        }
    }

    @Test(arguments: Moment.allCases, Deed.allCases)
    func `a WebSocket may be ended wherever its user is called, in both roles`(
        moment: Moment, deed: Deed
    ) async throws {
        let stage = try Stage()
        for context in [nil, try stage.serverContext()] {
            for isServer in [false, true] {
                try await end(stage, context, moment, deed, isServer: isServer)
            }
        }
    }

    private func end(
        _ stage: Stage, _ context: TLSContext?, _ moment: Moment, _ deed: Deed, isServer: Bool
    ) async throws {
        var serverSettings = HTTPServerSettings()
        var settings = WebSocketSettings()
        settings.deflate = nil
        settings.limits.congestionBytes = 1 << 10
        settings.limits.outputMax = 64 << 20
        serverSettings.webSocket = settings
        serverSettings.limits = settings.limits
        let host = await stage.host(context, settings: serverSettings) {
            if isServer { Self.subject($0, moment, deed) } else { Self.partner($0) }
        }
        let client = await stage.socket(
            await stage.on { host.port }, try context.map { _ in try stage.clientContext() },
            settings: settings
        ) {
            if isServer { Self.partner($0) } else { Self.subject($0, moment, deed) }
        }
        let server = await stage.upgraded(host)
        let (subject, partner) = isServer ? (server, client) : (client, server)
        await stage.when(partner) { partner.end != nil }
        if !(deed.isSilent && moment != .ended) { await stage.when(subject) { subject.end != nil } }
        await stage.settle()
        await stage.on {
            let ends = subject.events.count { if case .ended = $0 { true } else { false } }
            #expect(ends == (deed.isSilent && moment != .ended ? 0 : 1))
            #expect(host.server?.clientCount == 0, "the server keeps none that has ended")
            let sockets = Weak(client.socket, server.socket)
            (client.socket, server.socket) = (nil, nil)
            host.forget()
            #expect(sockets.areGone, "nobody keeps a connection that has ended")
            #expect(stage.loop.load == (0, 0))
        }
    }

    private final class Weak {
        weak var first: WebSocketConnection?
        weak var second: WebSocketConnection?

        init(_ first: WebSocketConnection?, _ second: WebSocketConnection?) {
            (self.first, self.second) = (first, second)
        }

        var areGone: Bool { first == nil && second == nil }
    }

    // MARK: Servers

    enum ServerDeed: CaseIterable, Sendable {
        case close, answerAndClose, closeAndAnswer, answerTwice, forget
    }

    @Test(arguments: ServerDeed.allCases, [false, true])
    func `a server may be closed while it asks for an answer`(deed: ServerDeed, isTLS: Bool) async throws {
        let stage = try Stage()
        let host = await stage.host(isTLS ? try stage.serverContext() : nil)
        await stage.on {
            host.onRequest = { host, exchange in
                switch deed {
                case .close: host.server?.close()
                case .answerAndClose:
                    exchange.respond(200, text: "answer")
                    host.server?.close()
                case .closeAndAnswer:
                    host.server?.close()
                    exchange.respond(200, text: "answer")
                case .answerTwice:
                    exchange.respond(200, text: "answer")
                    exchange.respond(200, text: "again")
                    host.server?.close()
                case .forget: host.forget()
                }
            }
        }
        let client = await stage.connect(
            await stage.on { host.port }, isTLS ? try stage.clientContext() : nil
        ) {
            // Two, so that one waits while the other is answered.
            $0.onOpen = { $0.say("GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n") }
        }
        await stage.when(client) { client.end != nil }
        await stage.on {
            #expect(!client.text.contains("again"))
            host.forget()
        }
        await stage.settle()
        #expect(await stage.on { stage.loop.load } == (0, 0))
    }

    @Test(arguments: [false, true])
    func `a server may be closed while it asks who is to use a WebSocket`(isForgotten: Bool) async throws {
        let stage = try Stage()
        let host = await stage.host { probe in
            probe.onEvent = { _, event in Issue.record("a socket of a closed server: \(event)") }
        }
        await stage.on { host.onUpgrade = { if isForgotten { $0.forget() } else { $0.server?.close() } } }
        let client = await stage.socket(await stage.on { host.port })
        await stage.when(client) { client.end != nil }
        await stage.on {
            host.forget()
            client.socket = nil
            #expect(stage.loop.load == (0, 0))
        }
    }
}
