import Testing
import WireCodecs

struct InlineTextTests {
    /// What stands at the front of a text, read at a glance and anyhow; nil where it is not read so.
    private static func read(_ json: String) -> (glance: String?, anyhow: String?) {
        Array(json.utf8).withUnsafeBufferPointer { bytes in
            var first = JSONCursor(bytes)
            let glance: InlineText<4>? = first.takeText()
            var second = JSONCursor(bytes)
            let anyhow: InlineText<4>? = try? second.inlineText()
            if glance != nil { #expect(first.offset == second.offset) } else { #expect(first.offset == 0) }
            return (glance?.description, anyhow?.description)
        }
    }

    @Test(arguments: ["", "\"", ",", #","e":"kline","s":"OAKPINE-261127-50000-C"}"#])
    func `texts up to 32 bytes are kept in place`(rest: String) {
        for length in 0...40 {
            let text = String("OAK-261127-50000-C-0123456789-abcdefghij".prefix(length))
            let (glance, anyhow) = Self.read("\"\(text)\"" + rest)
            #expect(anyhow == (length <= 32 ? text : nil))
            // With all of its place taken there is none for the quote.
            #expect(glance == (length < 32 ? text : nil))
        }
    }

    @Test func `other letters and escapes are read too, and damage is refused`() {
        #expect(Self.read(#""币安人生USDT","a":1"#) == (nil, "币安人生USDT"))
        #expect(Self.read(#""a\u0042c","a":1"#) == (nil, "aBc"))
        for text in ["", "\"", "\"OAK", "\"OAK\u{1}\"", "OAK", #""OAK\q""#] {
            #expect(Self.read(text) == (nil, nil), "\(text)")
        }
        let broken: [UInt8] = [0x22, 0x41, 0xFF, 0x22]
        broken.withUnsafeBufferPointer { bytes in
            var json = JSONCursor(bytes)
            #expect((json.takeText() as InlineText<4>?) == nil)
            #expect(throws: JSONError(.invalidUTF8, offset: 1)) { try json.inlineText() as InlineText<4> }
        }
    }

    @Test func `equal texts are equal`() {
        let text: InlineText<2> = "OAKPINE"
        #expect(text == InlineText("OAKPINE") && text != "OAKPINES" && text != "oakpine")
        #expect(InlineText<2>().description == "" && InlineText<2>(String(repeating: "a", count: 17)) == nil)
        #expect(Set([text, "OAKPINE", "PINE"]).count == 2)
        #expect(text.withBytes { Array($0) } == Array("OAKPINE".utf8))
    }
}
