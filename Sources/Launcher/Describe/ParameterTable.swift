import StrategyKit

/// The parameters of a strategy as a table of Markdown.
enum ParameterTable {
    static func lines(_ strategy: StrategyDescription) -> [String] {
        ["| parameter | default | range | what it does |", "|---|---|---|---|"]
            + strategy.parameters.map { parameter in
                let words = ParameterWords(parameter)
                let cells = [
                    "`\(parameter.name)`", words.defaultText, words.rangeWithUnit, parameter.help,
                ]
                return "| \(cells.map(escaped).joined(separator: " | ")) |"
            }
    }

    private static func escaped(_ cell: String) -> String {
        cell.map { $0 == "|" ? "\\|" : String($0) }.joined()
    }
}
