/// One thing that is wrong, or doubtful, in a configuration file.
///
/// It reads as a sentence in parts: what was found (`message`), what would be right (`expected`), and
/// what to write instead (`suggestion`), where each of the last two may be unknown.
package struct Diagnostic: Error, Equatable, Sendable {
    package enum Severity: Equatable, Sendable {
        /// The configuration cannot be used.
        case error
        /// The configuration can be used, and probably does not mean what it says.
        case warning
    }

    package enum Place: Equatable, Sendable {
        /// The file as a whole: it cannot be read, or is too large to be looked into.
        case file(String)
        case mark(Mark)
    }

    package let severity: Severity
    package let place: Place
    package let message: String
    /// What would be right, as a noun phrase: `a whole number from 1 to 50`.
    package let expected: String?
    /// What to do, as a clause: `did you mean 'spread'?`.
    package let suggestion: String?

    package init(
        _ severity: Severity = .error, at place: Place, _ message: String,
        expected: String? = nil, suggestion: String? = nil
    ) {
        self.severity = severity
        self.place = place
        self.message = message
        self.expected = expected
        self.suggestion = suggestion
    }

    package init(
        _ severity: Severity = .error, at mark: Mark, _ message: String,
        expected: String? = nil, suggestion: String? = nil
    ) {
        self.init(severity, at: .mark(mark), message, expected: expected, suggestion: suggestion)
    }

    package var file: String {
        switch place {
        case .file(let file): file
        case .mark(let mark): mark.file
        }
    }

    /// The line and column, unless the file as a whole is meant.
    package var mark: Mark? {
        switch place {
        case .file: nil
        case .mark(let mark): mark
        }
    }
}

extension Diagnostic: CustomStringConvertible {
    /// One line: `configs/x.yaml:12:5: unknown key 'spred'; did you mean 'spread'?`.
    package var description: String {
        var text =
            switch place {
            case .file(let file): "\(Quoted.bare(file)): "
            case .mark(let mark): "\(Quoted.bare(mark.file)):\(mark.line):\(mark.column): "
            }
        switch severity {
        case .error: break
        case .warning: text += "warning: "
        }
        text += message
        if let expected { text += "; expected \(expected)" }
        if let suggestion { text += "; \(suggestion)" }
        return text
    }
}
