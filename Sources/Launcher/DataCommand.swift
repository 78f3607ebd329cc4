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
            if let failure {
                terminal.error("\(failure)")
                return .badInput
            }
            return .success
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
                "data \(word)", among: ["data inspect", "data convert", "data import", "data fetch"])
        case nil:
            throw UsageError("what with the data? '\(program.name) data inspect|convert|import|fetch ...'")
        }
    }
}
