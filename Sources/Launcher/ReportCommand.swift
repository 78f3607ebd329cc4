import Reports

/// `report`: writes the page about a run, or one that shows several runs side by side.
struct ReportCommand {
    static let options: [Arguments.Option] = [
        .init(name: "output", value: "FILE", help: "where the page goes, instead of the run's folder"),
        .init(
            name: "picture", value: "FILE.svg",
            help: "write one small picture as well: price, position, profit"),
        .init(name: "quiet", help: "say nothing but errors"),
    ]

    /// Where a comparison goes that is given no place.
    static let comparisonName = "comparison.html"

    let program: Program
    let terminal: Terminal

    init(_ program: Program, _ terminal: Terminal) {
        self.program = program
        self.terminal = terminal
    }

    func perform(_ words: [String]) throws -> ExitCode {
        let arguments = try Arguments(words, options: Self.options)
        let names = arguments.positional
        guard !names.isEmpty else {
            throw UsageError("which run? '\(program.name) report runs/run-0001', or 'latest'")
        }
        guard names.count <= RunReport.runsMax else {
            throw UsageError("at most \(RunReport.runsMax) runs fit on one page; these are \(names.count)")
        }
        var reports: [RunReport] = []
        for name in names { reports.append(try RunReport(RunPlace(finding: name))) }
        if let picture = arguments.value("picture") {
            guard reports.count == 1 else { throw UsageError("--picture is of one run") }
            try reports[0].writePicture(to: picture)
            terminal.line("picture: \(picture)")
        }
        if reports.count > 1 {
            let path = arguments.value("output") ?? Self.comparisonName
            try RunReport.writeComparison(reports, to: path)
            terminal.line("report: \(path)")
        } else {
            let path = try reports[0].write(to: arguments.value("output"))
            if !reports[0].isEnded { terminal.line("the run has not ended: the report says how it stands") }
            terminal.line("report: \(path)")
        }
        return .success
    }
}
