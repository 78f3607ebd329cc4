import Quantities

/// The time of a `Date` field: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7), whole seconds.
struct HTTPDate {
    let instant: Instant

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Nil for another form, and for days that there are not.
    init?(_ bytes: UnsafeRawBufferPointer) {
        self.init(String(decoding: bytes, as: UTF8.self))
    }

    init?(_ text: String) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 6, words[0].count == 4, words[0].hasSuffix(","), words[5] == "GMT",
            let day = Self.number(words[1], 2), let month = Self.months.firstIndex(of: String(words[2])),
            let year = Self.number(words[3], 4)
        else { return nil }
        let parts = words[4].split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, let hour = Self.number(parts[0], 2), let minute = Self.number(parts[1], 2),
            let second = Self.number(parts[2], 2)
        else { return nil }
        guard (1970...2200).contains(year), (1...31).contains(day), hour < 24, minute < 60, second <= 60
        else { return nil }
        let days = Self.days(year, month + 1, day)
        instant = Instant(milliseconds: (days * 86_400 + hour * 3_600 + minute * 60 + second) * 1_000)
    }

    private static func number(_ text: Substring, _ digits: Int) -> Int64? {
        guard text.utf8.count == digits, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return Int64(text)
    }

    /// Days since 1970-01-01, by the civil calendar: years begin in March, so that leap days come last.
    private static func days(_ year: Int64, _ month: Int, _ day: Int64) -> Int64 {
        let shifted = year - (month <= 2 ? 1 : 0)
        let era = shifted / 400
        let ofEra = shifted - era * 400
        let ofYear = Int64((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
        return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
    }
}
