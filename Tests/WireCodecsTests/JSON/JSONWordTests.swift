import Testing
import WireCodecs

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
