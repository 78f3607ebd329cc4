/// One thing that a doctor has looked at.
struct Finding: Equatable, Sendable {
    enum Level: String, Comparable, Sendable {
        case ok
        /// The bot would trade; somebody should know.
        case warn
        /// The bot would not trade, or not as it should.
        case fail

        static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .ok: 0
            case .warn: 1
            case .fail: 2
            }
        }
    }

    var level: Level
    /// One word: what was looked at.
    var subject: String
    /// What was found.
    var text: String
    /// What to do about it; nil where there is nothing to do.
    var advice: String?

    static func ok(_ subject: String, _ text: String) -> Finding {
        Finding(level: .ok, subject: subject, text: text, advice: nil)
    }

    static func warn(_ subject: String, _ text: String, do advice: String) -> Finding {
        Finding(level: .warn, subject: subject, text: text, advice: advice)
    }

    static func fail(_ subject: String, _ text: String, do advice: String) -> Finding {
        Finding(level: .fail, subject: subject, text: text, advice: advice)
    }
}

/// What a doctor has found so far, told as it is found.
///
/// One thread at a time uses it: whoever began the examination waits while it goes on; hence `@unchecked Sendable`.
final class FindingList: @unchecked Sendable {
    private let terminal: Terminal
    private let isJSON: Bool
    private(set) var findings: [Finding] = []

    init(_ terminal: Terminal, isJSON: Bool) {
        self.terminal = terminal
        self.isJSON = isJSON
    }

    private static let subjectWidth = 12

    func add(_ finding: Finding) {
        findings.append(finding)
        guard !isJSON, finding.level > .ok || !terminal.isQuiet else { return }
        terminal.result(Self.line(finding, hasColours: terminal.hasColours))
    }

    /// `warn  clock       4.0 s ahead of the venue's -> set it by NTP`
    static func line(_ finding: Finding, hasColours: Bool) -> String {
        func padded(_ text: String, _ width: Int) -> String {
            text + String(repeating: " ", count: max(1, width - text.count))
        }
        var word = padded(finding.level.rawValue, 6)
        if hasColours {
            let colour =
                switch finding.level {
                case .ok: "32"
                case .warn: "33"
                case .fail: "31"
                }
            word = "\u{1B}[\(colour)m\(word)\u{1B}[0m"
        }
        let advice = finding.advice.map { " -> \($0)" } ?? ""
        return word + padded(finding.subject, subjectWidth) + finding.text + advice
    }

    /// Tells all of it, for programs.
    func showJSON() {
        guard isJSON else { return }
        var table = VenueTable([.text("level"), .text("subject"), .text("found"), .text("advice")])
        for finding in findings {
            table.add(
                .text(finding.level.rawValue), .text(finding.subject), .text(finding.text),
                finding.advice.map { .text($0) } ?? .none)
        }
        terminal.result(table.json)
    }

    var worst: Finding.Level { findings.map(\.level).max() ?? .ok }
}
