import Testing

/// A value that does not fit: the text behind `key: `, and what the message has to say.
struct BrokenValue: CustomTestStringConvertible {
    let key: String
    let text: String
    let message: String

    init(_ key: String, _ text: String, _ message: String) {
        self.key = key
        self.text = text
        self.message = message
    }

    var testDescription: String { "\(key): \(text)" }
}

struct BrokenValueTests {
    @Test(arguments: numbers + decimals + times + others)
    func `a value that does not fit is one error at the value`(row: BrokenValue) {
        let faults = Sample.faults("# a comment\n\(row.key): \(row.text)\n")
        #expect(faults.count == 1, "\(faults)")
        // A missing value is missed behind the colon.
        let column = row.key.count + (row.text.isEmpty ? 2 : 3)
        let place = "x.yaml:2:\(column): "
        #expect(faults.first?.hasPrefix(place + "'\(row.key)' ") == true, "\(faults)")
        #expect(faults.first?.contains(row.message) == true, "\(faults)")
    }

    private static let numbers: [BrokenValue] = [
        .init("levels", "0", "is '0': it is too small; expected a whole number from 1 to 50"),
        .init("levels", "51", "it is too large; expected a whole number from 1 to 50"),
        .init("levels", "-1", "it is too small"),
        .init("levels", "9223372036854775808", "it is too large"),
        .init("levels", "-99999999999999999999", "it is too small"),
        .init("levels", "three", "is 'three': it is not a number"),
        .init(
            "levels", "'3'",
            "is the quoted text '3': it is a text; expected a whole number from 1 to 50; delete the quotes"),
        .init("levels", "\"x\"", "is the quoted text 'x': it is not a number"),
        .init("levels", "1.0", "a fraction is not accepted"),
        .init("levels", "1e1", "an exponent is not accepted"),
        .init(
            "levels", "012",
            "a leading zero is not accepted; expected a whole number from 1 to 50; write 12"),
        .init(
            "levels", "00",
            "a leading zero is not accepted; expected a whole number from 1 to 50; write 0"),
        .init("levels", "-007", "write -7"),
        .init(
            "levels", "1_0",
            "underscores are not accepted; expected a whole number from 1 to 50; write 10"),
        .init("levels", "1,000", "commas are not accepted"),
        .init("levels", "+5", "a plus sign is not accepted; expected a whole number from 1 to 50; write 5"),
        .init("levels", "0x10", "only decimal digits are accepted"),
        .init("levels", "0o17", "only decimal digits are accepted"),
        .init("levels", "0b11", "only decimal digits are accepted"),
        .init("levels", "1:30", "it is not a number"),
        .init("levels", "5%", "a percent sign is not accepted"),
        .init("levels", "~", "has no value; expected a whole number from 1 to 50"),
        .init("levels", "null", "has no value"),
        .init("levels", "Null", "has no value"),
        .init("levels", "NULL", "has no value"),
        .init("levels", "!!null ''", "has no value"),
        .init("levels", "!!str 5", "it is a text"),
        .init("levels", "[1, 2]", "is a list; expected a whole number"),
        .init("levels", "[]", "is a list"),
        .init("levels", "{a: 1}", "is a section of keys; expected a whole number"),
        .init("levels", "true", "is 'true': it is not a number"),
        .init("levels", "--1", "it is not a number"),
        .init("levels", "1-", "it is not a number"),
        .init("levels", "٣", "it is not a number"),
        .init("levels", "1 0", "it is not a number"),
        .init("levels", "''", "it is empty"),
        .init("levels", "\"\\e[31m5\"", "is the quoted text '\\u{1B}[31m5'"),
        .init("ratio", "1.5", "it is too large; expected a number from 0 to 1"),
        .init("ratio", "-0.1", "it is too small"),
        .init(
            "ratio", ".5",
            "a digit is missing before the point; expected a number from 0 to 1; write 0.5"),
        .init(
            "ratio", "0.",
            "a digit is missing after the point; expected a number from 0 to 1; write 0"),
        .init("ratio", ".inf", "it is not finite"),
        .init("ratio", "-.inf", "it is not finite"),
        .init("ratio", ".NaN", "it is not finite"),
        .init("ratio", "nan", "it is not finite"),
        .init("ratio", "Infinity", "it is not finite"),
        .init("ratio", "1e999", "it is too large for a number"),
        .init("ratio", "0x1p-3", "only decimal digits are accepted"),
        .init("ratio", "'0.5'", "it is a text"),
        .init("ratio", "1e", "it is not a number"),
        .init("ratio", "half", "it is not a number"),
    ]

