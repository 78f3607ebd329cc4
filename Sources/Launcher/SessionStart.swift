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
        let configuration = parts.configuration
        guard configuration.data == .venue else {
            let run = try SessionRun(parts, console: console, viewer: viewer) { Interruption.isRequested }
            return try run.perform(bindings)
        }
        var environment = ProcessEnvironment()
        let credentials = try credentials(&environment)
        let terms = MarketTerms(configuration.connection, environment: environment.variables)
        let agreed = SessionParts(try terms.agree(configuration) { console.line($0) })
        while true {
            let run = try LiveRun(
                agreed, credentials: credentials, beginsAnew: beginsAnew, environment: environment.variables,
                console: console, viewer: viewer
            ) { Interruption.isRequested }
            let outcome = try run.perform(bindings)
            // A run that was cut short while it ended has come to its end now: the one that is wanted begins.
            guard run.isEnding, outcome.ending == .finished, !Interruption.isRequested else { return outcome }
        }
    }

    /// Simulated orders need no key.
    private func credentials(_ environment: inout ProcessEnvironment) throws(KeyFault) -> CoinExCredentials? {
        guard parts.configuration.mode == .live else { return nil }
        let search = KeySearch("coinex", file: parts.configuration.connection.keyFile)
        let key = try search.require(in: &environment)
        if let warning = key.source.warning { terminal.error(warning) }
        return CoinExCredentials(accessID: key.id, secret: key.secret)
    }
}
