import Quantities

/// Figures as people read them.
package enum FigureText {
    /// A number with so many digits after the point (0 to 9).
    package static func fixed(_ value: Double, _ digits: Int) -> String {
        guard value.isFinite, value.magnitude < 1e9 else { return "\(value)" }
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let whole = (value.magnitude * scale).rounded()
        var text = String(Int64(whole))
        if digits > 0 {
            text = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
            text.insert(".", at: text.index(text.endIndex, offsetBy: -digits))
        }
        return value < 0 && whole != 0 ? "-" + text : text
    }

    /// A share of one in percent, with one digit.
    package static func percent(_ share: Double) -> String { fixed(share * 100, 1) + " %" }

    /// A number with as many digits as it needs to be told from others: about four.
    package static func significant(_ value: Double) -> String {
        let size = value.magnitude
        if size >= 1_000 { return fixed(value, 1) }
        if size >= 10 { return fixed(value, 2) }
        if size >= 0.1 || size == 0 { return fixed(value, 3) }
        return fixed(value, 6)
    }

    /// Money in two digits.
    package static func money(_ value: Notional) -> String {
        value.rounded(to: Notional(raw: 10_000_000_000), .toNearestOrEven).text(decimals: 2)
    }
}
