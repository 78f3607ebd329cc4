import Quantities
import TestSupport
import Testing
import WireCodecs

@testable import Transport

/// Connections through proxies that are played by tests.
@Suite(.ownThread, .timeLimit(.minutes(1)))
struct ProxyTests {
    /// One line of a proxy: what has come by then, and what it answers.
    struct Line: Sendable {
        var awaits: [UInt8]
        var answers: [UInt8]

        init(_ awaits: String, _ answers: String) {
            self.awaits = Array(awaits.utf8)
            self.answers = Array(answers.utf8)
        }

        init(_ awaits: [UInt8], _ answers: [UInt8]) {
            self.awaits = awaits
            self.answers = answers
        }
    }

    /// What became of a connection.
    private final class Outcome: Watched, @unchecked Sendable {
        var failure: ConnectFailure?
        let probe = Probe()
        var connector: Connector?
    }

    /// Connects to `venue.example:443` through a proxy that speaks these lines; returns the outcome.
    private func connect(
        _ stage: Stage, _ scheme: String, _ script: [Line], host: String = "venue.example",
        timeout: Interval = .seconds(20), close: Bool = false
    ) async -> (Outcome, ProbeServer) {
        let server = await stage.serve { probe in
            var lines = script[...]
            probe.onReceive = { probe in
                guard let line = lines.first else { return }
                guard probe.received.starts(with: line.awaits) else { return }
                lines = lines.dropFirst()
                if line.answers.isEmpty, close { probe.stream?.finish() } else { probe.say(line.answers) }
            }
        }
        let port = await stage.on { server.port }
        let outcome = await stage.on { [loop = stage.loop] in
            let outcome = Outcome()
            let proxy = Proxy(url: scheme.replacing("PORT", with: "\(port)"))
            let connector = Connector(
                loop, Resolver(loop), Endpoint(host: host, port: 443, proxy: proxy), timeout: timeout,
                handler: outcome.probe, attach: { outcome.probe.attach($0) },
                fail: {
                    outcome.failure = $0
                    outcome.changed()
                })
            outcome.connector = connector
            connector.start()
            return outcome
        }
        return (outcome, server)
    }

    static let connectRequest = "CONNECT venue.example:443 HTTP/1.1\r\nHost: venue.example:443\r\n"

