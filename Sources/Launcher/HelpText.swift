import Runtime
import StrategyKit

/// What `--help` says: enough to start, with examples that work.
struct HelpText {
    struct Command {
        var name: String
        var arguments: String
        var help: String
        var options: [Arguments.Option]
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
            name: "sweep", arguments: "CONFIG --set NAME=RANGE...",
            help: "run many backtests with other parameters, on all cores", options: SweepCommand.options),
        Command(
            name: "check", arguments: "CONFIG...", help: "say all that is wrong with a configuration",
            options: CheckCommand.options),
        Command(
            name: "data", arguments: "inspect|convert FILE...",
            help: "look into recordings, or turn them into record files", options: DataCommand.options),
    ]

    let program: Program

    init(_ program: Program) { self.program = program }

    var overview: String {
        var lines: [String] = []
        if let own = program.own {
            lines.append("\(program.name): the strategy '\(own.name)' on its own.")
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
        lines.append("  \(program.name) check configs/market-maker.yaml")
        lines.append("  \(program.name) backtest configs/market-maker.yaml --data day.gz")
        lines.append("  \(program.name) replay runs/run-0001")
        if program.own == nil {
            let names = program.bindings.map(\.description.name).joined(separator: ", ")
            lines += ["", "Strategies: \(names)"]
        } else {
            lines += parameterLines
        }
        lines += ["", "'\(program.name) COMMAND --help' says more about a command."]
        return lines.joined(separator: "\n")
    }

    func text(for word: String?) -> String {
        guard let command = Self.commands.first(where: { $0.name == word }) else { return overview }
        var lines = ["\(program.name) \(command.name) \(command.arguments)", "  \(command.help)"]
        if !command.options.isEmpty { lines += ["", "Options:"] }
        for option in command.options {
            let name = "--\(option.name)" + (option.value.map { " \($0)" } ?? "")
            lines.append("  " + padded(name, 22) + option.help)
        }
        return lines.joined(separator: "\n")
    }

    /// The parameters of a bot's own strategy.
    private var parameterLines: [String] {
        guard let own = program.own, !own.parameters.isEmpty else { return [] }
        var lines = ["", "Parameters of '\(own.name)' in the configuration:"]
        for parameter in own.parameters {
            let unit = parameter.unit.isEmpty ? "" : " (\(parameter.unit))"
            lines.append(
                "  \(padded("\(parameter.name): \(parameter.defaultValue)", 32))\(parameter.help)\(unit)")
        }
        return lines
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }
}
