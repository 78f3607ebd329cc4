import Configuration
import Journal
import Quantities
import Runtime
import StrategyKit

/// `replay`: proves that a session's tape leads to the same decisions again.
struct ReplayCommand {
    static let options: [Arguments.Option] = [.init(name: "quiet", help: "only the result")]

    let program: Program
    let terminal: Terminal

    init(_ program: Program, _ terminal: Terminal) {
        self.program = program
        self.terminal = terminal
    }

    func perform(_ words: [String]) throws -> ExitCode {
        let arguments = try Arguments(words, options: Self.options)
        guard arguments.positional.count == 1 else {
            throw UsageError("which session? '\(program.name) replay runs/run-0001'")
        }
        let path = TapePlace.path(arguments.positional[0])
        let replay = try open(path)
        let outcome = try replay.perform(program.bindings)
        return tell(outcome, path)
    }

    /// The session of a tape, with the configuration that the tape carries.
    private func open(_ path: String) throws -> SessionReplay {
        guard let header = SessionTapeHeader(try TapeReader(path: path).metadata) else {
            throw TapeError.notATape(path: path)
        }
        let reading = try SessionConfiguration.read(
            text: header.configuration, name: "configuration of \(header.run)",
            strategies: program.bindings.map(\.description))
        return try SessionReplay(SessionParts(reading.configuration), tape: path)
    }

    private func tell(_ outcome: ReplayOutcome, _ path: String) -> ExitCode {
        if let torn = outcome.torn {
            terminal.result("\(path): torn, the rest is left out: \(torn)")
        }
        if let difference = outcome.difference {
            terminal.result("decision \(difference.decision) differs")
            terminal.result("  on the tape: \(difference.recorded.map { "\($0)" } ?? "none")")
            terminal.result("  replayed:    \(difference.replayed.map { "\($0)" } ?? "none")")
            return .different
        }
        if !outcome.isComplete { terminal.result("the session was cut short: its tape has no end") }
        terminal.line("\(outcome.entries) entries, every decision the same")
        terminal.result("decisions \(outcome.decisions) hash \(outcome.hash)")
        return .success
    }
}
