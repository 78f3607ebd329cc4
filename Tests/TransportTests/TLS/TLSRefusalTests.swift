import COpenSSL
import TestSupport
import Testing
import WireCodecs

@testable import Transport

/// K1: servers whose certificates are not to be trusted get no byte of ours.
@Suite(.ownThread, .timeLimit(.minutes(1)))
struct TLSRefusalTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var what: String
        var asked: String
        var names: String
        var subject: String?
        var notBefore = -3_600
        var notAfter = 86_400
        var isSelfSigned = false
        /// OpenSSL's reason; nil where the certificate is good.
        var reason: String?

        var testDescription: String { "\(what): \(asked) of \(names)" }
    }

    static let rows = [
        Row(what: "right name", asked: "venue.example", names: "DNS:venue.example"),
        Row(what: "other case", asked: "VENUE.example", names: "DNS:venue.example"),
        Row(what: "right address", asked: "127.0.0.1", names: "IP:127.0.0.1"),
        Row(what: "right address of IPv6", asked: "::1", names: "IP:::1"),
        Row(what: "wildcard", asked: "a.venue.example", names: "DNS:*.venue.example"),
        Row(
            what: "wrong host", asked: "venue.example", names: "DNS:other.example",
            reason: "hostname mismatch"),
        Row(
            what: "expired", asked: "venue.example", names: "DNS:venue.example", notAfter: -60,
            reason: "certificate has expired"),
        Row(
            what: "not yet valid", asked: "venue.example", names: "DNS:venue.example", notBefore: 3_600,
            reason: "certificate is not yet valid"),
        Row(
            what: "self-signed", asked: "venue.example", names: "DNS:venue.example", isSelfSigned: true,
            reason: "self-signed certificate"),
        Row(
            what: "address only", asked: "venue.example", names: "IP:127.0.0.1", reason: "hostname mismatch"),
        Row(
            what: "address only, the name as subject", asked: "venue.example", names: "IP:127.0.0.1",
            subject: "venue.example", reason: "hostname mismatch"),
        Row(
            what: "no names, the name as subject", asked: "venue.example", names: "",
            subject: "venue.example", reason: "hostname mismatch"),
        Row(
            what: "name only", asked: "127.0.0.1", names: "DNS:localhost", subject: "127.0.0.1",
            reason: "IP address mismatch"),
        Row(
            what: "the address as a name", asked: "127.0.0.1", names: "DNS:127.0.0.1",
            reason: "IP address mismatch"),
        Row(
            what: "another address", asked: "127.0.0.1", names: "IP:127.0.0.2", reason: "IP address mismatch"),
        Row(
            what: "wildcard too deep", asked: "a.b.venue.example", names: "DNS:*.venue.example",
            reason: "hostname mismatch"),
        Row(
            what: "wildcard for its parent", asked: "venue.example", names: "DNS:*.venue.example",
            reason: "hostname mismatch"),
        Row(
            what: "part of a label", asked: "venue.example", names: "DNS:ven*.example",
            reason: "hostname mismatch"),
        Row(
            what: "wildcard of everything", asked: "example", names: "DNS:*", reason: "hostname mismatch"),
    ]

    @Test(arguments: rows)
    func `a certificate counts for its names and its time only`(row: Row) async throws {
        let stage = try Stage()
        let wish = TestAuthority.Wish(
            names: row.names, notBefore: row.notBefore, notAfter: row.notAfter,
            isSelfSigned: row.isSelfSigned, subject: row.subject)
        let server = await stage.serve(try stage.serverContext(wish))
        try await expect(stage, server, row.asked, try stage.clientContext(), row.reason)
    }

    @Test func `another authority than ours is refused`() async throws {
        let stage = try Stage()
        let other = try Stage()
        let server = await stage.serve(try stage.serverContext())
        try await expect(
            stage, server, "localhost", try other.clientContext(), "certificate signature failure")
        // It has the same name, but another key. Nor do the system's authorities know ours.
        try await expect(
            stage, server, "localhost", try TLSContext(), "unable to get local issuer certificate", 1)
    }

    @Test(arguments: [true, false])
    func `a chain must be whole`(isChained: Bool) async throws {
        let stage = try Stage()
        let files = stage.authority.issue(
            "leaf", by: stage.authority.makeIntermediate(), isChained: isChained)
        let server = await stage.serve(try TLSContext(certificate: files.certificate, key: files.key))
        try await expect(
            stage, server, "localhost", try stage.clientContext(),
            isChained ? nil : "unable to get local issuer certificate")
    }

    /// Connects, says something when the connection is open, and looks at what the server saw.
    private func expect(
        _ stage: Stage, _ server: ProbeServer, _ host: String, _ context: TLSContext, _ reason: String?,
        _ index: Int = 0
    ) async throws {
        let client = await stage.connect(await stage.on { server.port }, context, host: host) {
            $0.onOpen = { $0.say("secret") }
        }
        let peer = await stage.accepted(server, index)
        guard let reason else {
            await stage.when(peer) { peer.text == "secret" }
            return
        }
        await stage.when(client) { client.end != nil }
        #expect(
            await stage.on { client.ends } == [.notConnected(.tls(TLSFault(.certificate, reason)))])
        #expect(await stage.on { client.opens } == 0)
        await stage.when(peer) { peer.end != nil }
        #expect(await stage.on { peer.received.isEmpty }, "not a byte of ours is sent")
        #expect(await stage.on { peer.opens } == 0, "the handshake was not completed")
    }

    @Test func `a server that speaks TLS 1.1 only is refused`() async throws {
        let stage = try Stage()
        let context = try stage.serverContext()
        // 123 and 124 set the lowest and the highest version.
        SSL_CTX_set_security_level(context.handle, 0)
        SSL_CTX_set_cipher_list(context.handle, "ALL@SECLEVEL=0")
        SSL_CTX_ctrl(context.handle, 123, Int(TLS1_1_VERSION), nil)
        SSL_CTX_ctrl(context.handle, 124, Int(TLS1_1_VERSION), nil)
        let server = await stage.serve(context)
        let client = await stage.connect(await stage.on { server.port }, try stage.clientContext())
        await stage.when(client) { client.end != nil }
        guard case .notConnected(.tls(let fault)) = await stage.on({ client.end }) else {
            Issue.record("\(String(describing: await stage.on { client.end }))")
            return
        }
        #expect(fault.kind == .negotiation)
        let peer = await stage.accepted(server)
        await stage.when(peer) { peer.end != nil }
        #expect(await stage.on { peer.received.isEmpty && peer.opens == 0 })
    }

    @Test func `a server that speaks no TLS is refused`() async throws {
        let stage = try Stage()
        let server = await stage.serve { $0.onReceive = { $0.say("HTTP/1.1 400 Bad Request\r\n\r\n") } }
        let client = await stage.connect(await stage.on { server.port }, try stage.clientContext())
        await stage.when(client) { client.end != nil }
        guard case .notConnected(.tls(let fault)) = await stage.on({ client.end }) else {
            Issue.record("\(String(describing: await stage.on { client.end }))")
            return
        }
        #expect(fault.kind == .negotiation)
    }

    @Test func `a connection that ends without the end of TLS is told as cut off`() async throws {
        let stage = try Stage()
        let server = await stage.serve(try stage.serverContext()) { $0.onOpen = { $0.say("half") } }
        let client = await stage.connect(await stage.on { server.port }, try stage.clientContext())
        await stage.when(client) { client.text == "half" }
        let peer = await stage.accepted(server)
        await stage.on { peer.stream?.close() }
        await stage.when(client) { client.end != nil }
        #expect(await stage.on { client.ends } == [.tls(TLSFault(.truncated, "no end of TLS"))])
    }

    @Test func `a connection that ends in good order is told as ended`() async throws {
        let stage = try Stage()
        let server = await stage.serve(try stage.serverContext()) {
            $0.onOpen = {
                $0.say("all")
                $0.stream?.finish()
            }
        }
        let client = await stage.connect(await stage.on { server.port }, try stage.clientContext())
        await stage.when(client) { client.end != nil }
        #expect(await stage.on { client.ends } == [.endedByPeer])
        #expect(await stage.on { client.text } == "all")
    }

    @Test func `files that are no certificates are told by their place`() throws {
        let stage = try Stage()
        let nothing = stage.scratch.write("nothing", "nothing.pem")
        let files = stage.authority.issue("server")
        let other = stage.authority.issue("other")
        for (what, make) in [
            ("authorities", { try TLSContext(authorities: nothing) }),
            ("missing", { try TLSContext(authorities: stage.scratch.file("missing.pem")) }),
            ("certificate", { try TLSContext(certificate: nothing, key: files.key) }),
            ("key", { try TLSContext(certificate: files.certificate, key: nothing) }),
            ("another key", { try TLSContext(certificate: files.certificate, key: other.key) }),
        ] as [(String, () throws -> TLSContext)] {
            let fault = #expect(throws: TLSFault.self, "\(what)") { _ = try make() }
            #expect(fault?.kind == .configuration, "\(what)")
        }
    }
}
