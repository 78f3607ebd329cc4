import Quantities
import Recordings
import Runtime

/// `data`: looks into recordings and turns them into record files.
struct DataCommand {
    let program: Program
    let terminal: Terminal

    init(_ program: Program, _ terminal: Terminal) {
        self.program = program
        self.terminal = terminal
    }

    static let options: [Arguments.Option] = [
        .init(name: "market", value: "NAME", help: "the market of a table of trades, such as BTCUSDT"),
        .init(name: "clamp-times", help: "take a time that goes back as the one before it"),
        .init(name: "quiet", help: "only the result"),
    ]

    /// Those of all its verbs, each once.
    static var allOptions: [Arguments.Option] {
        (options + DataImportCommand.options + DataFetchCommand.options).reduce(into: []) { known, option in
            if !known.contains(where: { $0.name == option.name }) { known.append(option) }
        }
    }

    func perform(_ words: [String]) throws -> ExitCode {
        switch words.first {
        case "import":
            return try DataImportCommand(program: program, terminal: terminal).perform(
                Array(words.dropFirst()))
        case "fetch":
            return try DataFetchCommand(program: program, terminal: terminal).perform(
                Array(words.dropFirst()))
        case nil, .some: break
        }
        let arguments = try Arguments(words, options: Self.options)
        var options = RecordingOptions()
        options.marketName = arguments.value("market")
        if arguments.has("clamp-times") { options.timeOrder = .clamp }
        let files = Array(arguments.positional.dropFirst())
        switch arguments.positional.first {
        case "inspect":
            guard !files.isEmpty else {
                throw UsageError("which files? '\(program.name) data inspect FILE...'")
            }
            // What is there, not what can be made of it.
            options.infersQuotes = false
            var source = try RecordingSource(files, options)
            var failure: RecordingError?
            do throws(RecordingError) {
                while try source.next() != nil {}
            } catch {
                failure = error
            }
            terminal.result("\(source.report)")
            if let capture = source.capture { terminal.result("\(capture)") }
            if let failure {
                terminal.error("\(failure)")
                return .badInput
            }
            return .success
        case "validate":
            guard !files.isEmpty else {
                throw UsageError("which files? '\(program.name) data validate FILE...'")
            }
            options.infersQuotes = false
            return try validate(files, options)
        case "convert":
            guard files.count >= 2, let target = files.last else {
                throw UsageError("from what to what? '\(program.name) data convert FILE... TARGET'")
            }
            let report = try RecordingImporter.convert(Array(files.dropLast()), to: target, options)
            terminal.line("\(report)")
            terminal.result("\(report.events) events written to \(target)")
            return .success
        case let word?:
            throw UsageError.unknownCommand(
                "data \(word)",
                among: ["data inspect", "data validate", "data convert", "data import", "data fetch"])
        case nil:
            throw UsageError(
                "what with the data? '\(program.name) data inspect|validate|convert|import|fetch ...'")
        }
    }

    /// Reads all of a recording and judges it: good, or with what is wrong with it.
    private func validate(_ files: [String], _ options: RecordingOptions) throws -> ExitCode {
        var source = try RecordingSource(files, options)
        var problems: [String] = []
        while problems.count < Self.problemsMax {
            do throws(RecordingError) {
                if try source.next() == nil { break }
            } catch {
                problems.append("\(error)")
                // Behind a line reading goes on; any other error is final.
                guard case .line = error else { break }
            }
        }
        let report = source.report
        if report.sequenceGapCount > 0 {
            problems.append("\(report.sequenceGapCount) gaps in the updates of books")
        }
        if report.crossedBooks > 0 {
            problems.append("\(report.crossedBooks) updates that left a book crossed")
        }
        if report.bookMatches < report.bookSamples {
            problems.append(
                "\(report.bookSamples - report.bookMatches) tickers that differ from the rebuilt book")
        }
        if let capture = source.capture {
            problems += capture.gaps.map { "gap \($0)" }
            if capture.faults > 0 {
                problems.append("\(capture.faults) messages that cannot be read: \(capture.firstFault ?? "")")
            }
        }
        for problem in problems { terminal.error(problem) }
        terminal.result(
            "\(report.events) events: \(problems.isEmpty ? "good" : "\(problems.count) problems")")
        return problems.isEmpty ? .success : .badInput
    }

    /// Problems that are told; behind them reading ends.
    private static let problemsMax = 1_000
}
