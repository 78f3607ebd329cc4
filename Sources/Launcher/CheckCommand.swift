import Configuration
import Runtime
import StrategyKit

/// `check`: reads a configuration and says all that is wrong with it.
struct CheckCommand {
    static let options: [Arguments.Option] = [.init(name: "quiet", help: "only what is wrong")]

    let program: Program
    let terminal: Terminal

    init(_ program: Program, _ terminal: Terminal) {
        self.program = program
        self.terminal = terminal
    }

    func perform(_ words: [String]) throws -> ExitCode {
        let arguments = try Arguments(words, options: Self.options)
        guard !arguments.positional.isEmpty else {
            throw UsageError("which configuration? '\(program.name) check CONFIG'")
        }
        var code = ExitCode.success
        for path in arguments.positional {
            do throws(InvalidConfiguration) {
                let reading = try SessionConfiguration.read(
                    path: path, strategies: program.bindings.map(\.description))
                for warning in reading.warnings { terminal.error("\(warning)") }
                terminal.line("\(path): good")
            } catch {
                terminal.error("\(error)")
                code = .badInput
            }
        }
        return code
    }
}
