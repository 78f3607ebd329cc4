/// A day of the Gregorian calendar, from 1970 to 2261.
package struct CalendarDay: Comparable, Hashable, Sendable {
    package let year: Int
    package let month: Int
    package let day: Int

    /// Nil when there is no such day.
    package init?(year: Int, month: Int, day: Int) {
        guard (1970...2261).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.length(of: month, in: year)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// From `2026-01-31`; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, zip(parts, [4, 2, 2]).allSatisfy({ $0.utf8.count == $1 }),
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2D }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    package var next: CalendarDay {
        CalendarDay(year: year, month: month, day: day + 1) ?? firstOfNextMonth
    }

    package var firstOfNextMonth: CalendarDay {
        // The last day of the range is followed by itself.
        CalendarDay(year: year, month: month + 1, day: 1) ?? CalendarDay(year: year + 1, month: 1, day: 1)
            ?? self
    }

    /// Days since 1970-01-01.
    package var daysSinceEpoch: Int {
        let past = year - 1
        let before = past * 365 + past / 4 - past / 100 + past / 400 - 719_162
        return before + (1..<month).reduce(0) { $0 + Self.length(of: $1, in: year) } + day - 1
    }

    /// `2026-01`.
    package var monthText: String { "\(year)-\(month < 10 ? "0" : "")\(month)" }

    package static func < (a: CalendarDay, b: CalendarDay) -> Bool {
        (a.year, a.month, a.day) < (b.year, b.month, b.day)
    }

    private static func length(of month: Int, in year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31  // open set: numbers
        }
    }
}

extension CalendarDay: CustomStringConvertible {
    package var description: String { "\(monthText)-\(day < 10 ? "0" : "")\(day)" }
}
