/// Numbers as people read them, and as coordinates; the same text on every machine.
package enum NumberText {
    /// What stands where there is no number.
    package static let none = "–"

    /// `1,234.50` and `−0.05`: a fixed number of decimals (0 to 12), thousands apart.
    package static func fixed(_ value: Double, _ decimals: Int) -> String {
        guard let parts = parts(value, decimals) else { return none }
        var text = parts.isNegative ? "−" : ""
        text += grouped(parts.whole)
        if decimals > 0 { text += "." + parts.fraction }
        return text
    }

    /// As `fixed`, with a plus before what is above zero.
    package static func signed(_ value: Double, _ decimals: Int) -> String {
        let text = fixed(value, decimals)
        let isZero = !text.contains { ("1"..."9").contains($0) }
        return value > 0 && !isZero ? "+" + text : text
    }

    /// A share of one in percent: `12.5 %`.
    package static func percent(_ share: Double, _ decimals: Int = 1) -> String {
        share.isFinite ? fixed(share * 100, decimals) + " %" : none
    }

    /// A number of any size with about three digits that count: `12.3 k`, `4.56 M`, `0.0123`.
    package static func compact(_ value: Double) -> String {
        let size = value.magnitude
        guard size.isFinite else { return none }
        if size >= 1e9 { return fixed(value / 1e9, size >= 1e11 ? 0 : 2) + " G" }
        if size >= 1e6 { return fixed(value / 1e6, size >= 1e8 ? 0 : 2) + " M" }
        if size >= 1e4 { return fixed(value / 1e3, size >= 1e5 ? 0 : 1) + " k" }
        return fixed(value, decimals(for: size))
    }

    /// How many decimals show three digits that count of a number.
    package static func decimals(for size: Double) -> Int {
        let size = size.magnitude
        if size == 0 || !size.isFinite { return 0 }
        var (decimals, limit) = (0, 100.0)
        while size < limit, decimals < 10 {
            decimals += 1
            limit /= 10
        }
        return decimals
    }

    /// A coordinate, or a number for another program: `-12.5`; no thousands, no zeros at the end.
    package static func plain(_ value: Double, _ decimals: Int) -> String {
        guard let parts = parts(value, decimals) else { return "0" }
        var fraction = parts.fraction[...]
        while fraction.last == "0" { fraction.removeLast() }
        let text = fraction.isEmpty ? parts.whole : parts.whole + "." + fraction
        return parts.isNegative ? "-" + text : text
    }

    /// Sign, whole digits and decimals; nil for what is no number or too long to be read.
    private static func parts(
        _ value: Double, _ decimals: Int
    ) -> (isNegative: Bool, whole: String, fraction: String)? {
        precondition((0...12).contains(decimals), "0 to 12 decimals")
        var power = 1.0
        for _ in 0..<decimals { power *= 10 }
        let scaled = (value.magnitude * power).rounded(.toNearestOrAwayFromZero)
        guard scaled < 9e18 else { return nil }
        let digits = String(Int64(scaled))
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.utf8.count)) + digits
        return (value < 0 && scaled > 0, String(padded.dropLast(decimals)), String(padded.suffix(decimals)))
    }

    private static func grouped(_ digits: String) -> String {
        guard digits.utf8.count > 3 else { return digits }
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.utf8.count - index).isMultiple(of: 3) { text += "," }
            text.append(digit)
        }
        return text
    }
}
