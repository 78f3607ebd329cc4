import Quantities
import Testing

struct DecimalDigitsTests {
    private static func digits(_ text: String) -> DecimalDigits? {
        Array(text.utf8).withUnsafeBufferPointer { DecimalDigits(atFrontOf: $0) }
    }

    private static func written(_ text: String) throws(DecimalError) -> WrittenDecimal {
        let result: Result<WrittenDecimal, DecimalError> = Array(text.utf8).withUnsafeBufferPointer { bytes in
            do throws(DecimalError) {
                return .success(try WrittenDecimal(parsing: bytes))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// What follows a figure in a message.
    private static let more = #"","q":"120.00000000""#

    @Test func `digits at the front are what the exact parser makes of them`() throws {
        var random = SeededRandom(seed: 8)
        var taken = 0
        for _ in 0..<50_000 {
            var text = String(random.next() >> UInt64(random.below(64)))
            if random.chance(0.9) { text += "." }
            for _ in 0..<(random.chance(0.5) ? 8 : random.below(14)) { text += String(random.below(10)) }
            if random.chance(0.2) {
                var bytes = Array(text.utf8)
                bytes[random.below(bytes.count)] = UInt8(0x20 + random.below(0x5F))
                text = String(decoding: bytes, as: UTF8.self)
            }
            // With and without enough behind it to be looked at all at once.
            let rest = ["", "\"", ",", "e5", "\"2"][random.below(5)] + (random.chance(0.7) ? Self.more : "")
            guard let digits = Self.digits(text + rest) else { continue }
            taken += 1
            let front = String(decoding: text.utf8.prefix(digits.length), as: UTF8.self)
            #expect(try Self.written(front) == WrittenDecimal(digits), "\(text)")
            #expect(try Price(front).raw == digits.raw, "\(text)")
        }
        #expect(taken > 10_000, "\(taken)")
    }

    @Test(arguments: [
        ("61837.63000000", 8), ("0.00000001", 8), ("2683.8", 1), ("0.014", 3), ("1.000000000001", 12),
        ("0", 0), ("10", 0), ("999999999999999999", 0), ("99999999999999999.9", 1), ("0.0", 1),
    ])
    func `the forms of venues are taken whole`(text: String, decimals: Int) throws {
        let digits = try #require(Self.digits(text))
        #expect(digits.length == text.utf8.count)
        #expect(digits.decimals == decimals)
        #expect(digits.raw == (try Price(text).raw))
        let inside = try #require(Self.digits(text + Self.more))
        #expect(inside.length == digits.length && inside.decimals == decimals && inside.raw == digits.raw)
    }

    @Test(arguments: [
        ("0", 0), ("7", 7), ("1700000000123", 1_700_000_000_123), ("999999999999999", 999_999_999_999_999),
        ("1000000000000000", 1_000_000_000_000_000), ("9223372036854775807", 9_223_372_036_854_775_807),
    ])
    func `whole numbers are read all at once`(text: String, value: UInt64) throws {
        let whole = try #require(Self.whole(text + Self.more))
        #expect(whole == value)
        #expect(Self.whole(text) == value)
    }

    @Test(arguments: [
        "", "01", "-1", "9223372036854775808", "18446744073709551617", "00000000000000001", "x",
    ])
    func `whole numbers of another form are left to others`(text: String) {
        #expect(Self.whole(text + Self.more) == nil)
        #expect(Self.whole(text) == nil)
    }

    private static func whole(_ text: String) -> UInt64? {
        Array(text.utf8).withUnsafeBufferPointer { DecimalDigits.whole(atFrontOf: $0)?.value }
    }

    @Test(arguments: [
        "", ".", ".5", "5.", "-1", "+1", "00", "01.5", "1.0000000000001", "1000000000000000000",
        "100000000000000000.00", "12345678901234567890123456789", "x",
    ])
    func `any other form is left to the exact parser`(text: String) {
        #expect(Self.digits(text) == nil)
        #expect(Self.digits(text + Self.more) == nil)
    }

    @Test func `any byte but a digit ends the decimals`() throws {
        for place in 0..<8 {
            for byte in UInt8.min...UInt8.max {
                var bytes = Array("5.12345678".utf8)
                bytes[2 + place] = byte
                let digits = bytes.withUnsafeBufferPointer { DecimalDigits(atFrontOf: $0) }
                if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
                    #expect(digits?.length == 10)
                } else {
                    #expect(digits?.length == (place == 0 ? nil : 2 + place))
                }
            }
        }
    }

    @Test func `a decimal that would not come back as it was is refused`() {
        for text in ["-1", "01", "00.5", "1.", "", " 1"] {
            #expect(throws: DecimalError.self) { try Self.written(text) }
        }
        let long = "1." + String(repeating: "0", count: 255)
        #expect(throws: DecimalError.overflow) { try Self.written(long) }
    }
}
