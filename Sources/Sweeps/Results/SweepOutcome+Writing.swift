import Recordings

extension SweepOutcome {
    /// Writes the tables and the report into the folder; returns the path of the report.
    package func write() throws(SweepError) -> String {
        try OutputFile.write(ResultsTable.text(self), to: "\(folder)/results.csv")
        try OutputFile.write(ResultsDocument.text(self), to: "\(folder)/results.json")
        try OutputFile.write(SweepPage(self).document, to: "\(folder)/sweep.html")
        return "\(folder)/sweep.html"
    }
}
