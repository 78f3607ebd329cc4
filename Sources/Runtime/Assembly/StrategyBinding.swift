import MarketModel
import Quantities
import StrategyKit

/// A strategy type that the program knows: how it is described, made and run.
///
/// The closures are made where the type is concrete, so that a strategy that runs alone gets an engine
/// compiled for it. Several strategies share an `Ensemble`.
public struct StrategyBinding: Sendable {
    public let description: StrategyDescription
    @usableFromInline
    package let make: @Sendable ([ParameterSetting], StrategySetup) throws -> any StrategyCallbacks
    @usableFromInline
    let runAlone: @Sendable (SessionRun, [ParameterSetting], StrategySetup) throws -> RunOutcome
    @usableFromInline
    let liveAlone: @Sendable (LiveRun, [ParameterSetting], StrategySetup) throws -> RunOutcome
    @usableFromInline
    let replayAlone: @Sendable (SessionReplay, [ParameterSetting], StrategySetup) throws -> ReplayOutcome
    @usableFromInline
    let tryAlone: @Sendable (TrialRun, [ParameterSetting], StrategySetup) throws -> TrialOutcome?

    @inlinable
    public init<S: Strategy>(_ type: S.Type) {
        description = StrategyDescription(type)
        make = { settings, setup in try S(S.Parameters(applying: settings), setup) }
        runAlone = { run, settings, setup in
            try run.perform(S(S.Parameters(applying: settings), setup))
        }
        liveAlone = { run, settings, setup in
            try run.perform(S(S.Parameters(applying: settings), setup))
        }
        replayAlone = { replay, settings, setup in
            try replay.perform(S(S.Parameters(applying: settings), setup))
        }
        tryAlone = { trial, settings, setup in
            try trial.perform(S(S.Parameters(applying: settings), setup))
        }
    }
}
