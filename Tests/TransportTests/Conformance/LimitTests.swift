import Quantities
import TestSupport
import Testing

@testable import Transport

/// Long messages, many messages and ends without a goodbye, in both roles of `wire-echo`.
@Suite(.ownThread, .timeLimit(.minutes(10)), .serialized)
struct LimitTests {
    /// Runs the conversation with a server and with a client of ours; what is wrong, and the longest time.
    private func findings(_ cases: [ConformanceCase]) async throws -> (texts: [String], slowest: Interval) {
        try await waiting {
            var texts: [String] = []
            var slowest = Interval.nanoseconds(0)
            let (server, port) = try EchoProcess.server()
            let listener = try RawListener()
            for test in cases {
                for isServer in [true, false] {
                    let start = LoopTime.now
                    let client =
                        isServer
                        ? nil : try EchoProcess(["client", "ws://127.0.0.1:\(listener.port)/?case=9"])
                    let peer = try isServer ? RawPeer.open(port) : RawPeer.serve(listener)
                    if let finding = try test.finding(peer) { texts.append("\(test): \(finding)") }
                    if let client, case (let code, let text) = client.end(), code != 0 {
                        texts.append("\(test): exit code \(code), \(text)")
                    }
                    slowest = max(slowest, LoopTime.now - start)
                }
            }
            withExtendedLifetime(server) {}
            return (texts, slowest)
        }
    }

    private func expectNone(_ cases: [ConformanceCase], _ what: String) async throws {
        let (texts, slowest) = try await findings(cases)
        print(
            "\(what): \(cases.count) cases in both roles, the slowest took \(slowest.nanoseconds / 1_000_000) ms"
        )
        #expect(texts == [], "\(what)")
    }

    /// Both kinds of a message.
    private static func messages(_ size: Int) -> [RawFrame] {
        [.utf8([UInt8](repeating: 0x2A, count: size)), .binary([UInt8](repeating: 0xFE, count: size))]
    }

    @Test func `messages of up to 16 MB come back`() async throws {
        let sizes = ConformanceScale.some([64 << 10, 256 << 10, 1 << 20, 4 << 20, 8 << 20, 16 << 20])
        let cases = sizes.flatMap { size in
            Self.messages(size).map { ConformanceCase("\(size) bytes", [$0], hears: [$0]) }
        }
        try await expectNone(cases, "long messages")
    }

    @Test func `4 MB in fragments of 64 bytes and more come back`() async throws {
        let sizes = ConformanceScale.some(
            [64, 256, 1 << 10, 4 << 10, 16 << 10, 64 << 10, 256 << 10, 1 << 20, 4 << 20])
        let cases = sizes.flatMap { size in
            Self.messages(4 << 20).map {
                ConformanceCase("fragments of \(size)", RawFrame.fragments($0, of: size), hears: [$0])
            }
        }
        try await expectNone(cases, "fragments")
    }

    @Test func `1 MB in chops of 64 bytes and more comes back`() async throws {
        let cases = ConformanceScale.some([64, 128, 256, 512, 1 << 10, 2 << 10]).flatMap { size in
            Self.messages(1 << 20).map { ConformanceCase("1 MB", [$0], hears: [$0]).chopped(size) }
        }
        try await expectNone(cases, "chops")
    }

    @Test func `a thousand messages come back in order, one by one and all at once`() async throws {
        let cases = ConformanceScale.some([0, 16, 64, 256, 1 << 10, 4 << 10, 16 << 10]).flatMap { size in
            Self.messages(size).flatMap { message in
                let many = Array(repeating: message, count: 1_000)
                let test = ConformanceCase("1,000 messages of \(size)", many, hears: many)
                return [test, test.chopped(0)]
            }
        }
        try await expectNone(cases, "many messages")
    }

    @Test func `a text in fragments of 1300 bytes comes back`() async throws {
        let message = RawFrame.utf8([UInt8](repeating: 0x2A, count: 65_536))
        try await expectNone(
            [ConformanceCase("1300", RawFrame.fragments(message, of: 1_300), hears: [message])], "a text")
    }

    @Test func `a message beyond the limit is refused with 1009 before it has come`() async throws {
        let begun = RawFrame.binary([UInt8](repeating: 0, count: 1))
        let findings = try await waiting { () -> [String] in
            let (server, port) = try EchoProcess.server()
            return try withExtendedLifetime(server) {
                try [(64 << 20) + 1, Int.max].compactMap { size in
                    let peer = try RawPeer.open(port)
                    var bytes = peer.encoded(begun)
                    bytes.replaceSubrange(1..<2, with: [0x80 | 127] + RawFrame.bigEndian(size, 8))
                    try peer.send(bytes)
                    let close = try peer.hear()
                    return close == .close(1009) ? nil : "\(size): \(String(describing: close))"
                }
            }
        }
        #expect(findings == [])
    }

    @Test func `the driver of these cases notices what is wrong`() async throws {
        let hello = RawFrame.text("hello")
        let findings = try await waiting { () -> [String?] in
            let (server, port) = try EchoProcess.server()
            return try withExtendedLifetime(server) {
                try [
                    ConformanceCase("another answer", [hello], hears: [.text("hallo")]),
                    ConformanceCase("no answer", [hello], hears: [], .fails([1002])),
                    ConformanceCase("another code", [.close(1000)], hears: [], .answersClose(1001)),
                    ConformanceCase("no fault", [.close(1002)], hears: [hello], .normal),
                ].map { try $0.finding(RawPeer.open(port)) }
            }
        }
        #expect(findings.allSatisfy { $0 != nil }, "\(findings)")
    }

    // MARK: Ends without a goodbye

    /// What a peer does instead of going on.
    enum Cut: CaseIterable, Sendable { case reset, end }

    @Test(arguments: Cut.allCases, [false, true])
    func `a connection that ends inside a frame ends the echo, and nothing else`(
        cut: Cut, isServer: Bool
    ) async throws {
        let codes = try await waiting { () -> [Int32] in
            let (server, port) = try EchoProcess.server()
            let listener = try RawListener()
            let whole = RawFrame.text(String(repeating: "x", count: 1_000))
            var codes: [Int32] = []
            for count in [0, 1, 2, 3, 4, 8, 500, 1_004] {
                let client = isServer ? nil : try EchoProcess(["client", "ws://127.0.0.1:\(listener.port)/"])
                do {
                    let peer = try isServer ? RawPeer.open(port) : RawPeer.serve(listener)
                    try peer.send(Array(peer.encoded(whole).prefix(count)))
                    switch cut {
                    case .reset: peer.cut()
                    case .end: peer.endOutput()
                    }
                    if cut == .end { _ = try peer.hearAll() }
                }
                if let client { codes.append(client.end().code) }
                // The server is there for others.
                if isServer {
                    let test = ConformanceCase("others", [.text("here")], hears: [.text("here")])
                    codes.append(try test.finding(RawPeer.open(port)) == nil ? 0 : 1)
                }
            }
            withExtendedLifetime(server) {}
            return codes
        }
        #expect(codes == Array(repeating: 0, count: 8))
    }
}
