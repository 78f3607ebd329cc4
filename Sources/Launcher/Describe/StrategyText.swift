import Quantities
import StrategyKit

/// What is known of a strategy as text for a terminal; the `--help` of its bot says the same.
struct StrategyText {
    private let strategy: StrategyDescription

    init(_ strategy: StrategyDescription) { self.strategy = strategy }

    /// One line for each strategy.
    static func overview(_ strategies: [StrategyDescription]) -> [String] {
        let width = strategies.map(\.name.count).max() ?? 0
        return strategies.map { "  \(padded($0.name, width + 2))\($0.summary)" }
    }

    var lines: [String] {
        [strategy.summary.isEmpty ? strategy.name : "\(strategy.name): \(strategy.summary)"] + parameterLines
    }

    /// The parameters with meaning, range and unit; what they are where the configuration says nothing.
    var parameterLines: [String] {
        guard !strategy.parameters.isEmpty else { return ["", "It has no parameters."] }
        var lines = ["", "Parameters, with their defaults:"]
        for parameter in strategy.parameters {
            let words = ParameterWords(parameter)
            let setting = "\(parameter.name): \(words.defaultText)"
            lines.append("  \(Self.padded(setting, 28))\(parameter.help)")
            lines.append("  \(Self.padded("", 28))\(words.rangeWithUnit)")
        }
        return lines
    }

    /// At least one blank stands behind the text.
    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }
}
