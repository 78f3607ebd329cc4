import StrategyKit

/// The parameters of a strategy as a block of YAML to begin with: every default, and what it means.
enum ParameterBlock {
    static func lines(_ strategy: StrategyDescription) -> [String] {
        guard !strategy.parameters.isEmpty else { return ["parameters: {}"] }
        return ["parameters:"]
            + strategy.parameters.flatMap { parameter in
                let words = ParameterWords(parameter)
                return [
                    "  # \(parameter.help)", "  # \(words.rangeWithUnit); default \(words.defaultText)",
                    "  \(parameter.name): \(words.defaultText)",
                ]
            }
    }
}
