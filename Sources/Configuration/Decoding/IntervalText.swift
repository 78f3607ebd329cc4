import Quantities

/// Intervals as people write them: one exact number and one unit, `250ms`, `1.5s`.
package enum IntervalText {
    private static let units: [(name: String, nanoseconds: Int128)] = [
        ("ns", 1), ("us", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000),
        ("m", 60_000_000_000), ("h", 3_600_000_000_000), ("d", 86_400_000_000_000),
    ]

    package static func parse(_ text: String) throws(Refusal) -> Interval {
        let number = text.prefix { ($0.isASCII && $0.isNumber) || "-+._,".contains($0) }
        let name = String(text[number.endIndex...])
        if number.isEmpty { throw Refusal(text.isEmpty ? "it is empty" : "it is not an interval") }
        if name.isEmpty {
            try NumberText.check(text, as: .decimal)
            throw Refusal(
                "the unit is missing", suggestion: "write \(text)ms, \(text)s, \(text)m or \(text)h")
        }
        guard let unit = units.first(where: { $0.name == name }) else {
            throw unknown(unit: name, after: String(number))
        }
        do throws(Refusal) {
            try NumberText.check(String(number), as: .decimal)
        } catch {
            throw Refusal(error.reason, suggestion: error.suggestion.map { $0 + name })
        }
        guard let exact = try? Amount(String(number)) else {
            throw Refusal("it has too many digits")
        }
        let (product, overflow) = exact.raw.multipliedReportingOverflow(by: unit.nanoseconds)
        let (nanoseconds, rest) = product.quotientAndRemainder(
            dividingBy: Int128(FixedPointScale.unit))
        guard !overflow, let fitting = Int64(exactly: nanoseconds) else {
            throw Refusal(exact.isNegative ? "it is too small" : "it is too large")
        }
        if rest != 0 { throw Refusal("it is finer than a nanosecond") }
        return Interval(nanoseconds: fitting)
    }

    private static func unknown(unit: String, after number: String) -> Refusal {
        if unit.first?.isWhitespace == true {
            return Refusal(
                "a blank between the number and its unit is not accepted",
                suggestion: "write \(number)\(unit.filter { !$0.isWhitespace })")
        }
        let meant: String? =
            switch unit.lowercased() {
            case "nanos", "nsec", "nanosecond", "nanoseconds": "ns"
            case "µs", "μs", "micros", "usec", "microsecond", "microseconds": "us"
            case "millis", "msec", "ms", "millisecond", "milliseconds": "ms"
            case "sec", "secs", "s", "second", "seconds": "s"
            case "m", "min", "mins", "minute", "minutes": "m"
            case "hr", "hrs", "h", "hour", "hours": "h"
            case "day", "days", "d": "d"
            default: nil  // open set: texts
            }
        if let meant {
            return Refusal("\(Quoted(unit)) is not a unit", suggestion: "write \(number)\(meant)")
        }
        if unit.contains(where: { $0.isASCII && $0.isNumber }) {
            return Refusal("one number with one unit is accepted", suggestion: "write 90m for 1h30m")
        }
        return Refusal(
            "\(Quoted(unit)) is not a unit", suggestion: "the units are ns, us, ms, s, m, h and d")
    }
}