    private static let decimals: [BrokenValue] = [
        .init("price", "0", "it is too small; expected a price above 0"),
        .init("price", "-1", "it is too small"),
        .init("price", "0.0000000000001", "it has more than 12 digits after the point"),
        .init("price", "1000000000000000000", "it has more than 18 digits before the point"),
        .init("price", "1e5", "an exponent is not accepted; expected a price above 0; write all the digits"),
        .init("price", "1_000", "underscores are not accepted; expected a price above 0; write 1000"),
        .init("price", "61,837.63", "commas are not accepted"),
        .init("price", "0,5", "commas are not accepted"),
        .init("price", "012.5", "a leading zero is not accepted; expected a price above 0; write 12.5"),
        .init("price", "00.5", "write 0.5"),
        .init("price", "'+1'", "is the quoted text '+1': a plus sign is not accepted"),
        .init("price", ".5", "write 0.5"),
        .init("price", "-.5", "write -0.5"),
        .init("price", "5.", "write 5"),
        .init("price", ".", "it is not a number"),
        .init("price", "1.2.3", "it is not a number"),
        .init("price", "' 1'", "blanks around a number are not accepted"),
        .init("price", "\"1\\n\"", "blanks around a number are not accepted"),
        .init("price", "|\n  61837.63", "is the quoted text '61837.63\\n': blanks around"),
        .init("price", "$5", "it is not a number"),
        .init("price", "5 USDT", "it is not a number"),
        .init("price", "NaN", "it is not finite"),
        .init("price", "", "has no value; expected a price above 0"),
        .init("size", "1e-8", "an exponent is not accepted; expected a quantity; write all the digits"),
        .init("size", "''", "it is empty"),
        .init("size", "all", "it is not a number; expected a quantity"),
        .init("budget", "9.999999999999", "it is too small; expected a notional from 10 to 1000000"),
        .init("budget", "1000000.000000000001", "it is too large"),
        .init("budget", "[10]", "is a list"),
        .init("reserve", "-0.000000000001", "it is too small; expected an amount of 0 or more"),
        .init("reserve", "no", "it is not a number"),
        .init(
            "fee", "0.1%",
            "a percent sign is not accepted; expected a rate from -0.01 to 0.01; write 0.001 for 0.1%"),
        .init("fee", "0.011", "it is too large"),
        .init("fee", "-0.02", "it is too small"),
        .init("fee", "10bps", "it is not a number"),
    ]

    private static let times: [BrokenValue] = [
        .init(
            "every", "250",
            "the unit is missing; expected an interval from 1ms to 3600s, such as 250ms; "
                + "write 250ms, 250s, 250m or 250h"),
        .init("every", "0", "the unit is missing"),
        .init("every", "1.5", "the unit is missing"),
        .init("every", "1_000", "underscores are not accepted"),
        .init(
            "every", "1_000ms",
            "underscores are not accepted; expected an interval from 1ms to 3600s, such as 250ms; "
                + "write 1000ms"),
        .init(
            "every", "5 s",
            "a blank between the number and its unit is not accepted; "
                + "expected an interval from 1ms to 3600s, such as 250ms; write 5s"),
        .init(
            "every", "5sec",
            "'sec' is not a unit; expected an interval from 1ms to 3600s, such as 250ms; write 5s"),
        .init("every", "5min", "write 5m"),
        .init("every", "10µs", "write 10us"),
        .init("every", "5M", "write 5m"),
        .init(
            "every", "2weeks",
            "'weeks' is not a unit; expected an interval from 1ms to 3600s, such as 250ms; "
                + "the units are ns, us, ms, s, m, h and d"),
        .init("every", "1h30m", "one number with one unit is accepted"),
        .init("every", "999us", "it is too small"),
        .init("every", "3600.000000001s", "it is too large"),
        .init("every", "1d", "it is too large"),
        .init("every", "-5s", "it is too small"),
        .init("every", "0.5ns", "it is finer than a nanosecond"),
        .init("every", "1.0000000001s", "it is finer than a nanosecond"),
        .init("every", "200000000000h", "it is too large"),
        .init("every", "999999999999999999d", "it is too large"),
        .init("every", "-999999999999999999d", "it is too small"),
        .init("every", "1000000000000000000s", "it has too many digits"),
        .init(
            "every", "01s",
            "a leading zero is not accepted; expected an interval from 1ms to 3600s, such as 250ms; "
                + "write 1s"),
        .init("every", "+1s", "write 1s"),
        .init("every", ".5s", "write 0.5s"),
        .init("every", "ms", "it is not an interval"),
        .init("every", "soon", "it is not an interval"),
        .init("every", "''", "it is empty"),
        .init("every", "~", "has no value; expected an interval"),
        .init("since", "yesterday", "it does not begin with a day such as 2024-08-08"),
        .init("since", "2024-8-8", "it does not begin with a day"),
        .init("since", "20240808", "it does not begin with a day"),
        .init("since", "1723161253", "it does not begin with a day"),
        .init("since", "2024-13-01", "months run from 01 to 12"),
        .init("since", "2024-00-01", "months run from 01 to 12"),
        .init("since", "2023-02-29", "month 2 of 2023 has 28 days"),
        .init("since", "1900-02-29", "month 2 of 1900 has 28 days"),
        .init("since", "2024-04-31", "month 4 of 2024 has 30 days"),
        .init("since", "2024-04-00", "month 4 of 2024 has 30 days"),
        .init("since", "1677-12-31", "years run from 1678 to 2261"),
        .init("since", "2262-01-01", "years run from 1678 to 2261"),
        .init("since", "2024-08-08 23:54:13", "the day is followed by 'T' and the time"),
        .init("since", "2024-08-08t23:54:13z", "the day is followed by 'T'"),
        .init("since", "2024-08-08T", "the time is not of the form 23:54:13"),
        .init("since", "2024-08-08T23:54Z", "the time is not of the form"),
        .init("since", "2024-08-08T24:00:00Z", "hours run from 00 to 23"),
        .init("since", "2024-08-08T23:60:00Z", "minutes run from 00 to 59"),
        .init("since", "2024-08-08T23:59:60Z", "seconds run from 00 to 59"),
        .init("since", "2024-08-08T23:54:13", "the time zone is missing"),
        .init("since", "2024-08-08T23:54:13+02:00", "times are given in UTC"),
        .init("since", "2024-08-08T23:54:13Zulu", "something stands after the time"),
        .init("since", "2024-08-08T23:54:13.Z", "a digit is missing after the point"),
        .init("since", "2024-08-08T23:54:13.0000000001Z", "it is finer than a nanosecond"),
        .init(
            "since", "{day: 1}",
            "is a section of keys; expected a time such as 2024-08-08T23:54:13Z, or a day"),
    ]

