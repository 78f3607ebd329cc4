import Quantities

/// Points in time as ISO 8601 writes them, in UTC only: `2024-08-08T23:54:13.5Z`, `2024-08-08`.
enum InstantText {
    /// The whole years that an `Instant` can hold.
    static let years = 1678...2261

    static func parse(_ text: String) throws(Refusal) -> Instant {
        var scanner = Scanner(rest: Array(text.utf8)[...])
        guard let year = scanner.digits(4), scanner.take("-"), let month = scanner.digits(2),
            scanner.take("-"), let day = scanner.digits(2)
        else { throw Refusal("it does not begin with a day such as 2024-08-08") }
        let midnight = try nanoseconds(year: year, month: month, day: day)
        if scanner.rest.isEmpty { return Instant(nanoseconds: midnight) }

        guard scanner.take("T") else {
            throw Refusal("the day is followed by 'T' and the time")
        }
        guard let hour = scanner.digits(2), scanner.take(":"), let minute = scanner.digits(2),
            scanner.take(":"), let second = scanner.digits(2)
        else { throw Refusal("the time is not of the form 23:54:13") }
        guard hour < 24 else { throw Refusal("hours run from 00 to 23") }
        guard minute < 60 else { throw Refusal("minutes run from 00 to 59") }
        guard second < 60 else { throw Refusal("seconds run from 00 to 59") }
        let fraction = try scanner.fraction()
        try scanner.zone()
        let seconds = Int64((hour * 60 + minute) * 60 + second)
        return Instant(nanoseconds: midnight + seconds * 1_000_000_000 + fraction)
    }

    private static func nanoseconds(year: Int, month: Int, day: Int) throws(Refusal) -> Int64 {
        guard years.contains(year) else {
            throw Refusal("years run from \(years.lowerBound) to \(years.upperBound)")
        }
        guard (1...12).contains(month) else { throw Refusal("months run from 01 to 12") }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard day >= 1, day <= lengths[month - 1] else {
            throw Refusal("month \(month) of \(year) has \(lengths[month - 1]) days")
        }
        // Days before the year, counted from year 1, then before the month.
        let past = year - 1
        let yearDays = past * 365 + past / 4 - past / 100 + past / 400
        let daysOfEpoch = 719_162
        let days = yearDays + lengths[..<(month - 1)].reduce(0, +) + day - 1 - daysOfEpoch
        return Int64(days) * 86_400_000_000_000
    }
}

private struct Scanner {
    var rest: ArraySlice<UInt8>

    /// Exactly `count` digits.
    mutating func digits(_ count: Int) -> Int? {
        let digits = rest.prefix(count)
        guard digits.count == count, digits.allSatisfy(isDigit) else { return nil }
        rest = rest.dropFirst(count)
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// The nanoseconds after a point, if there is one.
    mutating func fraction() throws(Refusal) -> Int64 {
        guard take(".") else { return 0 }
        let digits = rest.prefix(while: isDigit)
        rest = rest.dropFirst(digits.count)
        if digits.isEmpty { throw Refusal("a digit is missing after the point") }
        if digits.dropFirst(9).contains(where: { $0 != UInt8(ascii: "0") }) {
            throw Refusal("it is finer than a nanosecond")
        }
        var value: Int64 = 0
        for place in 0..<9 {
            let digit = place < digits.count ? digits[digits.startIndex + place] : UInt8(ascii: "0")
            value = value * 10 + Int64(digit - UInt8(ascii: "0"))
        }
        return value
    }

    /// `Z` and nothing more.
    mutating func zone() throws(Refusal) {
        if rest.elementsEqual([UInt8(ascii: "Z")]) { return }
        switch rest.first {
        case nil:
            throw Refusal("the time zone is missing", suggestion: "write Z (UTC) at the end")
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
            throw Refusal("times are given in UTC", suggestion: "convert it, and write Z at the end")
        default:  // open set: bytes
            throw Refusal("something stands after the time", suggestion: "write Z (UTC) at the end")
        }
    }

    private func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
