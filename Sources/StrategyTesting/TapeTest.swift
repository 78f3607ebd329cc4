import Glibc
import MarketModel
import Quantities
import StrategyKit
import Testing

/// Tests a strategy with a tape: a text in which time runs down the rows, what happens stands on the left and
/// what the strategy should do about it on the right.
///
/// ```swift
/// @Test func `buys at the bid`() throws {
///     try TapeTest(Greedy.self).run(
///         """
///         time  | market                   | expected
///         0ms   | 100.00 x 1 / 100.10 x 2  | #1 buy 0.001 @ 100.00 maker-only
///         250ms | trade sell 5 @ 100.00    | #1 filled 0.001 @ 100.00
///         """)
/// }
/// ```
///
/// The strategy runs in the engine of real sessions, with risk and pacing, against the simulated venue. A
/// tape with a column `venue` plays the venue itself. The words are listed in `docs/testing-strategies.md`.
public struct TapeTest<S: Strategy> {
    private let setup: TapeSetup
    private let parameters: S.Parameters

    public init(
        _ strategy: S.Type, setup: TapeSetup = TapeSetup(),
        parameters change: (inout S.Parameters) throws -> Void = { _ in }
    ) rethrows {
        var parameters = S.Parameters()
        try change(&parameters)
        self.setup = setup
        self.parameters = parameters
    }

    /// Set in the environment, each report ends with the tape as it was played.
    static var scriptVariable: String { "MARTLET_TAPES" }

    /// Plays a tape and records an issue with a full report where something else happened than it expects.
    ///
    /// Throws `TapeError` when the tape itself has a mistake, and what the strategy throws when it is made.
    @discardableResult
    public func run(
        _ tape: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> TapeOutcome {
        let report = try report(on: tape, showsScript: getenv(Self.scriptVariable) != nil)
        if !report.isEmpty {
            Issue.record(Comment(rawValue: report.description), sourceLocation: sourceLocation)
        }
        return report.outcome
    }

    /// Plays a tape and says how it went, without recording an issue: for other test libraries.
    public func report(on tape: String) throws -> TapeReport { try report(on: tape, showsScript: false) }

    private func report(on tape: String, showsScript: Bool) throws -> TapeReport {
        let table = setup.table
        let text = try TapeText(tape, table)
        let log = TapeLog(table, tellsNews: !text.playsVenue)
        let strategy = Witness(try S(parameters, setup.strategySetup(table)), log)
        let stage: any TapeStage
        if text.playsVenue {
            let scripted = ScriptedStage(strategy, setup, table, log)
            scripted.start()
            stage = scripted
        } else {
            let simulated = SimulatedStage(strategy, setup, table, log)
            simulated.start()
            stage = simulated
        }
        var runner = TapeRunner(text, stage, log)
        try runner.run()
        return TapeReport(text, runner, TapeOutcome(stage, log), showsScript: showsScript)
    }
}
