/// A session's right to trade: the highest token has it, and shows by counting that it lives.
package struct Lease: Equatable, Sendable {
    /// Grows with every holder: the fence. Who holds a lower one may not trade.
    package var token: UInt64
    package var count: UInt64
    /// Whether it was given back in good order.
    package var isReleased: Bool

    package init(token: UInt64, count: UInt64 = 0, isReleased: Bool = false) {
        self.token = token
        self.count = count
        self.isReleased = isReleased
    }

    package var text: String { "token: \(token)\ncount: \(count)\nreleased: \(isReleased)\n" }

    /// Nil for a text that `text` did not write whole.
    package init?(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == 4, lines[0].hasPrefix("token: "), lines[1].hasPrefix("count: "),
            let token = UInt64(lines[0].dropFirst(7)), let count = UInt64(lines[1].dropFirst(7))
        else { return nil }
        switch lines[2] {
        case "released: true": self.init(token: token, count: count, isReleased: true)
        case "released: false": self.init(token: token, count: count, isReleased: false)
        default: return nil
        }
    }
}
