import Quantities
import Testing
import WireCodecs

/// Decimals read in one pass, against the reading of their texts.
struct JSONScanningTests {
    private static func scan(_ text: UnsafeBufferPointer<UInt8>) -> (Int128, length: Int)? {
        DecimalDigits(atFrontOf: text).map { ($0.raw, $0.length) }
    }

    private static func isUsual(_ byte: UInt8?) -> Bool { byte.map { ",]}".utf8.contains($0) } ?? false }

    @Test func `what a scanner reads is what the text says, and what it leaves alone is not consumed`() {
        var random = SeededRandom(seed: 5)
        let memory = GuardedBytes()
        var read = 0
        for number in 0..<60_000 {
            let isQuoted = random.chance(0.5)
            let bytes = Self.value(isQuoted: isQuoted, &random)
            let problem: String? = memory.withCopy(of: bytes) { text in
                var fast = JSONCursor(text)
                let raw = isQuoted ? fast.plainText(scanning: Self.scan) : fast.number(scanning: Self.scan)
                var slow = JSONCursor(text)
                guard let raw else {
                    let blanks = bytes.prefix { $0 == 0x20 || $0 == 0x0A }.count
                    return fast.offset == blanks ? nil : "\(fast.offset) bytes were consumed"
                }
                read += 1
                do throws(JSONError) {
                    let value = try slow.decimal { text throws(DecimalError) in try Amount(parsing: text) }
                    if value.raw != raw { return "\(value) was read as \(Amount(raw: raw))" }
                } catch {
                    return "\(error)"
                }
                if !isQuoted, !Self.isUsual(slow.offset < text.count ? text[slow.offset] : nil) {
                    return "something else follows"
                }
                return fast.offset == slow.offset ? nil : "\(fast.offset) and not \(slow.offset)"
            }
            if let problem {
                Issue.record("case \(number), \(String(decoding: bytes, as: UTF8.self)): \(problem)")
                return
            }
        }
        #expect(read > 20_000, "\(read)")
    }

    /// A decimal with what may follow it, mostly as it should be.
    private static func value(isQuoted: Bool, _ random: inout SeededRandom) -> [UInt8] {
        var text = String(repeating: " ", count: random.below(3))
        if isQuoted { text += "\"" }
        text += String(random.next() >> UInt64(30 + random.below(34)))
        if random.chance(0.8) {
            text += "."
            for _ in 0..<(random.chance(0.4) ? 8 : random.below(13)) { text += String(random.below(10)) }
        }
        if isQuoted { text += "\"" }
        text +=
            [",", "]", "}", "", " ,", "e5,", ".", "0"][random.chance(0.8) ? random.below(3) : random.below(8)]
        var bytes = Array(text.utf8)
        if random.chance(0.2) {
            bytes[random.below(bytes.count)] = Array("\"\\ .-+eE09,\n".utf8)[random.below(12)]
        }
        if random.chance(0.05) { bytes.removeLast(random.below(bytes.count)) }
        return bytes
    }

    @Test(arguments: [
        "", " ", "\"", "5", "\"5", "\"5.", "\"5.1", "5.1", "-5,", "\"-5\"", "\"5\\u0030\"", "null,",
    ])
    func `what is cut off or of another form is left alone`(text: String) throws {
        try reading(text) { json throws(JSONError) in
            let start = json.offset
            #expect(json.plainText(scanning: Self.scan) == nil)
            #expect(json.number(scanning: Self.scan) == nil)
            #expect(json.offset - start == text.utf8.prefix { $0 == 0x20 }.count)
        }
    }

    @Test func `blanks of every kind and number stand before a value`() throws {
        for blanks in ["", " ", "  ", "\n", " \n", "\t ", "\r\n\t  "] {
            let value = try reading(blanks + "[" + blanks + "7" + blanks + "," + blanks + "8" + blanks + "]")
            {
                json throws(JSONError) in
                var sum: Int64 = 0
                try json.array { json throws(JSONError) in sum += try json.int() }
                try json.finish()
                return sum
            }
            #expect(value == 15)
        }
    }
}
