import Quantities

/// How a table writes times.
package enum TimeForm: String, CaseIterable, Sendable {
    /// Whole milli-, micro- or nanoseconds since 1970, told apart by their magnitude.
    case auto
    /// Seconds since 1970, with up to nine digits behind a point.
    case seconds = "s"
    case milliseconds = "ms"
    case microseconds = "us"
    case nanoseconds = "ns"
    /// `2024-08-08T23:54:13.5Z` or `2024-08-08 23:54:13.5`, in UTC.
    case iso

    var expected: String {
        switch self {
        case .auto: "whole milli-, micro- or nanoseconds since 1970"
        case .seconds: "seconds since 1970, such as 1735689600.25"
        case .milliseconds: "whole milliseconds since 1970"
        case .microseconds: "whole microseconds since 1970"
        case .nanoseconds: "whole nanoseconds since 1970"
        case .iso: "a day and a time in UTC, such as 2025-01-01T00:00:00.25Z"
        }
    }

    /// The time that a text tells; nil when it is none.
    func read(_ text: UnsafeBufferPointer<UInt8>) -> Instant? {
        switch self {
        case .auto:
            guard let value = WholeNumber.read(text) else { return nil }
            switch value {
            // Of years after 1973 no two units share a magnitude.
            case ..<100_000_000_000: return nil
            case ..<100_000_000_000_000: return Self.instant(value, 1_000_000)
            case ..<100_000_000_000_000_000: return Self.instant(value, 1_000)
            default: return Self.instant(value, 1)
            }
        case .seconds: return Self.decimalSeconds(text)
        case .milliseconds: return WholeNumber.read(text).flatMap { Self.instant($0, 1_000_000) }
        case .microseconds: return WholeNumber.read(text).flatMap { Self.instant($0, 1_000) }
        case .nanoseconds: return WholeNumber.read(text).flatMap { Self.instant($0, 1) }
        case .iso: return ISOTime.read(text)
        }
    }

    private static func instant(_ value: UInt64, _ nanoseconds: Int64) -> Instant? {
        guard let value = Int64(exactly: value) else { return nil }
        let (product, overflow) = value.multipliedReportingOverflow(by: nanoseconds)
        // The last nanosecond of the range stands for "never".
        return overflow || product == .max ? nil : Instant(nanoseconds: product)
    }

    /// Seconds as an exact decimal: no more than nine digits may stand behind the point.
    private static func decimalSeconds(_ text: UnsafeBufferPointer<UInt8>) -> Instant? {
        let value: Amount
        do throws(DecimalError) {
            value = try Amount(parsing: text)
        } catch {
            return nil
        }
        let (nanoseconds, rest) = value.raw.quotientAndRemainder(dividingBy: 1_000)
        guard rest == 0, nanoseconds >= 0, nanoseconds < Int128(Int64.max) else { return nil }
        return Instant(nanoseconds: Int64(nanoseconds))
    }
}

/// Whole numbers without a sign.
enum WholeNumber {
    /// Nil when the text has anything but digits, or more than 64 bits.
    static func read(_ text: UnsafeBufferPointer<UInt8>) -> UInt64? {
        guard !text.isEmpty else { return nil }
        var value: UInt64 = 0
        for byte in text {
            let digit = byte &- UInt8(ascii: "0")
            if digit > 9 { return nil }
            let (tenfold, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tenfold.addingReportingOverflow(UInt64(digit))
            if overflow || carry { return nil }
            value = sum
        }
        return value
    }
}

/// Times of ISO 8601 in UTC.
private enum ISOTime {
    static func read(_ text: UnsafeBufferPointer<UInt8>) -> Instant? {
        guard text.count >= 19, let year = digits(text, 0, 4), text[4] == UInt8(ascii: "-"),
            let month = digits(text, 5, 2), text[7] == UInt8(ascii: "-"), let day = digits(text, 8, 2),
            text[10] == UInt8(ascii: "T") || text[10] == UInt8(ascii: " "),
            let hour = digits(text, 11, 2), text[13] == UInt8(ascii: ":"),
            let minute = digits(text, 14, 2), text[16] == UInt8(ascii: ":"),
            let second = digits(text, 17, 2), hour < 24, minute < 60, second < 60,
            let date = CalendarDay(year: year, month: month, day: day),
            let fraction = fraction(UnsafeBufferPointer(rebasing: text[19...]))
        else { return nil }
        let seconds = Int64(date.daysSinceEpoch) * 86_400 + Int64((hour * 60 + minute) * 60 + second)
        return Instant(nanoseconds: seconds * 1_000_000_000 + fraction)
    }

    private static func digits(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ count: Int) -> Int? {
        var value = 0
        for byte in text[start..<(start + count)] {
            let digit = byte &- UInt8(ascii: "0")
            if digit > 9 { return nil }
            value = value * 10 + Int(digit)
        }
        return value
    }

    /// The nanoseconds behind a point, if there is one; `Z`, `+00:00` or nothing ends the text.
    private static func fraction(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
        var index = 0
        var value: Int64 = 0
        if text.first == UInt8(ascii: ".") {
            var scale: Int64 = 100_000_000
            index = 1
            while index < text.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[index]) {
                let digit = Int64(text[index] - UInt8(ascii: "0"))
                if scale == 0, digit != 0 { return nil }
                value += digit * scale
                scale /= 10
                index += 1
            }
            if index == 1 { return nil }
        }
        let rest = text[index...]
        let isUTC = rest.isEmpty || rest.elementsEqual("Z".utf8) || rest.elementsEqual("+00:00".utf8)
        return isUTC ? value : nil
    }
}
