import Quantities

/// A number that is shown as exactly as its place allows.
struct Figure: Equatable, Sendable {
    /// In units of 10^-12, as all money.
    var raw: Int128
    var decimals: Int
    /// Whether a plus sign is shown.
    var isSigned = false

    init(_ value: some FixedPoint, decimals: Int, isSigned: Bool = false) {
        raw = value.raw
        self.decimals = decimals
        self.isSigned = isSigned
    }

    /// With all its decimals.
    var text: String { text(decimals: decimals) }

    /// The most exact text of at most so many characters: fewer decimals, then thousands and millions,
    /// then a row of `#`. Never a part of the digits, which would be another number.
    func text(columns: Int) -> String {
        for decimals in stride(from: decimals, through: 0, by: -1) {
            let text = text(decimals: decimals)
            if text.count <= columns { return text }
        }
        var divisor: Int128 = 1
        for unit in ["k", "M", "G", "T", "P", "E", "Z"] {
            divisor *= 1_000
            let smaller = Figure(raw: raw / divisor, decimals: 2, isSigned: isSigned)
            for decimals in [2, 1, 0] {
                let text = smaller.text(decimals: decimals) + unit
                if text.count <= columns { return text }
            }
        }
        return String(repeating: "#", count: max(0, columns))
    }

    private init(raw: Int128, decimals: Int, isSigned: Bool) {
        self.raw = raw
        self.decimals = decimals
        self.isSigned = isSigned
    }

    private func text(decimals: Int) -> String {
        var step: Int128 = 1
        for _ in decimals..<FixedPointScale.digits { step *= 10 }
        let rounded = Notional(raw: raw).rounded(to: Notional(raw: step), .toNearestOrEven)
        let sign = isSigned && rounded.isPositive ? "+" : ""
        return sign + rounded.text(decimals: decimals)
    }
}

/// Whole and broken numbers that are not money.
enum CountText {
    /// A count in at most about five characters: `983`, `12.3k`, `4.56M`.
    static func short(_ count: Double) -> String {
        guard count.isFinite, count >= 0 else { return "-" }
        if count < 10 { return "\((count * 10).rounded() / 10)" }
        if count < 10_000 { return "\(Int(count.rounded()))" }
        var (rest, unit) = (count, "")
        for next in ["k", "M", "G", "T"] where rest >= 1_000 {
            rest /= 1_000
            unit = next
        }
        if rest >= 1_000 { return ">999T" }
        return rest < 100 ? "\((rest * 10).rounded() / 10)\(unit)" : "\(Int(rest.rounded()))\(unit)"
    }

    /// A speed as people write it: `300`, `0.5`.
    static func plain(_ value: Double) -> String {
        let text = "\(value)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}

/// Moments and lengths of time.
enum TimeText {
    /// The time of day, `00:12:31`; `--:--:--` where there is none.
    static func clock(_ time: Instant) -> String {
        let text = time.description
        guard text.count == 30 else { return "--:--:--" }
        return String(text.dropFirst(11).prefix(8))
    }

    /// The day, `2026-01-01`; empty where there is none.
    static func day(_ time: Instant) -> String {
        let text = time.description
        return text.count == 30 ? String(text.prefix(10)) : ""
    }

    /// A length of time in its two largest units: `12 s`, `4 min 5 s`, `3 h 20 min`, `2 d 4 h`.
    static func length(_ interval: Interval) -> String {
        let seconds = max(0, interval.nanoseconds) / 1_000_000_000
        if seconds < 60 { return "\(seconds) s" }
        if seconds < 3_600 { return "\(seconds / 60) min \(seconds % 60) s" }
        if seconds < 86_400 { return "\(seconds / 3_600) h \(seconds / 60 % 60) min" }
        return "\(seconds / 86_400) d \(seconds / 3_600 % 24) h"
    }
}
