import Quantities
import Testing
import WireCodecs

struct JSONNumberTests {
    private func int(_ text: String) throws(JSONError) -> Int64 {
        try reading(text) { json throws(JSONError) in
            let value = try json.int()
            try json.finish()
            return value
        }
    }

    private func uint(_ text: String) throws(JSONError) -> UInt64 {
        try reading(text) { json throws(JSONError) in
            let value = try json.uint()
            try json.finish()
            return value
        }
    }

    @Test(arguments: [
        ("0", 0), ("-0", 0), ("7", 7), ("-10", -10), (" 1723161255342 ", 1_723_161_255_342),
        ("999999999999999999", 999_999_999_999_999_999), ("9223372036854775807", Int64.max),
        ("-9223372036854775808", Int64.min), ("1000000000000000000", 1_000_000_000_000_000_000),
    ])
    func `integers are read up to their limits`(text: String, value: Int64) throws {
        #expect(try int(text) == value)
    }

    @Test(arguments: [
        ("9223372036854775808", JSONError(.outOfRange, offset: 0)),
        ("-9223372036854775809", JSONError(.outOfRange, offset: 0)),
        ("18446744073709551616", JSONError(.outOfRange, offset: 0)),
        ("99999999999999999999999999", JSONError(.outOfRange, offset: 0)),
        (" 1.0", JSONError(.notAnInteger, offset: 1)), ("1e3", JSONError(.notAnInteger, offset: 0)),
        ("-0.0", JSONError(.notAnInteger, offset: 0)), ("1.", JSONError(.truncated, offset: 2)),
        ("1.x", JSONError(.unexpectedByte, offset: 2)), ("1Ex", JSONError(.unexpectedByte, offset: 2)),
        ("00", JSONError(.unexpectedByte, offset: 1)), ("-012", JSONError(.unexpectedByte, offset: 2)),
        ("", JSONError(.truncated, offset: 0)), ("-", JSONError(.truncated, offset: 1)),
        ("-x", JSONError(.unexpectedByte, offset: 1)), ("x", JSONError(.unexpectedByte, offset: 0)),
        ("\"1\"", JSONError(.wrongKind, offset: 0)), ("null", JSONError(.wrongKind, offset: 0)),
        ("1x", JSONError(.trailingBytes, offset: 1)),
    ])
    func `what is no integer of 64 bits says why`(text: String, error: JSONError) {
        #expect(throws: error) { try int(text) }
    }

    @Test
    func `unsigned integers are read up to their limit`() throws {
        #expect(try uint("18446744073709551615") == .max)
        #expect(try uint("9999999999999999999") == 9_999_999_999_999_999_999)
        #expect(try uint("0") == 0)
        #expect(throws: JSONError(.outOfRange, offset: 0)) { try uint("18446744073709551616") }
        #expect(throws: JSONError(.outOfRange, offset: 0)) { try uint("28446744073709551615") }
        #expect(throws: JSONError(.outOfRange, offset: 0)) { try uint("-1") }
        #expect(throws: JSONError(.truncated, offset: 1)) { try uint("-") }
        #expect(throws: JSONError(.notAnInteger, offset: 0)) { try uint("18446744073709551615.5") }
    }

    @Test(arguments: ["61837.63000000", "0.02", "-12", "1e5"])
    func `a decimal has the same text as a number and as a string`(decimal: String) throws {
        for text in [decimal, "\"\(decimal)\"", " \(decimal) "] {
            let read = try reading(text) { json throws(JSONError) in
                String(decoding: try json.decimalText(), as: UTF8.self)
            }
            #expect(read == decimal)
        }
    }

    @Test(arguments: [
        ("[null]", JSONError(.wrongKind, offset: 1)), ("[true]", JSONError(.wrongKind, offset: 1)),
        ("[{}]", JSONError(.wrongKind, offset: 1)), ("[.5]", JSONError(.unexpectedByte, offset: 1)),
        ("[1\\u0030]", JSONError(.unexpectedByte, offset: 2)),
        ("[ \"1\\u0030\"]", JSONError(.escapedText, offset: 3)),
        ("[ \"\"]", JSONError(.refused, offset: 2)), ("[\"1,5\"]", JSONError(.refused, offset: 1)),
        ("[1e5]", JSONError(.refused, offset: 1)),
        ("[0.0000000000001]", JSONError(.refused, offset: 1)),
        ("[\"1", JSONError(.truncated, offset: 3)),
    ])
    func `a decimal that is none is refused at its place`(text: String, error: JSONError) {
        #expect(throws: error) {
            try reading(text) { json throws(JSONError) in
                try json.array { json throws(JSONError) in
                    _ = try json.decimal { bytes throws(DecimalError) in try Price(parsing: bytes) }
                }
            }
        }
    }

    @Test
    func `a decimal goes through its parser`() throws {
        let prices = try reading("[\"61837.63\", 0.5]") { json throws(JSONError) in
            var prices: [Price] = []
            try json.array { json throws(JSONError) in
                prices.append(
                    try json.decimal { bytes throws(DecimalError) in try Price(parsing: bytes) })
            }
            return prices
        }
        #expect(prices.map(\.description) == ["61837.63", "0.5"])
    }
}

