import TestSupport
import Testing

@testable import Transport

/// Sessions are used again with the same host, port and context only: a resumed one is not verified again.
@Suite(.ownThread, .timeLimit(.minutes(1)))
struct TLSResumptionTests {
    /// Connects and exchanges a word, so that the server's tickets have come; tells whether both sides resumed.
    private func visit(
        _ stage: Stage, _ server: ProbeServer, _ context: TLSContext, host: String = "localhost"
    ) async -> (client: Bool, server: Bool) {
        let count = await stage.on { server.probes.count }
        let client = await stage.connect(await stage.on { server.port }, context, host: host) {
            $0.onOpen = { $0.say("hello") }
        }
        let peer = await stage.accepted(server, count)
        await stage.when(client) { client.text == "hello" }
        return await stage.on {
            defer { client.stream?.close() }
            return (client.stream?.isResumed ?? false, peer.stream?.isResumed ?? false)
        }
    }

    private func serve(_ stage: Stage, _ context: TLSContext) async -> ProbeServer {
        await stage.serve(context) { $0.onReceive = { $0.say($0.received) } }
    }

    @Test func `a second connection to the same place is resumed`() async throws {
        let stage = try Stage()
        let server = await serve(stage, try stage.serverContext())
        let context = try stage.clientContext()
        #expect(await visit(stage, server, context) == (false, false))
        #expect(await visit(stage, server, context) == (true, true))
    }

    @Test func `another name, another port or another context begins afresh`() async throws {
        let stage = try Stage()
        let serverContext = try stage.serverContext()
        let server = await serve(stage, serverContext)
        let context = try stage.clientContext()
        #expect(await visit(stage, server, context) == (false, false))
        // The server could resume all of these: it has one key for its tickets.
        #expect(await visit(stage, server, context, host: "127.0.0.1") == (false, false))
        let second = await serve(stage, serverContext)
        #expect(await visit(stage, second, context) == (false, false))
        #expect(await visit(stage, server, try stage.clientContext()) == (false, false))
        #expect(await visit(stage, server, context) == (true, true))
    }

    @Test func `a session does not open a connection under a name that is refused`() async throws {
        let stage = try Stage()
        let server = await serve(stage, try stage.serverContext())
        let context = try stage.clientContext()
        #expect(await visit(stage, server, context) == (false, false))
        let client = await stage.connect(await stage.on { server.port }, context, host: "venue.example")
        await stage.when(client) { client.end != nil }
        #expect(
            await stage.on { client.ends }
                == [.notConnected(.tls(TLSFault(.certificate, "hostname mismatch")))])
    }
}
