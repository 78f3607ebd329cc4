import Runtime
import StrategyKit

/// What `--help` says: enough to start, with examples that work.
struct HelpText {
    struct Command: Sendable {
        var name: String
        var arguments: String
        var help: String
        var options: [Arguments.Option]
        /// What there is to know beyond one line.
        var details: @Sendable (_ program: String) -> [String] = { _ in [] }
    }

    static let commands: [Command] = [
        Command(
            name: "run", arguments: "[CONFIG]", help: "run the session as the configuration says",
            options: RunCommand.options),
        Command(
            name: "paper", arguments: "[CONFIG]",
            help: "trade on paper: simulated orders, real or embedded market",
            options: RunCommand.options),
        Command(
            name: "backtest", arguments: "CONFIG --data FILE...",
            help: "run over recorded data as fast as it goes", options: RunCommand.options),
        Command(
            name: "replay", arguments: "RUN", help: "prove that a run's tape leads to the same decisions",
            options: ReplayCommand.options),
        Command(
            name: "why", arguments: "ORDER [RUN]",
            help: "the chain of an order: event, decision, risk, request, replies, deals, with times",
            options: WhyCommand.options, details: WhyCommand.details),
        Command(
            name: "trace", arguments: "[RUN]", help: "a run as a file that Perfetto and Chrome open",
            options: TraceCommand.options),
        Command(
            name: "latency", arguments: "[RUN]", help: "how long each leg of a run's orders took",
            options: LatencyCommand.options),
        Command(
            name: "halt", arguments: "NAME|RUN",
            help: "throw the switch of a bot: no orders until it is armed",
            options: HaltCommand.options, details: HaltCommand.details),
        Command(
            name: "arm", arguments: "NAME", help: "let a bot trade again that was halted",
            options: ArmCommand.options),
        Command(
            name: "guardian", arguments: "NAME",
            help: "watch over a session: cancel its orders and raise the alarm when it hangs or dies",
            options: GuardianCommand.options, details: GuardianCommand.details),
        Command(
            name: "sweep", arguments: "CONFIG --set NAME=RANGE...",
            help: "run many backtests with other parameters, on all cores", options: SweepCommand.options),
        Command(
            name: "sim", arguments: "[CONFIG]",
            help: "trade at a simulated venue that fails, over many seeds: is any order or fill ever lost?",
            options: SimCommand.options, details: SimCommand.details),
        Command(
            name: "report", arguments: "RUN...", help: "the page about a run, or several runs side by side",
            options: ReportCommand.options),
        Command(
            name: "check", arguments: "CONFIG...", help: "say all that is wrong with a configuration",
            options: CheckCommand.options),
        Command(
            name: "doctor", arguments: "CONFIG",
            help: "look at all that a session needs before it starts: venue, clock, key, markets, journal",
            options: DoctorCommand.options, details: DoctorCommand.details),
        Command(
            name: "record", arguments: "CONFIG OUT | --venue NAME --streams NAME,... OUT",
            help: "write down what venues send, as it comes, into the folder OUT",
            options: RecordCommand.options),
        Command(
            name: "data", arguments: "inspect|validate|convert|import|fetch ...",
            help:
                "look into recordings, judge them, make record files of them and of tables, download archives",
            options: DataCommand.allOptions, details: DataImportCommand.details),
        .init(
            name: "decode", arguments: "VENUE NAME [FILE]",
            help: "show what a text of a venue stands for", options: DecodeCommand.options),
        Command(
            name: "coinex", arguments: "VERB ...",
            help:
                "ask and trade at CoinEx from here: markets, ticker, book, balance, orders, place, cancel ...",
            options: CoinExCommand.options, details: CoinExHelp.details),
        Command(
            name: "exchange", arguments: "[audit | faults] [CONFIG]",
            help: "run a local exchange that speaks CoinEx v1 and v2, for any client",
            options: ExchangeCommand.options, details: ExchangeCommand.details),
        Command(
            name: "describe", arguments: "[NAME]",
            help: "tell of strategies and their parameters, for people, editors and pages",
            options: DescribeCommand.options, details: DescribeCommand.details),
        Command(
            name: "new", arguments: "strategy|package NAME",
            help: "make a strategy or a package of your own that builds, tests and runs at once",
            options: NewCommand.options, details: NewCommand.details),
    ]

    let program: Program

    init(_ program: Program) { self.program = program }

    var overview: String {
        var lines: [String] = []
        if let own = program.own {
            lines.append("\(program.name): the strategy '\(own.name)' on its own.")
            if !own.summary.isEmpty { lines.append(own.summary) }
            lines.append(
                "Without a configuration it trades on paper in a market of its own; nothing is needed.")
        } else {
            lines.append("\(program.name): run trading strategies on paper and over recorded markets.")
        }
        lines.append("")
        for command in Self.commands {
            lines.append("  \(program.name) \(command.name) \(command.arguments)")
            lines.append("      \(command.help)")
        }
        lines.append("")
        lines.append("Examples:")
        if program.own != nil {
            lines.append("  \(program.name)")
        }
        let configuration = "configs/\(program.embeddedStrategy).yaml"
        lines.append("  \(program.name) check \(configuration)")
        lines.append("  \(program.name) backtest \(configuration) --data day.gz")
        lines.append("  \(program.name) replay runs/run-0001")
        lines.append("  \(program.name) report latest")
        if let own = program.own {
            lines += StrategyText(own).parameterLines
        } else {
            lines += ["", "Strategies:"] + StrategyText.overview(program.bindings.map(\.description))
        }
        lines += ["", "'\(program.name) COMMAND --help' says more about a command."]
        return lines.joined(separator: "\n")
    }

    func text(for word: String?) -> String {
        guard let command = Self.commands.first(where: { $0.name == word }) else { return overview }
        var lines = ["\(program.name) \(command.name) \(command.arguments)", "  \(command.help)"]
        let details = command.details(program.name)
        if !details.isEmpty { lines += [""] + details.map { $0.isEmpty ? "" : "  \($0)" } }
        if !command.options.isEmpty { lines += ["", "Options:"] }
        for option in command.options {
            let name = "--\(option.name)" + (option.value.map { " \($0)" } ?? "")
            lines.append("  " + padded(name, 22) + option.help)
        }
        return lines.joined(separator: "\n")
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }
}
