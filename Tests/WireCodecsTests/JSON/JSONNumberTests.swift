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
        ("1.x", JSONError(.unexpectedByte, offset: 2)),
        ("1Ex", JSONError(.unexpectedByte, offset: 2)),
        ("00", JSONError(.unexpectedByte, offset: 1)),
        ("-012", JSONError(.unexpectedByte, offset: 2)),
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
