import Configuration
import Journal
import MarketModel
import Quantities
import Runtime
import StrategyKit

/// A session on its tape, with the configuration that the tape carries: all that there is to explain it by.
package struct RecordedSession {
    package let path: String
    /// The name of the run.
    package let name: String
    package let parts: SessionParts
    private let bindings: [StrategyBinding]

    /// - Parameter bindings: the strategies that the program knows; those of the session are among them.
    package init(tape path: String, _ bindings: [StrategyBinding]) throws {
        guard let header = SessionTapeHeader(try TapeReader(path: path).metadata) else {
            throw TapeError.notATape(path: path)
        }
        let reading = try SessionConfiguration.read(
            text: header.configuration, name: "configuration of \(header.run)",
            strategies: bindings.map(\.description))
        self.path = path
        name = header.run
        parts = SessionParts(reading.configuration)
        self.bindings = bindings
    }

    /// Replays the session and tells what happened to its orders; the outcome says whether the replay decided as
    /// the session did.
    @discardableResult
    package func follow(_ tell: @escaping (OrderStep) -> Void) throws -> ReplayOutcome {
        try SessionReplay(parts, tape: path, witness: OrderChronicle(tell)).perform(bindings)
    }

    package func label(_ strategy: StrategyID) -> String {
        let strategies = parts.configuration.strategies
        let index = Int(strategy.index)
        return index < strategies.count ? strategies[index].label : "strategy \(index)"
    }
}
