import Quantities
import Testing
import WireCodecs

struct JSONWriterTests {
    private func written(_ body: (inout JSONWriter) -> Void) -> String {
        var json = JSONWriter(capacity: 16)
        body(&json)
        return json.withBytes { String(decoding: $0, as: UTF8.self) }
    }

    @Test
    func `a document is compact and in the order it was written`() {
        let text = written { json in
            json.object { json in
                json.key("market")
                json.string("BTCUSDT" as StaticString)
                json.key("empty")
                json.object { _ in }
                json.key("levels")
                json.array { json in
                    json.array { _ in }
                    json.array { json in
                        json.int(1)
                        json.null()
                        json.bool(true)
                        json.bool(false)
                    }
                }
                json.key("id")
                json.uint(.max)
            }
        }
        #expect(
            text == #"{"market":"BTCUSDT","empty":{},"levels":[[],[1,null,true,false]],"#
                + #""id":18446744073709551615}"#)
    }

    @Test
    func `containers that are begun and ended by hand are the same`() {
        let text = written { json in
            json.beginArray()
            json.beginObject()
            json.key("a")
            json.beginArray()
            json.endArray()
            json.endObject()
            json.int(2)
            json.endArray()
        }
        #expect(text == #"[{"a":[]},2]"#)
    }

    @Test(arguments: [0, 1, -1, 10, 99, -100, Int64.max, Int64.min])
    func `integers are written in full`(value: Int64) {
        #expect(written { $0.int(value) } == String(value))
    }

    @Test(arguments: [
        ("", #""""#), ("plain", #""plain""#), ("\"\\/", #""\"\\/""#),
        ("\u{8}\t\n\u{C}\r\u{0}\u{B}\u{1F}\u{7F}", #""\b\t\n\f\r\u0000\u000b\u001f"# + "\u{7F}\""),
        ("é€😀", "\"é€😀\""), ("\"a\"", #""\"a\"""#),
    ])
    func `strings are escaped where they must be and nowhere else`(text: String, json: String) {
        #expect(written { $0.string(text) } == json)
        #expect(
            written { writer in
                writer.object { writer in
                    var key = text
                    key.withUTF8 { writer.key($0) }
                    writer.null()
                }
            } == "{\(json):null}")
    }

    @Test
    func `figures are formatted in place, bare or quoted`() throws {
        let price = try Price("61837.63")
        let text = written { json in
            json.array { json in
                json.number(lengthMax: DecimalText.lengthMax) { price.write(decimals: 2, to: $0) }
                json.string(lengthMax: DecimalText.lengthMax) { price.write(decimals: 8, to: $0) }
            }
        }
        #expect(text == #"[61837.63,"61837.63000000"]"#)
    }

    @Test
    func `a value that is JSON already is taken over as it is`() throws {
        var json = JSONWriter()
        try reading(#"{"id": [1, "x\n"] }"#) { cursor throws(JSONError) in
            try cursor.object { cursor, key throws(JSONError) in
                json.beginArray()
                json.rawValue(try cursor.rawValue())
                json.endArray()
            }
        }
        #expect(json.withBytes { String(decoding: $0, as: UTF8.self) } == #"[[1, "x\n"]]"#)
    }

    @Test
    func `a writer that was reset in the middle begins anew`() {
        var json = JSONWriter()
        json.beginObject()
        json.key("a")
        json.reset()
        json.array { $0.int(1) }
        #expect(json.withBytes { Array($0) } == Array("[1]".utf8))
    }

    @Test
    func `what is written is read back as it was`() throws {
        var random = SeededRandom(seed: 5)
        var writer = JSONWriter()
        for number in 0..<5_000 {
            let tree = JSONTree.random(&random)
            writer.reset()
            tree.write(to: &writer)
            let read = try writer.withBytes { bytes throws(JSONError) in
                var json = JSONCursor(bytes)
                let tree = try JSONTree.read(&json)
                try json.finish()
                return tree
            }
            if read != tree {
                Issue.record("case \(number): \(tree) was read back as \(read)")
                return
            }
        }
    }

    @Test
    func `containers nest to the limit`() throws {
        var json = JSONWriter()
        for _ in 0..<JSONWriter.nestingMax { json.beginArray() }
        for _ in 0..<JSONWriter.nestingMax { json.endArray() }
        try json.withBytes { bytes throws(JSONError) in
            var cursor = JSONCursor(bytes)
            try cursor.skip()
            try cursor.finish()
        }
    }
}
