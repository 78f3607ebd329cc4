import Configuration
import Journal
import Runtime
import StrategyKit

/// `describe`: tells of strategies and their parameters, for people, editors and documentation.
struct DescribeCommand {
    static let options: [Arguments.Option] = [
        .init(name: "yaml", help: "the parameters as a block of YAML with comments"),
        .init(name: "markdown", help: "the parameters as a table"),
        .init(name: "json-schema", help: "a JSON Schema of the whole configuration file, for editors"),
        .init(
            name: "update-docs", value: "FILE...", isList: true,
            help: "write the tables of parameters in these pages anew"),
        .init(name: "quiet", help: "only the result"),
    ]

    @Sendable static func details(_ program: String) -> [String] {
        [
            "Without a name it lists the strategies, or describes the only one.",
            "An editor with a YAML language server completes and checks configurations by the schema:",
            "  \(program) describe --json-schema > martlet.schema.json",
            "  # yaml-language-server: $schema=../martlet.schema.json     (first line of configs/x.yaml)",
            "A page has a table where it says '<!-- parameters: NAME -->' and, below, '<!-- end -->'.",
        ]
    }

    let program: Program
    let terminal: Terminal

    init(_ program: Program, _ terminal: Terminal) {
        self.program = program
        self.terminal = terminal
    }

    private var strategies: [StrategyDescription] { program.bindings.map(\.description) }

    func perform(_ words: [String]) throws -> ExitCode {
        let arguments = try Arguments(words, options: Self.options)
        let forms = ["yaml", "markdown", "json-schema", "update-docs"].filter(arguments.has)
        if forms.count > 1 {
            throw UsageError("one form at a time: --\(forms[0]) or --\(forms[1])")
        }
        if arguments.positional.count > 1 {
            throw UsageError("one strategy at a time: '\(arguments.positional[1])' is one too many")
        }
        switch forms.first {
        case "json-schema": showSchema(try named(arguments.positional.first))
        case "update-docs": try update(arguments.list("update-docs"))
        case let form: try show(try named(arguments.positional.first), form)
        }
        return .success
    }

    /// The strategy that is asked for: by name, or the only one.
    private func named(_ name: String?) throws(UsageError) -> StrategyDescription? {
        guard let name else { return strategies.count == 1 ? strategies[0] : nil }
        guard let strategy = strategies.first(where: { $0.name == name }) else {
            throw UsageError.unknownStrategy(name, among: strategies.map(\.name))
        }
        return strategy
    }

    private func show(_ strategy: StrategyDescription?, _ form: String?) throws(UsageError) {
        guard let strategy else {
            if let form {
                throw UsageError("which strategy? '\(program.name) describe NAME --\(form)'")
            }
            for line in StrategyText.overview(strategies) { terminal.result(line) }
            terminal.line("\n'\(program.name) describe NAME' tells of its parameters.")
            return
        }
        let lines =
            switch form {
            case "yaml": ParameterBlock.lines(strategy)
            case "markdown": ParameterTable.lines(strategy)
            default: StrategyText(strategy).lines
            }
        for line in lines { terminal.result(line) }
    }

    private func showSchema(_ strategy: StrategyDescription?) {
        let schema = SessionSchema(strategy.map { [$0] } ?? strategies)
        terminal.result(String(schema.document.text.dropLast()))
    }

    /// All pages are understood before the first is written.
    private func update(_ paths: [String]) throws {
        let pages = ParameterPages(strategies)
        var changes: [(path: String, text: String)] = []
        for path in paths {
            let page = try TextFile.read(path)
            let updated = try pages.updated(page, path: path)
            if updated == page {
                terminal.line("\(path): up to date")
            } else {
                changes.append((path, updated))
            }
        }
        for change in changes {
            try TextFile.replace(change.path, with: change.text)
            terminal.line("\(change.path): written anew")
        }
    }
}
