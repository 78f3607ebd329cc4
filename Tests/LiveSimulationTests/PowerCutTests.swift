import CoinExVenue
import LiveSimulation
import Quantities
import SimulatedBots
import TestSupport
import Testing

/// S4: the machine loses its power, and the newest rows of the tape with it; the venue has what they sent.
@Suite(.ownThread) struct PowerCutTests {
    /// A bot that places, replaces and cancels all the time, and is cut off in the middle of it.
    private func outcome(
        seed: UInt64, _ api: CoinExAPI, losing lost: Int, _ moment: SimulationPlan.Crash.Moment,
        _ strategies: [SimulatedStrategy] = [SimulatedBots.churn], again: Bool = false
    ) throws -> SimulationOutcome {
        var plan = SimulationPlan(seed: seed, duration: .seconds(25), without: .all)
        plan.api = api
        plan.faults = FaultSet([.crash])
        plan.skew = .zero
        plan.crashes = [.init(entry: 700, moment: moment, pause: .seconds(2), lost: lost)]
        // Once more before all that was lost has been looked through.
        if again { plan.crashes.append(.init(entry: 20, moment: moment, pause: .seconds(1), lost: lost)) }
        return try SimulationOutcome(plan, strategies)
    }

    @Test(
        arguments: [SimulationPlan.Crash.Moment.afterWriting, .betweenActions, .tornWriting],
        CoinExAPI.allCases)
    func `whatever part of the last rows is lost, no name is given twice and no order is lost or doubled`(
        moment: SimulationPlan.Crash.Moment, api: CoinExAPI
    ) throws {
        var orders = 0
        for lost in 0...40 {
            let outcome = try outcome(seed: 5, api, losing: lost, moment)
            #expect(outcome.violations == [], "\(lost) rows lost: \(outcome.lines.suffix(30))")
            #expect(outcome.counts.restarts == 2)
            orders += outcome.counts.orders
        }
        #expect(orders > 0)
    }

    @Test(arguments: UInt64(20)...27, CoinExAPI.allCases)
    func `nor when minutes of trading are lost, and power fails again at once`(seed: UInt64, api: CoinExAPI)
        throws
    {
        for lost in [150, 400, 690] {
            let outcome = try outcome(
                seed: seed, api, losing: lost, .afterWriting, SimulatedBots.crew(seed: seed), again: true)
            #expect(outcome.violations == [], "\(lost) rows lost: \(outcome.lines.suffix(30))")
            #expect(outcome.counts.restarts >= 2)
        }
    }
}
