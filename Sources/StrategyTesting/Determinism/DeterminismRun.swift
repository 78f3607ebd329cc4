import MarketModel
import Quantities
import StrategyKit
import TradingCore

/// One of the runs that are compared.
struct DeterminismRun {
    /// How a run differs from the first one, in ways that must not matter.
    enum Manner: CaseIterable {
        case first
        case again
        case smallSteps
        case inCompany

        var name: String {
            switch self {
            case .first: "first run"
            case .again: "the same again"
            case .smallSteps: "time in smaller steps"
            case .inCompany: "beside another strategy"
            }
        }
    }

    let entries: [TapeLog.Entry]
    let chain: DecisionChain
    let fills: Int

    init<S: Strategy>(
        _ manner: Manner, _ parameters: S.Parameters, _ type: S.Type, _ setup: TapeSetup,
        _ input: DeterminismInput
    ) throws {
        let table = setup.table
        let log = TapeLog(table, tellsNews: true)
        let witness = Witness(try S(parameters, setup.strategySetup(table)), log)
        switch manner {
        case .first, .again, .smallSteps:
            let stage = SimulatedStage(witness, setup, table, log)
            try Self.play(input, on: stage, table, inSmallSteps: manner == .smallSteps)
            chain = stage.chain
            fills = stage.fillCount
        case .inCompany:
            var ensemble = Ensemble(markets: table.markets.count)
            ensemble.add(witness, markets: table.markets.map(\.id))
            ensemble.add(Bystander(), markets: table.markets.map(\.id))
            let stage = SimulatedStage(ensemble, setup, table, log, strategies: 2)
            try Self.play(input, on: stage, table, inSmallSteps: false)
            chain = stage.chain
            fills = stage.fillCount
        }
        entries = log.take()
    }

    private static func play<S>(
        _ input: DeterminismInput, on stage: SimulatedStage<S>, _ table: MarketTable, inSmallSteps: Bool
    ) throws {
        let start = TapeClock.start
        switch input.kind {
        case .tape(let tape):
            let text = try TapeText(tape, table)
            stage.start()
            for row in text.rows {
                for repetition in 0..<row.times.count {
                    let now = TapeClock.instant(row.times[repetition])
                    let actions = row.marketActions[repetition % row.marketActions.count]
                    if inSmallSteps { stage.stroll(to: now) } else { stage.advance(to: now) }
                    for event in MarketAction.events(actions, at: now) { stage.feed(event) }
                    if actions.contains(.stop) { stage.stop(at: now) }
                }
            }
        case .events(let events):
            stage.start()
            for event in events {
                if inSmallSteps { stage.stroll(to: event.receivedAt) }
                stage.feed(event)
            }
            if let last = events.last { stage.stop(at: last.receivedAt) }
        case .synthetic(let crowd, let duration):
            stage.add(try crowd.market(table.markets[0]))
            stage.start()
            let step = inSmallSteps ? Interval.milliseconds(37) : duration
            var passed = Interval.zero
            while passed < duration {
                passed = min(passed + step, duration)
                stage.runMarkets(to: start + passed)
            }
            stage.stop(at: start + duration)
        }
    }
}

/// A strategy that does nothing.
private struct Bystander: StrategyCallbacks {}

extension SimulatedStage {
    /// Lets time pass in several steps instead of one.
    fileprivate func stroll(to end: Instant) {
        let now = look { desk in desk.now }
        for part in 1...3 where end > now {
            advance(to: now + Interval(nanoseconds: (end - now).nanoseconds / 3 * Int64(part)))
        }
        advance(to: end)
    }
}
