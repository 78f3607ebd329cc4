import TestSupport
import Testing

@testable import Transport

/// Connections by the thousand leave neither memory nor descriptors behind. What is watched is a process of its own,
/// in which nothing else happens.
@Suite(.ownThread, .timeLimit(.minutes(5)), .serialized)
struct LeakTests {
    /// What a process held after so many connections.
    struct Reading: Sendable {
        var connections: Int
        var bytes: Int?
        var descriptors: Int
    }

    /// Of all connections behind the first reading: one small object left by each of nine thousand is more.
    private static let growthMax = 256 << 10

    /// Connects as often as the readings want, one connection after the other.
    private static func readings(
        of process: EchoProcess, at counts: [Int], connect: (Int) throws -> Void
    ) throws -> [Reading] {
        var (done, readings) = (0, [Reading]())
        for count in counts {
            while done < count {
                done += 1
                try connect(done)
            }
            readings.append(
                Reading(connections: done, bytes: process.residentBytes, descriptors: process.descriptorCount)
            )
        }
        return readings
    }

    private static func judge(_ readings: [Reading]) throws {
        print(readings.map { "\($0.connections): \($0.bytes ?? 0) bytes, \($0.descriptors) descriptors" })
        let (first, last) = (readings[0], readings[readings.count - 1])
        #expect(last.descriptors <= first.descriptors + 1, "one connection may be about to end")
        #expect(try #require(last.bytes) - #require(first.bytes) < growthMax)
    }

    @Test func `a server of ten thousand WebSockets`() async throws {
        let readings = try await waiting {
            let (server, port) = try EchoProcess.server()
            return try Self.readings(of: server, at: [1_000, 10_000]) { index in
                let peer = try RawPeer.open(port, offer: "permessage-deflate")
                try peer.say(.text("x"))
                guard try peer.hear() != nil else { throw RawPeer.Failure.silent }
                // Some are closed as it is done, some end, some are reset.
                if index % 3 == 0 { try peer.say(.close(1_000)) }
                if index % 3 == 1 { peer.cut() }
            }
        }
        try Self.judge(readings)
    }

    @Test func `a client of ten thousand WebSockets`() async throws {
        let readings = try await waiting {
            let listener = try RawListener()
            let words = ["client", "ws://127.0.0.1:\(listener.port)/", "--times", "10001"]
            let client = try EchoProcess(words)
            return try Self.readings(of: client, at: [1_000, 10_000]) { index in
                let peer = try RawPeer.serve(listener)
                try peer.say(.text("x"))
                guard try peer.hear() != nil else { throw RawPeer.Failure.silent }
                if index % 3 == 0 { try peer.say(.close(1_000)) }
                if index % 3 == 1 { peer.cut() }
            }
        }
        try Self.judge(readings)
    }

    @Test func `a server of three thousand connections over TLS`() async throws {
        let stage = try Stage()
        let files = stage.authority.issue("server", TestAuthority.Wish())
        let (server, port) = try await waiting {
            try EchoProcess.server(["--tls", files.certificate, files.key])
        }
        let context = try stage.clientContext()
        var readings: [Reading] = []
        for index in 1...3_000 {
            let client = await stage.connect(port, context) {
                $0.onOpen = { $0.say("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n") }
            }
            await stage.when(client) { client.end != nil }
            let isAnswered = await stage.on { client.text.hasPrefix("HTTP/1.1 200") }
            try #require(isAnswered)
            guard index % 1_000 == 0 else { continue }
            readings.append(
                Reading(
                    connections: index, bytes: server.residentBytes, descriptors: server.descriptorCount))
        }
        try Self.judge(readings)
    }
}
