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

    /// On both sides of the largest number that is written in one pass.
    @Test(arguments: [
        ("18446744.073709551615", 12, "18446744.073709551615"),
        ("18446744.073709551616", 12, "18446744.073709551616"),
        ("-18446744.073709551615", 9, "-18446744.073709551"), ("9999999.999999999999", 8, "9999999.99999999"),
        ("10000000.000000000001", 12, "10000000.000000000001"), ("61837.63", 0, "61837"),
        ("0.000000009", 9, "0.000000009"), ("0.000000009", 8, "0.00000000"), ("-0.009", 2, "0.00"),
        ("-0.01", 2, "-0.01"), ("-1.009", 2, "-1.00"), ("-0.9", 0, "0"), ("0", 12, "0.000000000000"),
    ])
    func `a text with as many digits as wanted drops the others`(
        text: String, decimals: Int, expected: String
    ) throws {
        #expect(try Price(text).text(decimals: decimals) == expected)
    }
}
