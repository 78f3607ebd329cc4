import CoinExVenue
import Configuration
import Credentials
import Quantities
import Runtime

/// The beginning of a session: on simulated orders, or at the venue with the key that is found for it.
struct SessionStart {
    let parts: SessionParts
    let terminal: Terminal
    /// Whether a live run that was cut short is let be.
    let beginsAnew: Bool

    init(_ parts: SessionParts, _ terminal: Terminal, beginsAnew: Bool) {
        self.beginsAnew = beginsAnew
        self.parts = parts
        self.terminal = terminal
    }

    func perform(
        _ bindings: [StrategyBinding], console: any RunConsole, viewer: (any SessionViewer)?
    ) throws -> RunOutcome {
        switch parts.configuration.mode {
        case .paper, .backtest:
            let run = try SessionRun(parts, console: console, viewer: viewer) { Interruption.isRequested }
            return try run.perform(bindings)
        case .live:
            var environment = ProcessEnvironment()
            let search = KeySearch("coinex", file: parts.configuration.connection.keyFile)
            let key = try search.require(in: &environment)
            if let warning = key.source.warning { terminal.error(warning) }
            let credentials = CoinExCredentials(accessID: key.id, secret: key.secret)
            let run = try LiveRun(
                parts, credentials: credentials, beginsAnew: beginsAnew, environment: environment.variables, console: console,
                viewer: viewer
            ) { Interruption.isRequested }
            return try run.perform(bindings)
        }
    }
}
