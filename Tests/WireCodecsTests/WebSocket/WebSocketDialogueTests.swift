import Quantities
import Testing
import WireCodecs

/// Long random conversations, however they are cut.
struct WebSocketDialogueTests {
    private static func payload(_ random: inout SeededRandom) -> [UInt8] {
        let sizes = [0, 1, 7, 125, 126, 127, 1_000, 65_535, 65_536, 70_001]
        let count = sizes[random.below(random.below(8) == 0 ? sizes.count : 7)]
        let alphabet = Array("{\"price\":\"60000.1\",\"é€😀\"}".utf8)
        return (0..<count).map { alphabet[$0 % alphabet.count] &+ (random.below(50) == 0 ? 1 : 0) }
    }

    /// Text of whole characters.
    private static func text(_ random: inout SeededRandom) -> [UInt8] {
        Array(String(decoding: payload(&random), as: UTF8.self).utf8)
    }

    private static func parts(_ bytes: [UInt8], _ random: inout SeededRandom) -> [[UInt8]] {
        guard random.below(3) == 0 else { return [bytes] }
        let (first, second) = (random.below(bytes.count + 1), random.below(bytes.count + 1))
        let (low, high) = (min(first, second), max(first, second))
        return [Array(bytes[..<low]), Array(bytes[low..<high]), Array(bytes[high...])]
    }

    /// Frames of a peer that fragments, with control frames in between.
    private static func conversation(
        _ random: inout SeededRandom, masked: Bool
    ) -> (bytes: [UInt8], heard: [Heard]) {
        var (bytes, heard): ([UInt8], [Heard]) = ([], [])
        func mask() -> [UInt8]? { masked ? (0..<4).map { _ in UInt8(random.below(256)) } : nil }
        for _ in 0..<20 {
            let isText = random.below(2) == 0
            let message = isText ? text(&random) : payload(&random)
            let parts = parts(message, &random)
            for (index, part) in parts.enumerated() {
                let isLast = index == parts.count - 1
                bytes += frame(index > 0 ? 0 : isText ? 1 : 2, part, final: isLast, mask: mask())
                if random.below(4) == 0, !isLast || random.below(2) == 0 {
                    let ping = Array(payload(&random).prefix(125))
                    let isPing = random.below(2) == 0
                    if isLast { heard.append(isText ? .text(message) : .binary(message)) }
                    bytes += frame(isPing ? 9 : 10, ping, mask: mask())
                    heard.append(isPing ? .ping(ping) : .pong(ping))
                    if isLast { break }
                    continue
                }
                if isLast { heard.append(isText ? .text(message) : .binary(message)) }
            }
        }
        return (bytes, heard)
    }

    @Test(arguments: Cutting.allCases, [WebSocketRole.client, .server])
    func `however bytes arrive, the same is heard`(cutting: Cutting, role: WebSocketRole) {
        for seed in UInt64(1)...6 {
            var random = SeededRandom(seed: seed)
            let (bytes, expected) = Self.conversation(&random, masked: role == .server)
            let (heard, fault) = hear(cutting.pieces(bytes, &random), as: role)
            #expect(fault == nil, "seed \(seed)")
            #expect(heard == expected, "seed \(seed)")
        }
    }

    struct Agreement: Sendable, CustomTestStringConvertible {
        var serverBits: Int
        var clientBits: Int
        var serverForgets: Bool
        var clientForgets: Bool

        var testDescription: String { "\(serverBits) \(clientBits) \(serverForgets) \(clientForgets)" }

        var parameters: DeflateParameters {
            var parameters = DeflateParameters()
            parameters.serverWindowBits = serverBits
            parameters.clientWindowBits = clientBits
            parameters.serverNoContextTakeover = serverForgets
            parameters.clientNoContextTakeover = clientForgets
            return parameters
        }

        static let all: [Agreement] = (8...15).flatMap { bits in
            [false, true].map {
                Agreement(serverBits: bits, clientBits: 23 - bits, serverForgets: $0, clientForgets: !$0)
            }
        }
    }

    @Test(arguments: Agreement.all, [WebSocketRole.client, .server])
    func `what is written compressed is read again`(agreement: Agreement, role: WebSocketRole) {
        var random = SeededRandom(seed: 7)
        var writer = WebSocketWriter(role, deflate: agreement.parameters)
        var output = WireBuffer()
        var expected: [Heard] = []
        for _ in 0..<30 {
            let message = Self.text(&random)
            message.withUnsafeBytes {
                writer.write(text: $0, mask: UInt32(random.below(1 << 30)), into: &output)
            }
            expected.append(.text(message))
        }
        let pieces = Cutting.random.pieces(output.array, &random)
        let (heard, fault) = hear(
            pieces, as: role == .client ? .server : .client, deflate: agreement.parameters)
        #expect(fault == nil)
        #expect(heard == expected)
    }

    @Test func `a message longer than the memory that is kept is followed by short ones`() {
        let long = [UInt8](repeating: 97, count: 3 << 20)
        let bytes =
            frame(1, Array(long.dropLast(5)), final: false) + frame(0, Array(long.suffix(5))) + frame(2, [1])
        var random = SeededRandom(seed: 1)
        let (heard, _) = hear(Cutting.random.pieces(bytes, &random), as: .client)
        #expect(heard == [.text(long), .binary([1])])
    }

    @Test func `a close reason is cut between two characters`() {
        let writer = WebSocketWriter(.server)
        var output = WireBuffer()
        writer.write(close: 1011, reason: String(repeating: "é", count: 80), mask: 0, into: &output)
        let expected = Array(String(repeating: "é", count: 61).utf8)
        #expect(hear([output.array], as: .client).heard == [.close(1011, expected)])
    }
}
