import Testing
import WireCodecs

/// What a peer may not send, and how early it is told.
struct WebSocketFaultTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let role: WebSocketRole
        let bytes: [UInt8]
        let kind: WebSocketFault.Kind
        let code: UInt16

        var testDescription: String { name }

        init(
            _ name: String, _ bytes: [UInt8], _ kind: WebSocketFault.Kind, code: UInt16 = 1002,
            role: WebSocketRole = .client
        ) {
            self.name = name
            self.bytes = bytes
            self.kind = kind
            self.code = code
            self.role = role
        }
    }

    private static let key: [UInt8] = [1, 2, 3, 4]

    /// Each sequence is a fault at its last byte, and none before.
    static let cases: [Case] = [
        Case("RSV1 without deflate", hex("c1 00"), .reservedBits),
        Case("RSV2", hex("a1"), .reservedBits),
        Case("RSV3", hex("91"), .reservedBits),
        Case("RSV1 of a control frame", hex("c9"), .reservedBits),
        Case("a reserved data opcode", hex("83"), .unknownOpcode),
        Case("a reserved control opcode", hex("8b"), .unknownOpcode),
        Case("a fragmented ping", hex("09"), .fragmentedControl),
        Case("a fragmented close", hex("08"), .fragmentedControl),
        Case("a long ping", hex("89 7e"), .longControl),
        Case("a long close", hex("88 7f"), .longControl),
        Case("a length of 125 in two bytes", hex("82 7e 00 7d"), .lengthNotMinimal),
        Case("a length of 65535 in eight bytes", hex("82 7f 00 00 00 00 00 00 ff ff"), .lengthNotMinimal),
        Case("a length of 2^63", hex("82 7f 80 00 00 00 00 00 00 00"), .lengthOverflow),
        Case("a masked frame of a server", hex("81 80 01 02 03 04"), .masked),
        Case("an unmasked frame of a client", hex("81 00"), .notMasked, role: .server),
        Case("a continuation of nothing", hex("80 00"), .nothingToContinue),
        Case("a continuation behind a whole message", hex("81 00 80 00"), .nothingToContinue),
        Case("a message inside a message", hex("01 00 81 00"), .messageNotFinished),
        Case("a close with one byte", hex("88 01 03"), .badCloseCode),
        Case("close code 999", hex("88 02 03 e7"), .badCloseCode),
        Case("close code 1004", hex("88 02 03 ec"), .badCloseCode),
        Case("close code 1005", hex("88 02 03 ed"), .badCloseCode),
        Case("close code 1006", hex("88 02 03 ee"), .badCloseCode),
        Case("close code 1015", hex("88 02 03 f7"), .badCloseCode),
        Case("close code 2999", hex("88 02 0b b7"), .badCloseCode),
        Case("close code 5000", hex("88 02 13 88"), .badCloseCode),
        Case("a close reason that is not UTF-8", hex("88 04 03 e8 c3 28"), .invalidUTF8, code: 1007),
        Case("an overlong slash", hex("81 7e 01 00 c0"), .invalidUTF8, code: 1007),
        Case("a surrogate in an unfinished frame", hex("01 7e 01 00 61 ed a0"), .invalidUTF8, code: 1007),
        Case("above U+10FFFF", hex("81 7e 01 00 f4 90"), .invalidUTF8, code: 1007),
        Case("a text that ends inside a character", hex("81 01 c3"), .invalidUTF8, code: 1007),
        Case(
            "a character cut by the last fragment", hex("01 01 c3 80 00"), .invalidUTF8, code: 1007),
        Case("a bad continuation in the second fragment", hex("01 01 c3 00 01 28"), .invalidUTF8, code: 1007),
        Case("17 MB", hex("82 7f 00 00 00 00 01 10 00 00"), .messageTooLong, code: 1009),
    ]

    @Test(arguments: cases)
    func `a fault is told at its first byte`(test: Case) {
        let before = hear([Array(test.bytes.dropLast())], as: test.role)
        #expect(before.fault == nil)
        for cutting in [[test.bytes], test.bytes.map { [$0] }] {
            let (_, fault) = hear(cutting, as: test.role)
            #expect(fault?.kind == test.kind)
            #expect(fault?.closeCode == test.code)
        }
    }

    @Test(arguments: [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 4999])
    func `a close code that may be sent is taken`(code: UInt16) {
        let bytes = frame(0x8, [UInt8(code >> 8), UInt8(code & 255)])
        #expect(hear([bytes], as: .client).heard == [.close(code, [])])
    }

    @Test func `fragments that add up to too much are refused by their headers`() {
        let fragments = [frame(0x2, Array(repeating: 1, count: 600), final: false), hex("00 7e 01 91")]
        let (_, fault) = hear(fragments, as: .client, messageMax: 1_000)
        #expect(fault?.kind == .messageTooLong)
        let fits = [frame(0x2, Array(repeating: 1, count: 600), final: false), hex("00 7e 01 90")]
        #expect(hear(fits, as: .client, messageMax: 1_000).fault == nil)
    }

    @Test func `an inflated bomb is cut at the limit`() {
        var writer = WebSocketWriter(.server, deflate: DeflateParameters(), level: 9)
        var bomb = WireBuffer()
        [UInt8](repeating: 0, count: 8 << 20).withUnsafeBytes {
            writer.write(binary: $0, mask: 0, into: &bomb)
        }
        #expect(bomb.count < 20_000)
        let (heard, fault) = hear(
            [bomb.array], as: .client, deflate: DeflateParameters(), messageMax: 1 << 20)
        #expect(heard.isEmpty)
        #expect(fault?.kind == .messageTooLong)
        let exact = hear([bomb.array], as: .client, deflate: DeflateParameters(), messageMax: 8 << 20)
        #expect(exact.fault == nil)
    }

    @Test(arguments: [
        ("a bad block type", "c1 02 ff ff"), ("a block that is cut off", "c1 03 f2 48 cd"),
        ("a reach beyond the window", "c1 05 f2 00 11 00 00"), ("no block at all", "c1 00"),
    ])
    func `damaged compressed data are refused`(name: String, bytes: String) {
        let (heard, fault) = hear([hex(bytes)], as: .client, deflate: DeflateParameters())
        #expect(heard.isEmpty, "\(name)")
        #expect(fault?.kind == .badDeflate, "\(name)")
        #expect(fault?.closeCode == 1007)
    }

    @Test func `bad text is told inside a compressed frame that is not complete`() {
        var writer = WebSocketWriter(.server, deflate: DeflateParameters())
        var output = WireBuffer()
        let text = Array("ok".utf8) + [0xFF] + (0..<5_000).map { UInt8($0 % 90 + 32) }
        text.withUnsafeBytes { writer.write(text: $0, mask: 0, into: &output) }
        let first = Array(output.array.prefix(400))
        #expect(hear([first], as: .client, deflate: DeflateParameters()).fault?.kind == .invalidUTF8)
    }
}
