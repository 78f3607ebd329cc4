import Quantities

/// A bot's switch, thrown: who did it, when and why. It stays thrown until somebody arms the bot again.
package struct HaltLatch: Equatable, Sendable {
    /// Whether positions are to be closed as well.
    package var flattens: Bool
    /// By the wall clock.
    package var at: Instant
    package var by: String
    package var reason: String

    /// The longest text of a reason or a name; longer ones are cut.
    package static let textMax = 500

    package init(flattens: Bool, at: Instant, by: String, reason: String) {
        self.flattens = flattens
        self.at = at
        self.by = Self.line(by)
        self.reason = Self.line(reason)
    }

    /// The file's lines: `step`, `at_ns`, `by`, `reason`.
    package var text: String {
        "step: \(flattens ? "flatten" : "halt")\nat_ns: \(at.nanoseconds)\nby: \(by)\nreason: \(reason)\n"
    }

    /// Reads what `text` wrote. A file that says nothing of this halts all the same: it was put there to do so.
    package init(reading text: String) {
        self.init(flattens: false, at: .distantPast, by: "unknown", reason: "the file gives no reason")
        for line in text.split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = String(line[line.index(after: colon)...].drop { $0 == " " })
            switch String(line[..<colon]) {
            case "step": flattens = value == "flatten"
            case "at_ns": at = Int64(value).map { Instant(nanoseconds: $0) } ?? at
            case "by": by = Self.line(value)
            case "reason": reason = Self.line(value)
            default: break
            }
        }
    }

    /// The text in one line without control characters.
    private static func line(_ text: String) -> String {
        let scalars = text.unicodeScalars.prefix(textMax).map { $0.value < 32 || $0.value == 127 ? " " : $0 }
        return String(String.UnicodeScalarView(scalars))
    }
}

extension HaltLatch: CustomStringConvertible {
    /// `halted by anna at 2026-01-01T00:00:00.000000000Z: the venue behaves oddly`.
    package var description: String {
        let word = flattens ? "halted and flattened" : "halted"
        let time = at == .distantPast ? "" : " at \(at)"
        return "\(word) by \(by)\(time): \(reason)"
    }
}
