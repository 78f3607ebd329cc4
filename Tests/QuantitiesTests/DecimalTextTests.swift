import Quantities
import Testing

struct DecimalTextTests {
    @Test(arguments: [
        ("0", "0"), ("-0", "0"), ("1.50", "1.5"), ("61837.63000000", "61837.63"),
        ("0.000000000123", "0.000000000123"), ("1000000000000.5", "1000000000000.5"),
        ("-12.25", "-12.25"), ("999999999999999999", "999999999999999999"),
        ("0000000000000000000000001.0", "1"), ("1.0000000000000000000000", "1"),
    ])
    func `text goes in and the shortest text comes out`(text: String, expected: String) throws {
        #expect(try Price(text).description == expected)
    }

    @Test(arguments: [
        ("", DecimalError.empty), ("-", .empty), (".", .unexpectedByte(offset: 1)),
        (".5", .unexpectedByte(offset: 0)), ("5.", .unexpectedByte(offset: 2)),
        ("1e5", .unexpectedByte(offset: 1)), ("+1", .unexpectedByte(offset: 0)),
        (" 1", .unexpectedByte(offset: 0)), ("1 ", .unexpectedByte(offset: 1)),
        ("1.2.3", .unexpectedByte(offset: 3)), ("NaN", .unexpectedByte(offset: 0)),
        ("1000000000000000000", .overflow), ("0.0000000000001", .lostDigits),
    ])
    func `a text that is no exact decimal says why`(text: String, error: DecimalError) {
        #expect(throws: error) { try Price(text) }
    }
}
