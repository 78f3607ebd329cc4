import Configuration
import Glibc
import Runtime
import StrategyKit

/// A program of Martlet: the umbrella tool with many strategies, or a bot with one.
public struct Program: Sendable {
    let name: String
    let bindings: [StrategyBinding]
    /// The strategy that runs when no configuration is given; nil for the umbrella tool.
    let own: StrategyDescription?
    /// The name of the strategy that the umbrella tool runs without a configuration; nil for the first.
    var example: String?

    /// Runs the umbrella tool and ends the process.
    ///
    /// - Parameters:
    ///   - bindings: the strategies that configurations can select, at least one.
    ///   - example: the name of the strategy that `paper` runs without a configuration; nil for the first.
    public static func main(
        _ name: String, _ bindings: [StrategyBinding], example: String? = nil
    ) -> Never {
        Program(name: name, bindings: bindings, own: nil, example: example).runAndExit()
    }

    /// Runs a bot with one strategy and ends the process.
    @inlinable
    public static func main<S: Strategy>(_ name: String, _ strategy: S.Type) -> Never {
        main(name, own: StrategyBinding(strategy))
    }

    @usableFromInline
    static func main(_ name: String, own: StrategyBinding) -> Never {
        Program(name: name, bindings: [own], own: own.description).runAndExit()
    }

    /// The name of the strategy that runs when no configuration is given.
    var embeddedStrategy: String { own?.name ?? example ?? bindings[0].description.name }

    private func runAndExit() -> Never {
        Interruption.watch()
        let code = run(Array(CommandLine.arguments.dropFirst()))
        fflush(nil)
        exit(code.rawValue)
    }

    /// Carries out a command line; what there is to say goes to `output` and `errors`.
    func run(
        _ words: [String], output: Int32 = STDOUT_FILENO, errors: Int32 = STDERR_FILENO
    ) -> ExitCode {
        let terminal = Terminal(isQuiet: words.contains("--quiet"), output: output, errors: errors)
        do {
            return try dispatch(words, terminal)
        } catch let error as UsageError {
            terminal.error("\(name): \(error)\nTry '\(name) --help'.")
            return .usage
        } catch {
            terminal.error("\(name): \(error)")
            return ExitCode(error)
        }
    }

    private func dispatch(_ words: [String], _ terminal: Terminal) throws -> ExitCode {
        guard let first = words.first else {
            if own != nil { return try RunCommand(self, terminal).perform([], mode: nil) }
            terminal.result(HelpText(self).overview)
            return .usage
        }
        if first == "--help" || first == "-h" || first == "help" {
            terminal.result(HelpText(self).text(for: words.dropFirst().first))
            return .success
        }
        // Its verbs have a help of their own.
        if first == "coinex" { return try CoinExCommand(self, terminal).perform(Array(words.dropFirst())) }
        if words.contains("--help") || words.contains("-h") {
            terminal.result(HelpText(self).text(for: first))
            return .success
        }
        let rest = Array(words.dropFirst())
        switch first {
        case "run": return try RunCommand(self, terminal).perform(rest, mode: nil)
        case "paper": return try RunCommand(self, terminal).perform(rest, mode: .paper)
        case "backtest": return try RunCommand(self, terminal).perform(rest, mode: .backtest)
        case "replay": return try ReplayCommand(self, terminal).perform(rest)
        case "why": return try WhyCommand(self, terminal).perform(rest)
        case "halt": return try HaltCommand(self, terminal).perform(rest)
        case "arm": return try ArmCommand(self, terminal).perform(rest)
        case "guardian": return try GuardianCommand(self, terminal).perform(rest)
        case "trace": return try TraceCommand(self, terminal).perform(rest)
        case "latency": return try LatencyCommand(self, terminal).perform(rest)
        case "sweep": return try SweepCommand(self, terminal).perform(rest)
        case "sim": return try SimCommand(self, terminal).perform(rest)
        case "report": return try ReportCommand(self, terminal).perform(rest)
        case "doctor": return try DoctorCommand(self, terminal).perform(rest)
        case "check": return try CheckCommand(self, terminal).perform(rest)
        case "describe": return try DescribeCommand(self, terminal).perform(rest)
        case "new": return try NewCommand(self, terminal).perform(rest)
        case "record": return try RecordCommand(self, terminal).perform(rest)
        case "data": return try DataCommand(self, terminal).perform(rest)
        case "decode": return try DecodeCommand(self, terminal).perform(rest)
        case "exchange": return try ExchangeCommand(self, terminal).perform(rest)
        default:
            // A bot takes a configuration as its first word, as in `grid-bot configs/grid.yaml`.
            if own != nil, first.hasPrefix("--") || first.contains(".") || first.contains("/") {
                return try RunCommand(self, terminal).perform(words, mode: nil)
            }
            throw UsageError.unknownCommand(first, among: HelpText.commands.map(\.name))
        }
    }
}
