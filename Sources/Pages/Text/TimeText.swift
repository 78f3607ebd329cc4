import Quantities

/// Times and lengths of time as people read them, in UTC.
package enum TimeText {
    /// `2024-08-08`.
    package static func date(_ time: Instant) -> String { String(time.description.prefix(10)) }

    /// `23:54:13`, with up to nine decimals of the second.
    package static func clock(_ time: Instant, decimals: Int = 0) -> String {
        let text = time.description.dropFirst(11)
        return String(text.prefix(decimals > 0 ? 9 + min(decimals, 9) : 8))
    }

    /// `2024-08-08 23:54:13`.
    package static func full(_ time: Instant) -> String { date(time) + " " + clock(time) }

    /// The two largest units of a length: `850 ms`, `4.2 s`, `12 min 30 s`, `3 d 4 h`.
    package static func length(_ interval: Interval) -> String {
        let nanoseconds = interval.nanoseconds
        if nanoseconds < 0 { return "−" + length(.zero - interval) }
        if nanoseconds < 1_000_000 { return NumberText.fixed(Double(nanoseconds) / 1e3, 0) + " µs" }
        if nanoseconds < 1_000_000_000 { return NumberText.fixed(Double(nanoseconds) / 1e6, 0) + " ms" }
        let seconds = nanoseconds / 1_000_000_000
        if seconds < 60 { return NumberText.fixed(Double(nanoseconds) / 1e9, 1) + " s" }
        if seconds < 3_600 { return pair(seconds, 60, "min", "s") }
        if seconds < 86_400 { return pair(seconds / 60, 60, "h", "min") }
        return pair(seconds / 3_600, 24, "d", "h")
    }

    private static func pair(_ count: Int64, _ size: Int64, _ large: String, _ small: String) -> String {
        let rest = count % size
        return "\(count / size) \(large)" + (rest > 0 ? " \(rest) \(small)" : "")
    }
}
