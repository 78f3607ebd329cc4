import Configuration
import Quantities
import Reports
import Runtime
import StrategyKit

/// `run`, `paper`, `backtest`: one session on simulated orders.
struct RunCommand {
    static let options: [Arguments.Option] = [
        .init(
            name: "data", value: "FILE...", isList: true,
            help: "recordings to play instead of the configuration's data, in order"),
        .init(name: "seed", value: "N", help: "the seed of everything random"),
        .init(name: "duration", value: "TIME", help: "market time to run, such as 90s or 30m"),
        .init(name: "pace", value: "N|max", help: "market seconds per second, on paper"),
        .init(name: "no-journal", help: "write no tape, no ledger, no folder"),
        .init(name: "no-report", help: "write no page about the run at its end"),
        .init(name: "paper", help: "simulated orders, whatever the file says"),
        .init(name: "fresh", help: "begin a new live run, even if the last one was cut short"),
        .init(name: "quiet", help: "say nothing but the summary"),
        .init(name: "view", help: "show the session live on the terminal, a backtest too"),
        .init(name: "no-view", help: "show one line about it instead"),
    ]

    let program: Program
    let terminal: Terminal

    init(_ program: Program, _ terminal: Terminal) {
        self.program = program
        self.terminal = terminal
    }

    func perform(_ words: [String], mode: SessionMode?) throws -> ExitCode {
        let arguments = try Arguments(words, options: Self.options)
        if arguments.positional.count > 1 {
            throw UsageError("one configuration at a time: '\(arguments.positional[1])' is one too many")
        }
        var overrides = try overrides(arguments)
        overrides.mode = arguments.has("paper") ? .paper : mode
        let reading: SessionReading
        do throws(InvalidConfiguration) {
            reading = try read(arguments.positional.first, overrides)
        } catch {
            terminal.error("\(error)")
            return .badInput
        }
        for warning in reading.warnings { terminal.error("\(warning)") }
        var configuration = reading.configuration
        // The file's duration is that of the file's data.
        if arguments.has("data"), !arguments.has("duration") { configuration.duration = nil }
        if arguments.has("no-journal") {
            configuration.journal.hasTape = false
            configuration.journal.hasLedger = false
        }
        let start = SessionStart(
            SessionParts(configuration), terminal, beginsAnew: arguments.has("fresh"))
        return try run(
            start, try ViewChoice(arguments), writesReport: !arguments.has("no-report"))
    }

    private func read(
        _ path: String?, _ overrides: SessionOverrides
    ) throws(InvalidConfiguration) -> SessionReading {
        let strategies = program.bindings.map(\.description)
        if let path {
            return try SessionConfiguration.read(path: path, strategies: strategies, overrides: overrides)
        }
        return try SessionConfiguration.read(
            text: EmbeddedConfiguration.text(strategy: program.embeddedStrategy),
            name: EmbeddedConfiguration.name, strategies: strategies, overrides: overrides)
    }

    private func run(_ start: SessionStart, _ view: ViewChoice, writesReport: Bool) throws -> ExitCode {
        let parts = start.parts
        let labels = parts.configuration.strategies.map(\.label).joined(separator: ", ")
        let markets = parts.configuration.markets.map(\.name).joined(separator: ", ")
        terminal.line(
            "\(terminal.bold(labels)) in \(markets), \(parts.configuration.mode.rawValue), seed "
                + "\(parts.configuration.seed)")
        let outcome = try view.perform(start, program.bindings, terminal)
        let report = writesReport && parts.configuration.journal.hasLedger ? write(outcome.folder) : nil
        for line in SummaryText.lines(outcome, report: report, bold: terminal.bold) { terminal.result(line) }
        // Whoever keeps only the errors is told as well.
        for stopped in outcome.stopped {
            let word = stopped.hasFailed ? "has failed" : "has stopped"
            terminal.error("\(program.name): \(stopped.strategy) \(word): \(stopped.reason)")
        }
        switch outcome.ending {
        case .finished: return outcome.stopped.isEmpty ? .success : .failed
        case .interrupted: return .interrupted
        case .failed(let error):
            terminal.error("\(program.name): \(error)")
            return ExitCode(error)
        }
    }

    /// Writes the report of a run that has ended; returns its path. The run is what counts: a report that cannot
    /// be written is told, and changes nothing else.
    private func write(_ folder: String?) -> String? {
        guard let folder else { return nil }
        do throws(ReportError) {
            return try RunReport(RunPlace(finding: folder)).write()
        } catch {
            terminal.error("no report: \(error)")
            return nil
        }
    }

    private func overrides(_ arguments: Arguments) throws(UsageError) -> SessionOverrides {
        var overrides = SessionOverrides()
        overrides.dataFiles = arguments.list("data")
        if let text = arguments.value("seed") {
            guard let seed = Int(text), SessionConfiguration.seeds.contains(seed) else {
                throw UsageError(
                    "--seed \(text): a whole number from 0 to \(SessionConfiguration.seeds.upperBound)")
            }
            overrides.seed = UInt64(seed)
        }
        if let text = arguments.value("duration") {
            overrides.duration = try Self.duration(text)
        }
        if let text = arguments.value("pace") {
            guard let pace = Pace(text) else {
                throw UsageError("--pace \(text): market seconds per second, or max")
            }
            overrides.pace = pace
        }
        return overrides
    }

    /// The market time that `--duration` asks for.
    static func duration(_ text: String) throws(UsageError) -> Interval {
        let duration: Interval
        do throws(Refusal) {
            duration = try IntervalText.parse(text)
        } catch {
            throw UsageError("--duration \(text): \(error.reason); write for instance 90s or 30m")
        }
        guard SessionConfiguration.durations.contains(duration) else {
            throw UsageError("--duration \(text): from 1ms to 366d")
        }
        return duration
    }
}

extension Pace {
    /// The pace as the command line writes it.
    init?(_ text: String) {
        if text == "max" {
            self = .unlimited
        } else if let speed = Double(text), Pace.speeds.contains(speed) {
            self = .times(speed)
        } else {
            return nil
        }
    }
}
