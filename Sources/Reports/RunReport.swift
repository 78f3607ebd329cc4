import Journal

/// The report of a run: one page that needs nothing else, and files beside it for programs.
package struct RunReport: Sendable {
    package static let pageName = "report.html"
    /// Runs that are compared on one page.
    package static var runsMax: Int { ComparisonPage.runsMax }

    private let place: RunPlace
    private let run: RunData
    package let figures: Figures

    package init(_ place: RunPlace) throws(ReportError) {
        self.place = place
        run = try RunData(place)
        figures = Figures(run, run.parts)
    }

    /// Whether the run has ended; of one that has not the report says how it stands.
    package var isEnded: Bool { run.record.ending != nil }

    /// The page as text.
    package var page: String { RunPage(run, figures).document }

    /// Price, position and profit as one stand-alone SVG.
    package var picture: String { RunPage(run, figures).picture }

    /// Writes the page and the files beside it into the run's folder; returns the page's path.
    ///
    /// - Parameter path: another place for the page; the other files are then not written.
    @discardableResult
    package func write(to path: String? = nil) throws(ReportError) -> String {
        let page = path ?? place.folder + "/" + Self.pageName
        try Self.write(self.page, to: page)
        if path == nil {
            let tables = RunTables(run: run)
            try Self.write(RunSummaryFile(run: run, figures: figures).text, to: place.folder + "/report.json")
            try Self.write(tables.equity, to: place.folder + "/equity.csv")
            try Self.write(tables.fills, to: place.folder + "/fills.csv")
            try Self.write(tables.orders, to: place.folder + "/orders.csv")
        }
        return page
    }

    /// Writes the stand-alone picture.
    package func writePicture(to path: String) throws(ReportError) {
        try Self.write(picture + "\n", to: path)
    }

    /// One page with several runs side by side. There is at least one.
    package static func comparison(_ reports: [RunReport]) -> String {
        ComparisonPage(runs: reports.map { ($0.run, $0.figures) }).document
    }

    /// Writes such a page.
    package static func writeComparison(_ reports: [RunReport], to path: String) throws(ReportError) {
        try write(comparison(reports), to: path)
    }

    private static func write(_ text: String, to path: String) throws(ReportError) {
        do throws(FileError) {
            try WholeFile.write(text, to: path)
        } catch {
            throw .file(error)
        }
    }
}
