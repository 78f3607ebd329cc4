import Journal

/// Why there is no report.
package enum ReportError: Error, Equatable, Sendable {
    /// No run has this name; what comes nearest, and the newest that are there.
    case noRun(String, nearest: String?, newest: [String], ledger: String)
    /// Beside the run's folder is no ledger.
    case noLedger(path: String)
    /// There is a ledger, and no run in it.
    case noRuns(ledger: String)
    case ledger(LedgerError)
    case file(FileError)
}

extension ReportError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noRun(let name, let nearest, let newest, let ledger):
            "there is no run '\(name)' in \(ledger)" + (nearest.map { "; did you mean '\($0)'?" } ?? "")
                + (newest.isEmpty ? "" : "; the newest: " + newest.joined(separator: ", "))
        case .noLedger(let path):
            "there is no ledger at \(path): a report needs one (journal: {ledger: true})"
        case .noRuns(let ledger): "\(ledger) holds no runs yet"
        case .ledger(let error): "\(error)"
        case .file(let error): "\(error)"
        }
    }
}
