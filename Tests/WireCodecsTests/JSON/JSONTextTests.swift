import Testing
import WireCodecs

struct JSONTextTests {
    private func string(_ text: String) throws(JSONError) -> String {
        try reading(text) { json throws(JSONError) in try json.string() }
    }

    @Test(arguments: [
        (#""""#, ""), (#""BTCUSDT""#, "BTCUSDT"), (#""a\"b\\c\/d""#, "a\"b\\c/d"),
        (#""\b\f\n\r\t""#, "\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9\u20AC\u0000""#, "Aé€\u{0}"),
        (#""\uD83D\uDE00\ud83d\ude01""#, "😀😁"),
        (#""\uD800\uDC00\uDBFF\uDFFF""#, "\u{10000}\u{10FFFF}"),
        ("\"é€😀\u{7F}\"", "é€😀\u{7F}"), (#""0123456\n89abcdef\"x""#, "0123456\n89abcdef\"x"),
    ])
    func `a string is handed out with its escapes replaced`(text: String, value: String) throws {
        #expect(try string(text) == value)
    }

    @Test(arguments: [
        (#""\uD83D""#, 1), (#""ab\uDE00""#, 3), (#""\uD83D\u0041""#, 1), (#""\uD83Dx""#, 1),
        (#""\uD83D\n""#, 1), (#""\uD83D\uD83D\uDE00""#, 1), (#""\uDE00\uD83D""#, 1),
    ])
    func `half a surrogate pair is an error of the string`(text: String, offset: Int) throws {
        #expect(throws: JSONError(.loneSurrogate, offset: offset)) { try string(text) }
        try reading(text) { json throws(JSONError) in try json.skip() }
    }

    @Test(
        arguments: [
            [0x80], [0xC3], [0xC0, 0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80],
            [0xFF], [0x61, 0xC3, 0x5C, 0x6E],
        ] as [[UInt8]])
    func `a string that is not UTF-8 is no string but can be skipped`(content: [UInt8]) throws {
        let text = [UInt8(ascii: "["), UInt8(ascii: "\"")] + content + [UInt8(ascii: "\""), 0x5D]
        let memory = GuardedBytes()
        #expect(throws: JSONError(.invalidUTF8, offset: 2)) {
            try memory.withCopy(of: text) { bytes throws(JSONError) in
                var json = JSONCursor(bytes)
                try json.array { json throws(JSONError) in _ = try json.string() }
            }
        }
        let raw = try memory.withCopy(of: text) { bytes throws(JSONError) in
            var json = JSONCursor(bytes)
            try json.skip()
            try json.finish()
            json = JSONCursor(bytes)
            var raw: [UInt8] = []
            try json.array { json throws(JSONError) in raw = Array(try json.text().bytes) }
            return raw
        }
        #expect(raw == content)
    }

    @Test
    func `a text tells its bytes as written, its place and whether it has escapes`() throws {
        try reading(#" ["plain", "es\u0063aped"]"#) { json throws(JSONError) in
            try json.beginArray()
            let plain = try json.text()
            #expect(String(decoding: plain.bytes, as: UTF8.self) == "plain")
            #expect(!plain.isEscaped)
            #expect(plain.offset == 3)
            try json.nextElement()
            let escaped = try json.text()
            #expect(String(decoding: escaped.bytes, as: UTF8.self) == #"es\u0063aped"#)
            #expect(escaped.isEscaped)
            #expect(escaped.offset == 12)
            try json.endArray()
        }
    }

    @Test
    func `only a plain text is handed out as bytes without a word about escapes`() throws {
        let plain = try reading(#""BUY""#) { json throws(JSONError) in Array(try json.plainText()) }
        #expect(plain == Array("BUY".utf8))
        #expect(throws: JSONError(.escapedText, offset: 1)) {
            try reading(#""\u0042UY""#) { json throws(JSONError) in _ = try json.plainText() }
        }
    }

    @Test
    func `unescaping fills a buffer that is just large enough and refuses a smaller one`() throws {
        let text = #""a\n\u00e9\uD83D\uDE00z""#
        let expected = Array("a\né😀z".utf8)
        for capacity in 0...(expected.count + 2) {
            var buffer = [UInt8](repeating: 0xAA, count: capacity)
            let result = try reading(text) { json throws(JSONError) in
                let text = try json.text()
                return buffer.withUnsafeMutableBufferPointer { target in
                    Result { () throws(JSONError) in try text.unescape(into: target) }
                }
            }
            if capacity < expected.count {
                #expect(throws: JSONError.self) { try result.get() }
                if case .failure(let error) = result { #expect(error.kind == .bufferTooSmall) }
            } else {
                #expect(try result.get() == expected.count)
                #expect(Array(buffer[..<expected.count]) == expected)
                #expect(buffer[expected.count...].allSatisfy { $0 == 0xAA })
            }
        }
    }

    private static let names = [
        "", "a", "ab", "abcd", "abcde", "abcdefg", "abcdefgh", "abcdefghi", "abcdefghijklmnopq",
    ]

    /// Which of the names the text of a string is; nil for none.
    private func matched(_ string: String) throws(JSONError) -> Int? {
        try reading(string) { json throws(JSONError) in
            switch try json.text() {
            case "": 0
            case "a": 1
            case "ab": 2
            case "abcd": 3
            case "abcde": 4
            case "abcdefg": 5
            case "abcdefgh": 6
            case "abcdefghi": 7
            case "abcdefghijklmnopq": 8
            default: nil
            }
        }
    }

    @Test
    func `a name matches the same bytes and nothing else`() throws {
        for (number, name) in Self.names.enumerated() {
            #expect(try matched("\"\(name)\"") == number)
            for position in 0..<name.count {
                var other = Array(name)
                other[position] = "X"
                #expect(try matched("\"\(String(other))\"") == nil)
            }
        }
        #expect(try matched(#""\u0061""#) == nil)
    }
}