    static let good: [(String, [Line])] = [
        ("http://127.0.0.1:PORT", [Line(connectRequest + "\r\n", "HTTP/1.1 200 OK\r\n\r\nhello")]),
        (
            "http://127.0.0.1:PORT",
            // A length of a body that a tunnel has not.
            [Line(connectRequest, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello")]
        ),
        (
            "http://user:pass%3Aword@127.0.0.1:PORT",
            [
                Line(
                    connectRequest + "Proxy-Authorization: Basic dXNlcjpwYXNzOndvcmQ=\r\n\r\n",
                    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 Connection established\r\nVia: x\r\n\r\nhello")
            ]
        ),
        (
            "socks5://127.0.0.1:PORT",
            [
                Line([5, 1, 0], [5, 0]),
                Line(
                    [5, 1, 0, 5, 1, 0, 3, 13] + Array("venue.example".utf8) + [1, 187],
                    [5, 0, 0, 1, 10, 0, 0, 1, 4, 56] + Array("hello".utf8)),
            ]
        ),
        (
            "socks5://ada:secret@127.0.0.1:PORT",
            [
                Line([5, 2, 0, 2], [5, 2]),
                Line([5, 2, 0, 2, 1, 3] + Array("ada".utf8) + [6] + Array("secret".utf8), [1, 0]),
                Line(
                    [5, 2, 0, 2, 1, 3] + Array("ada".utf8) + [6] + Array("secret".utf8) + [5, 1, 0, 3, 13],
                    [5, 0, 0, 3, 2, 97, 98, 4, 56] + Array("hello".utf8)),
            ]
        ),
    ]

    @Test(arguments: good.indices)
    func `a proxy opens the way, and what follows is the host's`(index: Int) async throws {
        let stage = try Stage()
        let (scheme, script) = Self.good[index]
        let (outcome, server) = await connect(stage, scheme, script)
        await stage.when(outcome.probe) { outcome.probe.text == "hello" }
        await stage.on { outcome.probe.say("to the host") }
        let proxy = await stage.accepted(server)
        await stage.when(proxy) { proxy.text.hasSuffix("to the host") }
        #expect(await stage.on { outcome.probe.ends.isEmpty && outcome.failure == nil })
    }

    static let bad: [(String, [Line], String)] = [
        ("http://127.0.0.1:PORT", [Line("CONNECT", "HTTP/1.1 407 Proxy\r\n\r\n")], "it answered 407"),
        ("http://127.0.0.1:PORT", [Line("CONNECT", "HTTP/1.1 502 Bad\r\n\r\n")], "it answered 502"),
        ("http://127.0.0.1:PORT", [Line("CONNECT", "SSH-2.0-OpenSSH\r\n\r\n")], "it does not speak HTTP"),
        (
            "http://127.0.0.1:PORT", [Line("CONNECT", String(repeating: "x", count: 100_000))],
            "it does not speak HTTP"
        ),
        (
            "http://127.0.0.1:PORT", [Line("CONNECT", "HTTP/1.1 101 Switching\r\n\r\n")],
            "it does not speak HTTP"
        ),
        ("socks5://127.0.0.1:PORT", [Line([5, 1, 0], [4, 0])], "it does not speak SOCKS 5"),
        ("socks5://127.0.0.1:PORT", [Line([5, 1, 0], Array("HTTP".utf8))], "it does not speak SOCKS 5"),
        ("socks5://127.0.0.1:PORT", [Line([5, 1, 0], [5, 2])], "it wants a password"),
        (
            "socks5://a:b@127.0.0.1:PORT", [Line([5, 2, 0, 2], [5, 255])],
            "it accepts none of our ways to authenticate"
        ),
        (
            "socks5://a:b@127.0.0.1:PORT",
            [Line([5, 2, 0, 2], [5, 2]), Line([5, 2, 0, 2, 1, 1, 97, 1, 98], [1, 1])],
            "it refuses the password"
        ),
        (
            "socks5://127.0.0.1:PORT",
            [Line([5, 1, 0], [5, 0]), Line([5, 1, 0, 5, 1, 0, 3], [5, 5, 0, 1, 0, 0, 0, 0, 0, 0])],
            "the host refuses the connection"
        ),
        (
            "socks5://127.0.0.1:PORT",
            [Line([5, 1, 0], [5, 0]), Line([5, 1, 0, 5, 1, 0, 3], [5, 0, 0, 9, 0, 0])],
            "its reply has an unknown kind of address"
        ),
    ]

    @Test(arguments: bad.indices)
    func `a proxy that refuses or speaks otherwise is told`(index: Int) async throws {
        let stage = try Stage()
        let (scheme, script, reason) = Self.bad[index]
        let (outcome, server) = await connect(stage, scheme, script)
        await stage.when(outcome) { outcome.failure != nil }
        #expect(await stage.on { outcome.failure } == .proxy(reason))
        #expect(await stage.on { outcome.probe.opens } == 0)
        let proxy = await stage.accepted(server)
        await stage.when(proxy) { proxy.end != nil }
        #expect(await stage.on { stage.loop.load } == (1, 0), "the listener is all that is left")
    }

    @Test func `a proxy that says nothing is given up in time`() async throws {
        let stage = try Stage()
        let (outcome, _) = await connect(
            stage, "http://127.0.0.1:PORT", [Line("CONNECT", "HTTP/1.1 2")], timeout: .seconds(1))
        await stage.when(outcome) { outcome.failure != nil }
        #expect(await stage.on { outcome.failure } == .timeout(phase: .proxying))
    }

    @Test func `a proxy that hangs up is told`() async throws {
        let stage = try Stage()
        let (outcome, _) = await connect(
            stage, "http://127.0.0.1:PORT", [Line("CONNECT", "")], close: true)
        await stage.when(outcome) { outcome.failure != nil }
        #expect(await stage.on { outcome.failure } == .closed(phase: .proxying))
    }

    // MARK: The environment

    static let environments: [([String: String], String, Bool, String?)] = [
        ([:], "venue.example:443", true, nil),
        (["https_proxy": "http://p:8080"], "venue.example:443", true, "http p:8080"),
        (["https_proxy": "p:8080"], "venue.example:443", true, "http p:8080"),
        (["HTTPS_PROXY": "http://p"], "venue.example:443", true, "http p:3128"),
        (["https_proxy": ""], "venue.example:443", true, nil),
        (["http_proxy": "http://p:1"], "venue.example:443", true, nil),
        (["http_proxy": "http://p:1"], "venue.example:80", false, "http p:1"),
        (["HTTP_PROXY": "http://p:1"], "venue.example:80", false, nil),
        (["all_proxy": "socks5h://p"], "venue.example:443", true, "socks5 p:1080"),
        (["ALL_PROXY": "socks5://p:9", "https_proxy": "http://q:8"], "v.example:443", true, "http q:8"),
        (["https_proxy": "http://p:1", "no_proxy": "*"], "venue.example:443", true, nil),
        (["https_proxy": "http://p:1", "no_proxy": "venue.example"], "venue.example:443", true, nil),
        (["https_proxy": "http://p:1", "NO_PROXY": "a, .Example "], "venue.example:443", true, nil),
        (["https_proxy": "http://p:1", "no_proxy": "*.example"], "venue.example:443", true, nil),
        (["https_proxy": "http://p:1", "no_proxy": "example"], "badexample:443", true, "http p:1"),
        (
            ["https_proxy": "http://p:1", "no_proxy": "venue.example:8443"], "venue.example:443", true,
            "http p:1"
        ),
        (["https_proxy": "http://p:1", "no_proxy": "venue.example:443"], "venue.example:443", true, nil),
        (["https_proxy": "http://p:1", "no_proxy": "10.0.0.0/8"], "10.9.8.7:443", true, nil),
        (["https_proxy": "http://p:1", "no_proxy": "10.0.0.0/9"], "10.200.0.1:443", true, "http p:1"),
        (["https_proxy": "http://p:1", "no_proxy": "10.0.0.0/33,/,x/8"], "10.0.0.1:443", true, "http p:1"),
        (["https_proxy": "http://p:1", "no_proxy": "0.0.0.1"], "10.0.0.1:443", true, "http p:1"),
        (["https_proxy": "http://p:1"], "localhost:443", true, nil),
        (["https_proxy": "http://p:1"], "127.0.0.9:443", true, nil),
        (["https_proxy": "ftp://p:1"], "venue.example:443", true, "fault https_proxy"),
        (["all_proxy": "http://p:port"], "venue.example:443", true, "fault all_proxy"),
        (["https_proxy": "ftp://p:1", "no_proxy": "venue.example"], "venue.example:443", true, nil),
    ]

    @Test(arguments: environments.indices)
    func `the environment names the proxy`(index: Int) throws {
        let (environment, place, isTLS, expected) = Self.environments[index]
        let parts = place.split(separator: ":")
        let endpoint = Endpoint(
            host: String(parts[0]), port: UInt16(parts[1])!, tls: isTLS ? try TLSContext() : nil)
        let found: String?
        do throws(ProxyFault) {
            found = try Proxy.from(environment: environment, for: endpoint)
                .map { "\($0.kind) \($0.host):\($0.port)" }
        } catch {
            found = "fault \(error.variable)"
        }
        #expect(found == expected, "\(environment) for \(place)")
    }

    @Test(arguments: [
        ("fd00::1", "fd00::/8", true), ("fd00::1", "fe00::/8", false), ("::1", "", true),
        ("2001:db8::1", "[2001:db8::1]:443", true), ("2001:db8::1", "[2001:db8::1]:8443", false),
        ("2001:db8::1", "2001:db8::1", true),
    ])
    func `exceptions know addresses of IPv6`(host: String, exceptions: String, isDirect: Bool) throws {
        let found = try Proxy.from(
            environment: ["all_proxy": "http://p:1", "no_proxy": exceptions],
            for: Endpoint(host: host, port: 443))
        #expect((found == nil) == isDirect)
    }
}
