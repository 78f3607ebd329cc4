import Quantities
import Testing
import WireCodecs

struct UTF8ValidatorTests {
    private func judge(_ bytes: [UInt8]) -> (isPossible: Bool, isComplete: Bool) {
        var validator = UTF8Validator()
        let isPossible = bytes.withUnsafeBytes { validator.accepts($0) }
        return (isPossible, isPossible && validator.isComplete)
    }

    /// The bytes at which the rules change.
    private static let edges: [UInt8] = [
        0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED,
        0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
    ]

    @Test func `all sequences of four edge bytes are judged as the library judges them`() {
        for a in Self.edges {
            for b in Self.edges {
                for c in Self.edges {
                    for d in Self.edges {
                        let bytes = [a, b, c, d]
                        let isValid = String(validating: bytes, as: UTF8.self) != nil
                        if judge(bytes).isComplete != isValid {
                            Issue.record("\(bytes): \(isValid)")
                            return
                        }
                    }
                }
            }
        }
    }

    @Test func `what is refused has no valid continuation, and what is open has one`() {
        let tails: [[UInt8]] =
            [[]] + [0x80, 0x90, 0xA0].map { [$0] }
            + [0x80, 0x90, 0xA0].flatMap { a in [[a, 0x80], [a, 0x80, 0x80]] }
        for a in Self.edges {
            for b in Self.edges {
                let bytes = [a, b]
                let canGoOn = tails.contains { String(validating: bytes + $0, as: UTF8.self) != nil }
                #expect(judge(bytes).isPossible == canGoOn, "\(bytes)")
            }
        }
    }

    @Test func `a bad byte is found at every place of texts of every length`() {
        for count in 1...80 {
            let plain = [UInt8](repeating: UInt8(ascii: "a"), count: count)
            #expect(judge(plain).isComplete)
            for place in 0..<count {
                var bytes = plain
                bytes[place] = 0xFF
                #expect(!judge(bytes).isPossible)
                bytes[place] = 0xC3
                if place + 1 < count {
                    #expect(!judge(bytes).isPossible)
                    bytes[place + 1] = 0xA9
                    #expect(judge(bytes).isComplete)
                } else {
                    #expect(judge(bytes) == (true, false))
                }
            }
        }
    }

    @Test func `cuts do not matter`() {
        var random = SeededRandom(seed: 3)
        let text = Array(String(repeating: "plain text, ümläute, 漢字, 😀; ", count: 40).utf8)
        for _ in 0..<200 {
            var bytes = text
            if random.below(2) == 0 { bytes[random.below(bytes.count)] = UInt8(random.below(256)) }
            var validator = UTF8Validator()
            var isPossible = true
            for piece in Cutting.random.pieces(bytes, &random) where isPossible {
                isPossible = piece.withUnsafeBytes { validator.accepts($0) }
            }
            #expect((isPossible && validator.isComplete) == judge(bytes).isComplete)
        }
    }
}
