import Configuration
import Glibc
import LiveView
import Runtime

/// Whether a session is shown live, and the run of it with or without.
enum ViewChoice {
    /// Where it makes sense: a session that takes its time, on a terminal that can show it.
    case automatic
    case always
    case never

    init(_ arguments: Arguments) throws(UsageError) {
        switch (arguments.has("view"), arguments.has("no-view")) {
        case (true, true): throw UsageError("--view and --no-view: one of them")
        case (true, false): self = .always
        case (false, true): self = .never
        case (false, false): self = .automatic
        }
    }

    func perform(
        _ start: SessionStart, _ bindings: [StrategyBinding], _ terminal: Terminal
    ) throws -> RunOutcome {
        let parts = start.parts
        guard isWanted(parts, terminal), let viewer = open(terminal) else {
            return try start.perform(bindings, console: terminal, viewer: nil)
        }
        // Whatever is thrown is told on the terminal as it was before.
        defer { for line in viewer.close() { terminal.line(line) } }
        return try start.perform(bindings, console: SilentConsole(), viewer: viewer)
    }

    private func isWanted(_ parts: SessionParts, _ terminal: Terminal) -> Bool {
        switch self {
        case .always: return true
        case .never: return false
        case .automatic:
            guard !terminal.isQuiet else { return false }
            switch (parts.configuration.mode, parts.configuration.pace) {
            case (.live, _), (.paper, .times): return true
            case (.backtest, _), (.paper, .unlimited): return false
            }
        }
    }

    private func open(_ terminal: Terminal) -> TerminalViewer? {
        guard let look = TerminalLook({ name in getenv(name).map { String(cString: $0) } }),
            TerminalLook.hasRoom(terminal.output)
        else { return nil }
        return TerminalViewer(terminal: terminal.output, look) { Interruption.request() }
    }
}
