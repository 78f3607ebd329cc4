import Reports

/// Where the tape of a run is that is told as `report` takes it; a folder is enough, a ledger need not be there.
enum TapePlace {
    static func path(_ word: String) -> String {
        if word.hasSuffix(".tape") { return word }
        let path = word + "/session.tape"
        if TextFile.exists(path) { return path }
        return (try? RunPlace(finding: word)).map { $0.folder + "/session.tape" } ?? path
    }

    /// The tape of a run, or of the newest when none is told.
    ///
    /// - Throws: `ReportError` when there is no newest run.
    static func find(_ word: String?) throws -> String {
        if let word { return path(word) }
        return try RunPlace(finding: "latest").folder + "/session.tape"
    }
}
