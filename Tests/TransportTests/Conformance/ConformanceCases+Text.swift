/// UTF-8 in text and in goodbyes (sections 5.6 and 8.1).
extension ConformanceCases {
    /// Bytes that are text or are not: the standard library, which is not the wire's checker, says which.
    static var sequences: [[UInt8]] {
        let greek: [UInt8] = Array("κόσμε".utf8)
        var all: [[UInt8]] = [Array("hello$world ¢ € 𤭢".utf8)]
        all += (1...greek.count).map { Array(greek[..<$0]) }
        // The first and the last of each length, the borders around what is no character, and beyond the end.
        let codes: [UInt32] = [
            0x00, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xD800, 0xDB7F, 0xDB80, 0xDBFF, 0xDC00, 0xDF80, 0xDFFF,
            0xE000, 0xFFFD, 0xFFFE, 0xFFFF, 0x1_0000, 0x1_FFFE, 0x1_FFFF, 0x2_FFFE, 0x8_FFFF, 0xF_FFFE,
            0x10_FFFE, 0x10_FFFF, 0x11_0000, 0x1F_FFFF,
        ]
        all += codes.map { encoded($0, in: shortest($0)) }
        // Pairs of surrogates, as other encodings have them.
        for (high, low) in [(0xD800, 0xDC00), (0xD800, 0xDFFF), (0xDB7F, 0xDC00), (0xDBFF, 0xDFFF)] {
            all.append(encoded(UInt32(high), in: 3) + encoded(UInt32(low), in: 3))
        }
        // In more bytes than are needed.
        for (code, count) in [
            (0x00, 2), (0x2F, 2), (0x7F, 2), (0x2F, 3), (0x7FF, 3), (0x2F, 4), (0xFFFF, 4), (0x2F, 5),
            (0x2F, 6), (0x20_0000, 5), (0x3FF_FFFF, 5), (0x400_0000, 6), (0x7FFF_FFFF, 6),
        ] { all.append(encoded(UInt32(code), in: count)) }
        // Continuations without a beginning, and beginnings without a continuation.
        all += [[0x80], [0xBF], [0x80, 0xBF], Array(0x80...0xBF), [0xFE], [0xFF], [0xFE, 0xFE, 0xFF, 0xFF]]
        all += (0xC0...0xFF).map { [$0, 0x20] }
        // One byte less than is needed, alone and before a character.
        for code in [0x7FF, 0xFFFD, 0x10_FFFF] as [UInt32] {
            let cut = Array(encoded(code, in: shortest(code)).dropLast())
            all += [cut, cut + [0x61]]
        }
        return all
    }

    static var text: [ConformanceCase] {
        sequences.flatMap { bytes -> [ConformanceCase] in
            let name = bytes.prefix(8).map { String($0, radix: 16) }.joined(separator: " ")
            let frame = RawFrame.utf8(bytes)
            let isText = String(validating: bytes, as: UTF8.self) != nil
            let (hears, ending): ([RawFrame], ConformanceCase.Ending) =
                isText ? ([frame], .normal) : ([], .fails([1007]))
            let inside = RawFrame.utf8(Array("before ".utf8) + bytes + Array(" behind".utf8))
            let isInsideText = String(validating: inside.payload, as: UTF8.self) != nil
            return [
                ConformanceCase("text \(name)", [frame], hears: hears, ending),
                ConformanceCase("text \(name)", [frame], hears: hears, ending).chopped(1),
                ConformanceCase(
                    "text \(name) in fragments of a byte", RawFrame.fragments(frame, of: 1), hears: hears,
                    ending),
                ConformanceCase(
                    "text \(name) inside", [inside], hears: isInsideText ? [inside] : [],
                    isInsideText ? .normal : .fails([1007])),
            ]
        }
    }

