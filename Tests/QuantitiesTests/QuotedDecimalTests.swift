import Quantities
import Testing

struct QuotedDecimalTests {
    /// Nil for what is left to others.
    private static func decimal(_ text: String) -> QuotedDecimal? {
        // What follows in a message, so that enough can be read.
        Array((text + #","q":"120.00000000""#).utf8).withUnsafeBufferPointer { bytes in
            bytes.baseAddress.flatMap { QuotedDecimal($0) }
        }
    }

    @Test func `decimals in front of a quote are what the exact parser makes of them`() throws {
        var random = SeededRandom(seed: 31)
        var taken = 0
        for _ in 0..<100_000 {
            var text = String(random.next() >> UInt64(random.below(64)))
            if random.chance(0.5) { text = String(text.prefix(1 + random.below(11))) }
            if random.chance(0.9) { text += "." }
            for _ in 0..<(random.chance(0.5) ? 8 : random.below(11)) { text += String(random.below(10)) }
            if random.chance(0.3) {
                var bytes = Array(text.utf8)
                bytes[random.below(bytes.count)] = UInt8(0x20 + random.below(0x5F))
                text = String(decoding: bytes, as: UTF8.self)
            }
            guard let decimal = Self.decimal(text + "\"") else { continue }
            taken += 1
            // Up to the first quote, which may be one that was thrown in.
            let front = text.prefix { $0 != "\"" }
            #expect(decimal.length == front.utf8.count, "\(text)")
            #expect(try Price(String(front)).raw == decimal.raw, "\(text)")
        }
        #expect(taken > 20_000, "\(taken)")
    }

    @Test(arguments: [
        "0", "7", "0.1", "2683.8", "4999.123", "1234567", "12345678", "1234567890", "0.00000001",
        "61837.63000000",
        "1234567.12345678", "12345678.1", "1234567890.12345678", "9999999.1", "1.0", "99999.9999999",
    ])
    func `the forms of venues are taken whole, alone and in a body of its own`(text: String) throws {
        let decimal = try #require(Self.decimal(text + "\""))
        #expect(decimal.length == text.utf8.count)
        #expect(decimal.raw == (try Price(text).raw))
        let read = Array((text + #"","q":"120.00000000""#).utf8).withUnsafeBufferPointer { bytes in
            bytes.baseAddress.map { QuotedDecimal.read($0) }
        }
        #expect(read?.raw == decimal.raw && read?.length == decimal.length)
    }

    @Test(arguments: [
        "", ".", ".5", "5.", "00", "01.5", "-1", "+1", "1e5", "1.5e3", "1.2.3", "12345678901", "1.123456789",
        "1 ",
        "1..2", "1.\"", "\"", "a", "1,5",
    ])
    func `all else is left to others`(text: String) {
        #expect(Self.decimal(text + "\"")?.raw == nil)
        #expect(Self.decimal("1.5")?.raw == nil)
    }

    @Test func `at the end of a text decimals and whole numbers are the same as inside of it`() {
        var random = SeededRandom(seed: 33)
        var taken = 0
        for _ in 0..<50_000 {
            var text = String(random.next() >> UInt64(random.below(64)))
            if random.chance(0.5) { text = String(text.prefix(1 + random.below(11))) }
            if random.chance(0.7) {
                text += "."
                for _ in 0..<(random.chance(0.5) ? 8 : random.below(9)) { text += String(random.below(10)) }
            }
            // With what may stand behind it, all of which may be cut.
            text = String((text + #""}]}}","q":"120.00"#).prefix(1 + random.below(38)))
            let front = #"{"p":"1"#
            let ended = Array((front + text).utf8).withUnsafeBufferPointer { bytes in
                bytes.baseAddress.map {
                    let start = $0 + front.utf8.count
                    return (
                        QuotedDecimal.read(start, last: text.utf8.count),
                        DecimalDigits.readWhole(start, last: text.utf8.count)
                    )
                }
            }
            // Nothing behind it counts as a digit, a point or a quote.
            let padded = Array(text.utf8) + Array(repeating: 0, count: 24)
            let inside = padded.withUnsafeBufferPointer { bytes in
                bytes.baseAddress.map { (QuotedDecimal.read($0), DecimalDigits.readWhole($0)) }
            }
            #expect(ended?.0.raw == inside?.0.raw && ended?.0.length == inside?.0.length, "\(text)")
            #expect(ended?.1.value == inside?.1.value && ended?.1.length == inside?.1.length, "\(text)")
            if let decimal = ended?.0, decimal.length > 0 {
                taken += 1
                #expect((try? Price(String(text.prefix(decimal.length))).raw) == decimal.raw, "\(text)")
            }
        }
        #expect(taken > 10_000, "\(taken)")
    }
}
