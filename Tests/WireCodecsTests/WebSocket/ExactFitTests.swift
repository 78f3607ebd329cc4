import Testing
import WireCodecs

/// Messages that fill the reader's memory to the last byte.
struct ExactFitTests {
    @Test(arguments: [1_023, 1_024, 1_025, 4_096, 65_535, 65_536, 65_537, 131_072, 262_144])
    func `a compressed message may fill the memory for it exactly`(count: Int) {
        var writer = WebSocketWriter(.server, deflate: DeflateParameters(), level: 6)
        var output = WireBuffer()
        var expected: [Heard] = []
        for size in [count - 1, count, count, count + 1, 1, count] {
            let text = [UInt8](repeating: 120, count: size)
            text.withUnsafeBytes { writer.write(text: $0, mask: 0, into: &output) }
            expected.append(.text(text))
        }
        for pieces in [[output.array], output.array.map { [$0] }] {
            let (heard, fault) = hear(pieces, as: .client, deflate: DeflateParameters())
            #expect(fault == nil, "\(heard.count) heard, \(pieces.count) pieces")
            let isSame = heard == expected
            #expect(isSame)
        }
    }
}
