import CoinExVenue
import LiveSimulation
import Quantities
import SimulatedBots
import TestSupport
import Testing

/// S8: a simulation that does not notice a mistake proves nothing.
@Suite(.ownThread) struct MutantTests {
    @Test(arguments: SimulatedMutant.allCases, CoinExAPI.allCases)
    func `S8: a bot that makes a mistake is caught`(mutant: SimulatedMutant, api: CoinExAPI) throws {
        for seed in UInt64(1)...24 {
            let plan = plan(mutant, api, seed: seed)
            if try !SimulationOutcome(plan, crew(mutant), mutant: mutant, linesMax: 0).isGood {
                // The same world without the mistake is a good one: what was caught is the mistake.
                let honest = try SimulationOutcome(plan, crew(mutant))
                #expect(honest.violations == [], "\(honest.lines.suffix(20).joined(separator: "\n"))")
                return
            }
        }
        Issue.record("\(mutant.rawValue) survives in \(api)")
    }

    private func plan(_ mutant: SimulatedMutant, _ api: CoinExAPI, seed: UInt64) -> SimulationPlan {
        var plan = SimulationPlan(seed: seed, duration: .seconds(90))
        plan.api = api
        plan.faults = FaultSet(mutant.provokedBy)
        if !mutant.provokedBy.contains(.crash) { plan.remove(.crash) }
        if mutant.provokedBy.contains(.crash), plan.crashes.isEmpty {
            plan.crashes = [.init(entry: 400, moment: .afterWriting, pause: .seconds(2))]
        }
        plan.skew = .zero
        // On slow ways orders are often filled while their cancel is under way.
        if mutant == .notFoundCloses { plan.latency = .milliseconds(400) ... .milliseconds(900) }
        plan.strengths = plan.strengths.map { max($0, 0.15) }
        return plan
    }

    private func crew(_ mutant: SimulatedMutant) -> [SimulatedStrategy] {
        switch mutant {
        case .repeatedDealsCount: [SimulatedBots.heavyChurn]
        case .outpaces: [Rush.strategy(RushNotes())]
        case .resendsOnTimeout, .timeoutIsRefusal, .failureIsEmpty, .serverErrorIsRefusal, .dealsTwice,
            .cancelCloses, .notFoundCloses, .neverAsks, .dropsLateDeals, .restartsFromNothing:
            [SimulatedBots.churn]
        }
    }

    @Test(arguments: CoinExAPI.allCases)
    func `the same bots without a mistake are not`(api: CoinExAPI) throws {
        for seed in UInt64(1)...2 {
            var plan = SimulationPlan(seed: seed, duration: .seconds(30), without: .all)
            plan.api = api
            let outcome = try SimulationOutcome(plan, [SimulatedBots.churn])
            #expect(outcome.violations == [])
            #expect(outcome.counts.fills > 0)
        }
    }
}

extension SimulatedMutant {
    /// What a bot has to meet for the mistake to matter.
    fileprivate var provokedBy: [FaultKind] {
        switch self {
        case .resendsOnTimeout, .timeoutIsRefusal: [.replyLost, .replyCut]
        case .failureIsEmpty, .serverErrorIsRefusal: [.serverError, .replyLost]
        case .dealsTwice, .cancelCloses, .notFoundCloses, .outpaces: []
        case .repeatedDealsCount: [.pushLost, .replyLost]
        case .dropsLateDeals: [.pushLost, .pushReordered]
        case .neverAsks: [.pushLost, .replyLost]
        case .restartsFromNothing: [.crash]
        }
    }
}