    /// What can be no text whatever follows is refused at once: nothing follows here.
    static var textThatFailsEarly: [ConformanceCase] {
        let begin = Array("κόσμε".utf8)
        let starts: [[UInt8]] = [[0xF4, 0x90], [0xED, 0xA0], [0xC0], [0x80], [0xF5]]
        return starts.flatMap { bytes -> [ConformanceCase] in
            let name = bytes.map { String($0, radix: 16) }.joined(separator: " ")
            return [
                ConformanceCase(
                    "\(name) in the second of three fragments",
                    [.utf8(begin, isFinal: false), .ping(), .more(bytes)], hears: [.pong()], .fails([1007])),
                ConformanceCase(
                    "\(name) in the first of two fragments", [.ping(), .utf8(begin + bytes, isFinal: false)],
                    hears: [.pong()], .fails([1007])
                ).chopped(1),
            ]
        }
    }

    // MARK: Goodbyes (sections 5.5.1, 7.1 and 7.4)

    static var goodbyes: [ConformanceCase] {
        let hello = RawFrame.text("Hello")
        let long = RawFrame.utf8([UInt8](repeating: 0x2A, count: 256 << 10))
        let full = String(repeating: "*", count: 123)
        let ends = ConformanceCase.Ending.answersClose(1000)
        return [
            ConformanceCase("a goodbye behind a message", [hello, .close(1000)], hears: [hello], ends),
            ConformanceCase("two goodbyes", [.close(1000), .close(1000)], hears: [], ends),
            ConformanceCase("a ping behind a goodbye", [.close(1000), .ping()], hears: [], ends),
            ConformanceCase("a message behind a goodbye", [.close(1000), hello], hears: [], ends),
            ConformanceCase(
                "a goodbye inside a message",
                [.text("begun", isFinal: false), .close(1000), .more("ended", isFinal: true)], hears: [], ends
            ),
            ConformanceCase(
                "a goodbye behind a long message", [long, hello, .close(1000), .ping()],
                hears: [long, hello],
                ends),
            ConformanceCase("a fault behind a goodbye", [.close(1000), .more("x")], hears: [], ends),
            ConformanceCase("no code", [.close(nil)], hears: [], .answersClose(nil)),
            ConformanceCase("half a code", [RawFrame(opcode: 8, payload: [0x03])], hears: [], .fails([1002])),
            ConformanceCase("a code", [.close(1000)], hears: [], ends),
            ConformanceCase("a reason", [.close(1000, "Hello World!")], hears: [], ends),
            ConformanceCase("a reason of 123", [.close(1000, full)], hears: [], ends),
            ConformanceCase("a reason of 124", [.close(1000, full + "*")], hears: [], .fails([1002])),
        ].flatMap(\.chops) + reasons
    }

    private static var reasons: [ConformanceCase] {
        sequences.filter { $0.count <= 123 }.map { bytes in
            let isText = String(validating: bytes, as: UTF8.self) != nil
            return ConformanceCase(
                "a reason of \(bytes.prefix(8).map { String($0, radix: 16) }.joined(separator: " "))",
                [RawFrame(opcode: 8, payload: [0x03, 0xE8] + bytes)], hears: [],
                isText ? .answersClose(1000) : .fails([1007]))
        }
    }

    static var closeCodes: [ConformanceCase] {
        let valid = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999]
        let invalid = [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535]
        return valid.map { ConformanceCase("code \($0)", [.close($0)], hears: [], .answersClose($0)) }
            + invalid.flatMap { code -> [ConformanceCase] in
                [
                    ConformanceCase("code \(code)", [.close(code)], hears: [], .fails([1002])),
                    ConformanceCase(
                        "code \(code) and a reason", [.close(code, "why")], hears: [], .fails([1002])),
                ]
            }
    }

    // MARK: Bytes

    private static func shortest(_ code: UInt32) -> Int {
        switch code {
        case ...0x7F: 1
        case ...0x7FF: 2
        case ...0xFFFF: 3
        default: 4
        }
    }

    /// The scheme of UTF-8 for any number in so many bytes, allowed or not.
    private static func encoded(_ code: UInt32, in count: Int) -> [UInt8] {
        guard count > 1 else { return [UInt8(code)] }
        let lead = UInt8(truncatingIfNeeded: 0xFF00 >> count) | UInt8(code >> (6 * UInt32(count - 1)))
        return [lead]
            + (1..<count).map { 0x80 | UInt8(code >> (6 * UInt32(count - 1 - $0)) & 0x3F) }
    }
}