struct JSONTextTests {
    private func string(_ text: String) throws(JSONError) -> String {
        try reading(text) { json throws(JSONError) in try json.string() }
    }

    @Test(arguments: [
        (#""""#, ""), (#""BTCUSDT""#, "BTCUSDT"), (#""a\"b\\c\/d""#, "a\"b\\c/d"),
        (#""\b\f\n\r\t""#, "\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9\u20AC\u0000""#, "Aé€\u{0}"),
        (#""\uD83D\uDE00\ud83d\ude01""#, "😀😁"), (#""\uD800\uDC00\uDBFF\uDFFF""#, "\u{10000}\u{10FFFF}"),
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

    @Test(arguments: [
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

    @Test
    func `a name matches the same bytes and nothing else`() throws {
        let names = ["", "a", "ab", "abcd", "abcde", "abcdefg", "abcdefgh", "abcdefghi", "abcdefghijklmnopq"]
        func matched(_ text: JSONText) -> Int? {
            switch text {
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
        for (number, name) in names.enumerated() {
            #expect(try reading("\"\(name)\"") { json throws(JSONError) in matched(try json.text()) } == number)
            for position in name.indices {
                var other = Array(name)
                other[name.distance(from: name.startIndex, to: position)] = "X"
                #expect(
                    try reading("\"\(String(other))\"") { json throws(JSONError) in
                        matched(try json.text())
                    } == nil)
            }
        }
        #expect(try reading(#""\u0061""#) { json throws(JSONError) in matched(try json.text()) } == nil)
    }
}

struct JSONWordTests {
    @Test
    func `the three words are read as what they are`() throws {
        try reading("[true, false ,null, 1]") { json throws(JSONError) in
            try json.beginArray()
            #expect(try json.bool())
            try json.nextElement()
            #expect(try !json.bool())
            try json.nextElement()
            #expect(try json.takeNull())
            try json.nextElement()
            #expect(try !json.takeNull())
            #expect(try json.int() == 1)
            try json.endArray()
            try json.finish()
        }
    }

    @Test(arguments: [
        ("1", JSONError(.wrongKind, offset: 0)), ("\"true\"", JSONError(.wrongKind, offset: 0)),
        ("tRue", JSONError(.unexpectedByte, offset: 1)), ("fals", JSONError(.truncated, offset: 4)),
        ("", JSONError(.truncated, offset: 0)), ("?", JSONError(.unexpectedByte, offset: 0)),
    ])
    func `what is no boolean says why`(text: String, error: JSONError) {
        #expect(throws: error) {
            try reading(text) { json throws(JSONError) in _ = try json.bool() }
        }
    }

    @Test
    func `half a null is an error and not an absence`() {
        #expect(throws: JSONError(.truncated, offset: 2)) {
            try reading("nu") { json throws(JSONError) in _ = try json.takeNull() }
        }
        #expect(throws: JSONError(.truncated, offset: 1)) {
            try reading(" ") { json throws(JSONError) in _ = try json.takeNull() }
        }
    }

    @Test
    func `a value's kind is known before it is read`() throws {
        let kinds: [(String, JSONCursor.Kind)] = [
            ("{}", .object), (" []", .array), ("\"\"", .string), ("-1", .number), ("0", .number),
            ("9", .number), ("true", .bool), ("false", .bool), ("null", .null),
        ]
        for (text, kind) in kinds {
            #expect(try reading(text) { json throws(JSONError) in try json.peek() } == kind)
        }
        #expect(throws: JSONError(.unexpectedByte, offset: 0)) {
            try reading("]") { json throws(JSONError) in _ = try json.peek() }
        }
    }
}
