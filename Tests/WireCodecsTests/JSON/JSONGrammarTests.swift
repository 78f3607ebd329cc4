import Testing
import WireCodecs

struct JSONGrammarTests {
    private func check(_ text: String) throws(JSONError) {
        try reading(text) { json throws(JSONError) in
            try json.skip()
            try json.finish()
        }
    }

    @Test(arguments: [
        "{}", "[]", "\"\"", "0", "-0", "true", "false", "null", " \t\r\n1 \t\r\n", "{ }", "[ ]",
        "[1,2]", "[ 1 , 2 ]", "{\"a\":1,\"b\":{\"c\":[{}]}}", "{ \"a\" : 1 , \"\" : 2 }",
        "[[],[[]]]",
        "1.0", "-1.25e+10", "1E5", "0.5", "0e0", "123456789012345678901234567890.5",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00\"", "\"}]{[\"", "{\"a\":1,\"a\":2}",
        "\"0123456\"", "\"01234567\"", "\"012345678\"", "\"\u{7F}\u{80}é😀\"",
    ])
    func `what RFC 8259 allows is accepted`(text: String) throws {
        try check(text)
        #expect(NaiveJSON.accepts(Array(text.utf8)))
    }

    @Test(arguments: [
        ("", JSONError(.truncated, offset: 0)), (" ", JSONError(.truncated, offset: 1)),
        ("{", JSONError(.truncated, offset: 1)), ("{\"a\"", JSONError(.truncated, offset: 4)),
        ("[1,", JSONError(.truncated, offset: 3)), ("tru", JSONError(.truncated, offset: 3)),
        ("-", JSONError(.truncated, offset: 1)), ("1.", JSONError(.truncated, offset: 2)),
        ("1e+", JSONError(.truncated, offset: 3)), ("\"abc", JSONError(.truncated, offset: 4)),
        ("\"\\", JSONError(.truncated, offset: 2)), ("\"\\u00", JSONError(.truncated, offset: 5)),
        ("{a:1}", JSONError(.unexpectedByte, offset: 1)),
        ("{1:1}", JSONError(.unexpectedByte, offset: 1)),
        ("{\"a\"}", JSONError(.unexpectedByte, offset: 4)),
        ("{\"a\":}", JSONError(.unexpectedByte, offset: 5)),
        ("{\"a\":1,}", JSONError(.unexpectedByte, offset: 7)),
        ("{,}", JSONError(.unexpectedByte, offset: 1)),
        ("{\"a\" 1}", JSONError(.unexpectedByte, offset: 5)),
        ("[1,]", JSONError(.unexpectedByte, offset: 3)),
        ("[,1]", JSONError(.unexpectedByte, offset: 1)),
        ("[1 2]", JSONError(.unexpectedByte, offset: 3)),
        ("[1}", JSONError(.unexpectedByte, offset: 2)),
        ("{\"a\":1]", JSONError(.unexpectedByte, offset: 6)),
        ("trux", JSONError(.unexpectedByte, offset: 3)),
        ("nan", JSONError(.unexpectedByte, offset: 1)),
        ("NaN", JSONError(.unexpectedByte, offset: 0)),
        ("True", JSONError(.unexpectedByte, offset: 0)),
        ("01", JSONError(.unexpectedByte, offset: 1)),
        ("-01", JSONError(.unexpectedByte, offset: 2)),
        ("-a", JSONError(.unexpectedByte, offset: 1)),
        ("1.e5", JSONError(.unexpectedByte, offset: 2)),
        ("1ex", JSONError(.unexpectedByte, offset: 2)),
        (".5", JSONError(.unexpectedByte, offset: 0)),
        ("+1", JSONError(.unexpectedByte, offset: 0)),
        ("'a'", JSONError(.unexpectedByte, offset: 0)),
        ("]", JSONError(.unexpectedByte, offset: 0)),
        ("\u{C}1", JSONError(.unexpectedByte, offset: 0)),
        ("\u{FEFF}1", JSONError(.unexpectedByte, offset: 0)),
        ("/* */1", JSONError(.unexpectedByte, offset: 0)),
        ("\"\\x\"", JSONError(.invalidEscape, offset: 1)),
        ("\"a\\u12G4\"", JSONError(.invalidEscape, offset: 2)),
        ("\"a\nb\"", JSONError(.controlCharacter, offset: 2)),
        ("\"0123456789\u{0}\"", JSONError(.controlCharacter, offset: 11)),
        ("{\"a\u{1F}\":1}", JSONError(.controlCharacter, offset: 3)),
        ("truex", JSONError(.trailingBytes, offset: 4)),
        ("1 1", JSONError(.trailingBytes, offset: 2)),
        ("{} {}", JSONError(.trailingBytes, offset: 3)),
        ("[]]", JSONError(.trailingBytes, offset: 2)),
    ])
    func `what it does not allow is refused at the byte`(text: String, error: JSONError) {
        #expect(throws: error) { try check(text) }
        #expect(!NaiveJSON.accepts(Array(text.utf8)))
    }

    @Test(arguments: [("[", "]"), ("{\"a\":", "}")])
    func `containers nest to the limit and no deeper`(open: String, close: String) throws {
        let limit = JSONCursor.nestingMax
        let deepest =
            String(repeating: open, count: limit) + "1"
            + String(repeating: close, count: limit)
        try check(deepest)
        _ = try reading(deepest) { json throws(JSONError) in try JSONTree.read(&json) }

        let error = JSONError(.nestingTooDeep, offset: limit * open.utf8.count)
        for levels in [limit + 1, 40_000] {
            let tooDeep = String(repeating: open, count: levels)
            #expect(throws: error) { try check(tooDeep) }
            #expect(throws: error) {
                try reading(tooDeep) { json throws(JSONError) in try JSONTree.read(&json) }
            }
        }
    }

    @Test
    func `a hundred thousand brackets are an error and no crash`() {
        let text = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
        #expect(throws: JSONError(.nestingTooDeep, offset: JSONCursor.nestingMax)) {
            try GuardedBytes().withCopy(of: text) { bytes throws(JSONError) in
                var json = JSONCursor(bytes)
                try json.skip()
            }
        }
    }

    @Test
    func `levels that the caller entered count as well as skipped ones`() throws {
        let inner = JSONCursor.nestingMax - 2
        for (extra, fits) in [(0, true), (1, false)] {
            let text =
                "[[" + String(repeating: "[", count: inner + extra)
                + String(repeating: "]", count: inner + extra) + "]]"
            let accepted: Bool
            do throws(JSONError) {
                try reading(text) { json throws(JSONError) in
                    try json.array { json throws(JSONError) in
                        try json.array { json throws(JSONError) in try json.skip() }
                    }
                }
                accepted = true
            } catch {
                #expect(error == JSONError(.nestingTooDeep, offset: JSONCursor.nestingMax))
                accepted = false
            }
            #expect(accepted == fits)
        }
    }

    @Test
    func `containers beside each other do not add up`() throws {
        let count = JSONCursor.nestingMax * 2
        let siblings = Array(repeating: "{\"a\":[[],{},[1,[2],{}]]}", count: count)
        let text = "[" + siblings.joined(separator: ",") + "]"
        try check(text)
        _ = try reading(text) { json throws(JSONError) in try JSONTree.read(&json) }
        try reading(text) { json throws(JSONError) in
            try json.array { json throws(JSONError) in
                try json.object { json, _ throws(JSONError) in
                    try json.beginArray()
                    try json.skip()
                    try json.endArray()
                }
            }
            try json.finish()
        }
    }
}
