import Testing
import WireCodecs

@testable import Transport

/// TLS in memory, carried over byte by byte.
struct TLSSliceTests {
    /// Both sides of a connection, with nothing but one byte at a time between them.
    private struct Line: ~Copyable {
        var client: TLSSession
        var server: TLSSession
        var carried = 0

        /// Carries what both have to say, and lets `turn` act behind every byte.
        mutating func carry(
            _ turn: (_ side: inout TLSSession, _ isClient: Bool) throws -> Void
        ) throws {
            while true {
                let (up, down) = (Array(client.output), Array(server.output))
                client.clearOutput()
                server.clearOutput()
                if up.isEmpty, down.isEmpty { return }
                for byte in up {
                    withUnsafeBytes(of: byte) { server.receive($0) }
                    try turn(&server, false)
                }
                for byte in down {
                    withUnsafeBytes(of: byte) { client.receive($0) }
                    try turn(&client, true)
                }
                carried += up.count + down.count
            }
        }
    }

    @Test func `handshake, records and the end come through in slices of one byte`() throws {
        let stage = try Stage()
        var line = Line(
            client: try TLSSession(client: stage.clientContext(), host: "localhost", port: 443),
            server: try TLSSession(server: stage.serverContext()))
        var isDone = (client: false, server: false)
        #expect(try line.client.handshake() == .waiting)
        try line.carry { side, isClient in
            guard isClient ? !isDone.client : !isDone.server else {
                // Tickets that follow the handshake.
                var nothing = WireBuffer(capacity: 16)
                _ = try side.read(into: &nothing)
                return
            }
            let progress = try side.handshake()
            if isClient { isDone.client = progress == .done } else { isDone.server = progress == .done }
        }
        #expect(isDone.client && isDone.server)

        // Three records, of which one is the longest that there is.
        let message = (0..<40_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try message.withUnsafeBytes { try line.client.write($0) }
        var plain = WireBuffer(capacity: 16)
        var ends = 0
        try line.carry { side, isClient in
            if !isClient, try side.read(into: &plain) == .ended { ends += 1 }
        }
        #expect(Array(plain.bytes) == message)
        #expect(ends == 0)

        line.client.end()
        try line.carry { side, isClient in
            if !isClient, try side.read(into: &plain) == .ended { ends += 1 }
        }
        #expect(ends == 1, "told with the last byte of the end, and not before")
        #expect(plain.count == message.count)
        #expect(line.carried > message.count)
    }
}