    private static let others: [BrokenValue] = [
        .init("enabled", "yes", "only true and false are accepted; expected true or false; write true"),
        .init("enabled", "Yes", "write true"),
        .init("enabled", "on", "write true"),
        .init("enabled", "y", "write true"),
        .init("enabled", "1", "write true"),
        .init("enabled", "True", "write true"),
        .init("enabled", "TRUE", "write true"),
        .init("enabled", "no", "write false"),
        .init("enabled", "off", "write false"),
        .init("enabled", "n", "write false"),
        .init("enabled", "0", "write false"),
        .init("enabled", "False", "write false"),
        .init("enabled", "'true'", "it is a text; expected true or false; delete the quotes"),
        .init("enabled", "\"false\"", "delete the quotes"),
        .init("enabled", "maybe", "it is not a boolean"),
        .init("enabled", "", "has no value; expected true or false"),
        .init("enabled", "[true]", "is a list"),
        .init(
            "mode", "papr",
            "it is none of the choices; expected 'live', 'paper' or 'backtest'; did you mean 'paper'?"),
        .init("mode", "Live", "did you mean 'live'?"),
        .init("mode", "dry-run", "it is none of the choices; expected 'live', 'paper' or 'backtest'"),
        .init("mode", "''", "is the quoted text '': it is none of the choices"),
        .init("mode", "null", "has no value"),
        .init("mode", "[live]", "is a list; expected 'live', 'paper' or 'backtest'"),
        .init("name", "''", "it is empty"),
        .init("name", "", "has no value; expected a text of 1 to 20 characters"),
        .init("name", "~", "has no value"),
        .init("name", "abcdefghijklmnopqrstu", "it is too long, with 21 characters"),
        .init("name", "\"a\\nb\"", "a line break or another control character is not accepted"),
        .init("name", "\"a\\0b\"", "is the quoted text 'a\\u{0}b'"),
        .init("name", "|\n  a", "a line break"),
        .init("name", "[a]", "is a list; expected a text"),
        .init(
            "pairs", "BTCUSDT",
            "is the single value 'BTCUSDT'; expected a list of 1 to 3 items, "
                + "each a text of 1 to 200 characters; write '- ' before each item"),
        .init("pairs", "[]", "has 0 items"),
        .init("pairs", "[a, b, c, d]", "has 4 items"),
        .init("pairs", "{a: b}", "is a section of keys; expected a list"),
        .init("pairs", "", "has no value"),
        .init(
            "legs", "buy",
            "is the single value 'buy'; expected a list of 1 to 2 items, each a section of keys"),
        .init("risk", "low", "is the single value 'low'; expected a section of keys"),
        .init("risk", "[low]", "is a list; expected a section of keys"),
        .init("risk", "", "has no value; expected a section of keys"),
    ]
}
