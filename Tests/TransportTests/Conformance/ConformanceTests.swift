import TestSupport
import Testing

/// `wire-echo` in both roles against a peer that says every byte itself (RFC 6455).
@Suite(.ownThread, .timeLimit(.minutes(10)), .serialized)
struct ConformanceTests {
    private static func report(_ findings: [String], _ count: Int, _ what: String) {
        print("\(count) cases, \(findings.count) failed: \(what)")
        #expect(findings == [], "\(what)")
    }

    @Test func `a server holds to the protocol`() async throws {
        let cases = ConformanceCases.all
        let findings = try await waiting {
            let (echo, port) = try EchoProcess.server()
            return try withExtendedLifetime(echo) {
                try cases.compactMap { test in
                    try test.finding(RawPeer.open(port)).map { "\(test): \($0)" }
                }
            }
        }
        Self.report(findings, cases.count, "wire-echo server")
    }

    @Test func `a client holds to the protocol`() async throws {
        let cases = ConformanceCases.all
        let findings = try await waiting {
            let listener = try RawListener()
            let port = listener.port
            return try cases.compactMap { test -> String? in
                let echo = try EchoProcess(["client", "ws://127.0.0.1:\(port)/runCase?case=1&agent=martlet"])
                let peer = try RawPeer.serve(listener)
                guard peer.head.hasPrefix("GET /runCase?case=1&agent=martlet HTTP/1.1\r\n"),
                    peer.head.contains("\r\nHost: 127.0.0.1:\(port)\r\n")
                else { return peer.head }
                if let finding = try test.finding(peer) { return "\(test): \(finding)" }
                let (code, text) = echo.end()
                return code == 0 ? nil : "\(test): exit code \(code), \(text)"
            }
        }
        Self.report(findings, cases.count, "wire-echo client")
    }
}
