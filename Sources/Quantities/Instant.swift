/// A point in time: nanoseconds since 1970-01-01T00:00:00Z, without leap seconds.
///
/// Time is an argument everywhere below the effects floor; nothing there reads a clock.
/// Range: the years 1678 to 2262.
@frozen public struct Instant: BitwiseCopyable, Comparable, Hashable, Sendable {
    public var nanoseconds: Int64

    @inlinable public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// Traps beyond the range: for times that the program itself names.
    @inlinable public init(milliseconds: Int64) { nanoseconds = milliseconds * 1_000_000 }

    /// A time that comes from outside, such as a venue's; nil beyond the range.
    @inlinable public init?(checkedMilliseconds milliseconds: Int64) {
        let (nanoseconds, overflow) = milliseconds.multipliedReportingOverflow(by: 1_000_000)
        if overflow { return nil }
        self.nanoseconds = nanoseconds
    }

    /// Before every real time; also "no time known".
    @inlinable public static var distantPast: Instant { Instant(nanoseconds: .min) }
    /// After every real time; also "never".
    @inlinable public static var distantFuture: Instant { Instant(nanoseconds: .max) }

    @inlinable public static func < (a: Instant, b: Instant) -> Bool { a.nanoseconds < b.nanoseconds }

    /// Later by an interval; the end of the range holds ("never" plus a second is never).
    @inlinable public static func + (a: Instant, b: Interval) -> Instant {
        let (sum, overflow) = a.nanoseconds.addingReportingOverflow(b.nanoseconds)
        return Instant(nanoseconds: overflow ? (b.nanoseconds < 0 ? .min : .max) : sum)
    }

    @inlinable public static func - (a: Instant, b: Interval) -> Instant {
        let (rest, overflow) = a.nanoseconds.subtractingReportingOverflow(b.nanoseconds)
        return Instant(nanoseconds: overflow ? (b.nanoseconds < 0 ? .max : .min) : rest)
    }

    /// The interval from `b` to `a`, clamped to the range.
    @inlinable public static func - (a: Instant, b: Instant) -> Interval {
        let (rest, overflow) = a.nanoseconds.subtractingReportingOverflow(b.nanoseconds)
        return Interval(nanoseconds: overflow ? (a.nanoseconds < 0 ? .min : .max) : rest)
    }
}

/// A length of time in nanoseconds; may be negative. Range: ±292 years.
@frozen public struct Interval: BitwiseCopyable, Comparable, Hashable, Sendable {
    public var nanoseconds: Int64

    @inlinable public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    @inlinable public static var zero: Interval { Interval(nanoseconds: 0) }
    @inlinable public static func nanoseconds(_ n: Int64) -> Interval { Interval(nanoseconds: n) }
    @inlinable public static func microseconds(_ n: Int64) -> Interval { Interval(nanoseconds: n * 1_000) }
    @inlinable public static func milliseconds(_ n: Int64) -> Interval {
        Interval(nanoseconds: n * 1_000_000)
    }
    @inlinable public static func seconds(_ n: Int64) -> Interval { Interval(nanoseconds: n * 1_000_000_000) }
    @inlinable public static func minutes(_ n: Int64) -> Interval { .seconds(n * 60) }

    @inlinable public static func < (a: Interval, b: Interval) -> Bool { a.nanoseconds < b.nanoseconds }
    @inlinable public static func + (a: Interval, b: Interval) -> Interval {
        Interval(nanoseconds: a.nanoseconds + b.nanoseconds)
    }
    @inlinable public static func - (a: Interval, b: Interval) -> Interval {
        Interval(nanoseconds: a.nanoseconds - b.nanoseconds)
    }
    @inlinable public static func * (a: Interval, n: Int) -> Interval {
        Interval(nanoseconds: a.nanoseconds * Int64(n))
    }

    /// The length in seconds, for signals and reports.
    @inlinable public var seconds: Double { Double(nanoseconds) / 1e9 }
}

extension Instant: CustomStringConvertible {
    /// ISO 8601 in UTC with nine digits, `2024-08-08T23:54:13.937085768Z`.
    public var description: String {
        if self == .distantPast { return "never" }
        if self == .distantFuture { return "never" }
        var days = nanoseconds / 86_400_000_000_000
        var rest = nanoseconds % 86_400_000_000_000
        if rest < 0 {
            rest += 86_400_000_000_000
            days -= 1
        }
        let date = CivilDate(daysSinceEpoch: days)
        let seconds = rest / 1_000_000_000
        return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
            + "T\(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))"
            + ".\(padded(rest % 1_000_000_000, 9))Z"
    }
}

extension Interval: CustomStringConvertible {
    /// The largest unit that is exact: `250ms`, `90s`, `1500ns`.
    public var description: String {
        let units: [(Int64, String)] = [(1_000_000_000, "s"), (1_000_000, "ms"), (1_000, "us")]
        for (size, name) in units where nanoseconds != 0 && nanoseconds % size == 0 {
            return "\(nanoseconds / size)\(name)"
        }
        return nanoseconds == 0 ? "0s" : "\(nanoseconds)ns"
    }
}

/// A day of the proleptic Gregorian calendar.
struct CivilDate {
    var year: Int64
    var month: Int64
    var day: Int64

    /// Counts in eras of 400 years that begin on March 1st, so that the leap day is the last one.
    init(daysSinceEpoch days: Int64) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }
}

private func padded(_ value: Int64, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
