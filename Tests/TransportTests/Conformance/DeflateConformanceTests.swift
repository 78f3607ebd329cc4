import Quantities
import TestSupport
import Testing

@testable import Transport

/// permessage-deflate of `wire-echo` in both roles, against another side on zlib alone (RFC 7692).
@Suite(.ownThread, .timeLimit(.minutes(60)), .serialized)
struct DeflateConformanceTests {
    typealias Terms = ForeignDeflate.Terms

    /// Bytes of a message, and of its fragments; 0 is one frame.
    private static let rows: [(size: Int, fragment: Int)] =
        [16, 64, 256, 1 << 10, 4 << 10, 8 << 10, 16 << 10, 32 << 10, 64 << 10, 128 << 10].map { ($0, 0) }
        + [8 << 10, 16 << 10, 32 << 10, 64 << 10, 128 << 10].map { ($0, 256) }
        + [1 << 10, 4 << 10, 32 << 10].map { (128 << 10, $0) }

    /// Text with some repetition and some without, and bytes that no compressor makes shorter.
    private static let texts: [RawFrame] = {
        var random = SeededRandom(seed: 7)
        let words = (0..<400).map { "\"k\($0)\":\(random.next() % 100_000_000)," }
        var text: [UInt8] = []
        while text.count < 300 << 10 { text += Array(words[Int(random.next() % 400)].utf8) }
        let noise = (0..<(300 << 10)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        return [.utf8(text), .binary(noise)]
    }()

    /// Sends messages one by one and waits for each; what is wrong, if anything.
    private static func finding(
        _ peer: RawPeer, _ deflate: ForeignDeflate, _ row: (size: Int, fragment: Int), _ count: Int
    ) throws -> String? {
        for text in texts {
            var start = 0
            for _ in 0..<count {
                if start + row.size > text.payload.count { start = 0 }
                var message = text
                message.payload = Array(text.payload[start..<(start + row.size)])
                start += row.size
                let frame = deflate.packed(message)
                let frames = row.fragment == 0 ? [frame] : RawFrame.fragments(frame, of: row.fragment)
                try peer.send(frames.flatMap { peer.encoded($0) })
                guard let answer = try peer.hearAnswer() else { return "\(row): the connection ended" }
                guard deflate.unpacked(answer) == message else { return "\(row): \(answer)" }
            }
        }
        return nil
    }

    private static func end(_ peer: RawPeer) throws -> String? {
        try ConformanceCase("goodbye", [], hears: []).finding(peer)
    }

    /// The parameters of a server's answer.
    private static func terms(_ head: String) -> Terms? {
        let name = "Sec-WebSocket-Extensions: permessage-deflate"
        guard let line = head.split(separator: "\r\n").first(where: { $0.hasPrefix(name) }) else {
            return nil
        }
        var terms = Terms()
        for part in line.dropFirst(name.count).split(separator: ";") {
            let words = part.split(separator: "=")
            switch words[0].filter({ $0 != " " }) {
            case "server_no_context_takeover": terms.serverForgets = true
            case "client_no_context_takeover": terms.clientForgets = true
            case "server_max_window_bits": terms.serverBits = Int(words[1])
            case "client_max_window_bits": terms.clientBits = Int(words[1])
            default: return nil
            }
        }
        return terms
    }

    private static func allTerms(_ serverBits: [Int?], _ clientBits: [Int?]) -> [Terms] {
        [false, true].flatMap { first in
            [false, true].flatMap { second in
                serverBits.flatMap { server in
                    clientBits.map {
                        Terms(serverForgets: first, clientForgets: second, serverBits: server, clientBits: $0)
                    }
                }
            }
        }
    }

    // MARK: Servers

    private static func serverFindings(
        _ offers: [Terms], _ rows: [(size: Int, fragment: Int)], _ count: Int
    ) throws -> [String] {
        let (server, port) = try EchoProcess.server()
        defer { withExtendedLifetime(server) {} }
        return try offers.flatMap { offer in
            try rows.compactMap { row -> String? in
                let peer = try RawPeer.open(port, offer: "\(offer)")
                guard let terms = terms(peer.head) else { return "\(offer) is declined" }
                guard terms.serverForgets || !offer.serverForgets,
                    offer.serverBits.map({ (terms.serverBits ?? 15) <= $0 }) ?? true,
                    terms.clientBits == nil || offer.clientBits != nil
                else { return "\(offer) is answered with \(terms)" }
                var kept = terms
                // What the client announced holds also where the answer does not name it.
                if terms.clientBits == nil { kept.clientBits = offer.clientBits }
                kept.clientForgets = terms.clientForgets || offer.clientForgets
                let deflate = ForeignDeflate(kept, isClient: true)
                return try (finding(peer, deflate, row, count) ?? end(peer)).map { "\(offer), \($0)" }
            }
        }
    }

    @Test func `a server keeps to every offer`() async throws {
        let offers = Self.allTerms([nil, 8, 9, 12, 15], [nil, 0, 8, 9, 12, 15])
        let findings = try await waiting {
            try Self.serverFindings(offers, [(300, 0), (40_000, 256)], 2)
        }
        print("\(offers.count) offers, \(findings.count) failed")
        #expect(findings == [])
    }

    @Test func `a server echoes compressed messages of all sizes`() async throws {
        let offers = Self.allTerms([nil, 9, 15], [0]).filter { !$0.clientForgets }
        let start = LoopTime.now
        let findings = try await waiting {
            try Self.serverFindings(offers, Self.rows, ConformanceScale.messages)
        }
        let runs = offers.count * Self.rows.count
        let time = (LoopTime.now - start).nanoseconds / 1_000_000
        print("\(runs) runs of 2 x \(ConformanceScale.messages), \(findings.count) failed, \(time) ms")
        #expect(findings == [])
    }

    @Test func `an offer that means nothing is declined, and the next one taken`() async throws {
        let bad = [
            "server_max_window_bits=7", "server_max_window_bits=16", "server_max_window_bits",
            "client_max_window_bits=16",
            "server_max_window_bits=09", "server_no_context_takeover=1", "unknown", "unknown=1",
            "server_no_context_takeover; server_no_context_takeover", "client_max_window_bits=",
        ]
        let heads = try await waiting { () -> [(alone: String, second: String)] in
            let (server, port) = try EchoProcess.server()
            return try withExtendedLifetime(server) {
                try bad.map {
                    let offer = "permessage-deflate; \($0)"
                    let alone = try RawPeer.open(port, offer: offer)
                    let second = try RawPeer.open(port, offer: "x-unknown, \(offer), permessage-deflate")
                    return (alone.head, second.head)
                }
            }
        }
        for (offer, head) in zip(bad, heads) {
            #expect(!head.alone.contains("Extensions"), "\(offer)")
            // The last one cannot be parsed at all: then nothing of the list counts.
            let isTaken = head.second.contains("Extensions: permessage-deflate\r\n")
            #expect(isTaken == !offer.hasSuffix("="), "\(offer): \(head.second)")
        }
    }

    // MARK: Clients

    private static func clientFindings(
        _ answers: [Terms], _ rows: [(size: Int, fragment: Int)], _ count: Int
    ) throws -> [String] {
        let listener = try RawListener()
        return try answers.flatMap { answer in
            try rows.compactMap { row -> String? in
                let client = try EchoProcess(["client", "ws://127.0.0.1:\(listener.port)/"])
                let peer = try RawPeer.serve(listener) { head in
                    head.contains("Extensions: permessage-deflate; client_max_window_bits\r\n")
                        ? "\(answer)" : nil
                }
                let deflate = ForeignDeflate(answer, isClient: false)
                if let finding = try finding(peer, deflate, row, count) ?? end(peer) {
                    return "\(answer), \(finding)"
                }
                let (code, text) = client.end()
                return code == 0 ? nil : "\(answer), \(row): exit code \(code), \(text)"
            }
        }
    }

    @Test func `a client keeps to every answer`() async throws {
        let answers = Self.allTerms([nil, 8, 9, 12, 15], [nil, 8, 9, 12, 15])
        let findings = try await waiting {
            try Self.clientFindings(answers, [(300, 0), (40_000, 256)], 2)
        }
        print("\(answers.count) answers, \(findings.count) failed")
        #expect(findings == [])
    }

    @Test func `a client echoes compressed messages of all sizes`() async throws {
        let answers = Self.allTerms([nil], [nil, 9, 15]).filter { !$0.serverForgets }
        let start = LoopTime.now
        let findings = try await waiting {
            try Self.clientFindings(answers, Self.rows, ConformanceScale.messages)
        }
        let runs = answers.count * Self.rows.count
        let time = (LoopTime.now - start).nanoseconds / 1_000_000
        print("\(runs) runs of 2 x \(ConformanceScale.messages), \(findings.count) failed, \(time) ms")
        #expect(findings == [])
    }

    @Test func `a client refuses an answer that it did not ask for`() async throws {
        let bad = [
            "x-unknown", "permessage-deflate, permessage-deflate", "permessage-deflate; unknown",
            "permessage-deflate; client_max_window_bits", "permessage-deflate; client_max_window_bits=16",
            "permessage-deflate; server_max_window_bits=7", "permessage-deflate; server_max_window_bits=",
            "permessage-deflate; server_no_context_takeover; server_no_context_takeover",
        ]
        let codes = try await waiting { () -> [Int32] in
            let listener = try RawListener()
            return try bad.map { answer in
                let client = try EchoProcess(["client", "ws://127.0.0.1:\(listener.port)/"])
                let peer = try RawPeer.serve(listener) { _ in answer }
                _ = try peer.hearAll()
                return client.end().code
            }
        }
        #expect(codes == Array(repeating: 76, count: bad.count), "\(codes)")
    }
}
