import CoinExVenue
import LiveSimulation
import MarketModel
import Quantities
import SimulatedBots
import StrategyKit
import TestSupport
import Testing

/// The pains of users of trading bots that a whole world is needed for, by the numbers of their rows; in both
/// generations of the interface.
@Suite(.ownThread) struct PainTests {
    /// A plan with these faults and no others, all of one strength.
    private func plan(
        _ api: CoinExAPI, _ kinds: [FaultKind], strength: Double = 1, seconds: Int64 = 60, seed: UInt64 = 11
    ) -> SimulationPlan {
        var plan = SimulationPlan(seed: seed, duration: .seconds(seconds))
        plan.api = api
        plan.faults = FaultSet(kinds)
        plan.crashes = []
        plan.skew = .zero
        plan.strengths = plan.strengths.map { _ in strength }
        return plan
    }

    private func survive(
        _ plan: SimulationPlan, _ strategies: [SimulatedStrategy]
    ) throws -> SimulationOutcome {
        let outcome = try SimulationOutcome(plan, strategies)
        #expect(outcome.violations == [], "\(outcome.lines.suffix(30).joined(separator: "\n"))")
        #expect(outcome.counts.orders > 0)
        return outcome
    }

    // MARK: - Orders that nobody hears of

    @Test(arguments: CoinExAPI.allCases)
    func `P3: orders without an answer are told, counted and freed, and quoting goes on`(api: CoinExAPI)
        throws
    {
        // More lists are asked for in the second generation before all is known: with half of them lost, none trades.
        let strength = api == .v1 ? 0.5 : 0.15
        let outcome = try survive(
            plan(api, [.replyLost, .requestLost, .pushLost], strength: strength, seconds: 120),
            [SimulatedBots.maker, SimulatedBots.grid, SimulatedBots.churn])
        #expect(outcome.counts.uncertain > 5, "hardly an order was uncertain: \(outcome.counts)")
    }

    @Test(arguments: CoinExAPI.allCases)
    func `B4: an order whose number at the venue nobody has told is found by its name`(api: CoinExAPI) throws
    {
        // Placements go unanswered, and most pushes are missing: questions are all there is.
        let plan = plan(api, [.replyLost, .pushLost], strength: 0.4, seconds: 120)
        let outcome = try survive(plan, [SimulatedBots.churn])
        #expect(outcome.counts.uncertain > 0, "no order was ever uncertain: \(outcome.counts)")
        #expect(outcome.counts.fills > 0)
    }

    @Test(arguments: UInt64(1)...3, CoinExAPI.allCases)
    func `B10 B11: a restart in the middle of partial fills books none again, and each to its strategy`(
        seed: UInt64, api: CoinExAPI
    ) throws {
        var plan = plan(api, [.crash, .pushLost, .forcedCancel], strength: 0.2, seed: seed)
        plan.crashes = [
            .init(entry: 500, moment: .afterWriting, pause: .seconds(2)),
            .init(entry: 250, moment: .tornWriting, pause: .seconds(1)),
            .init(entry: 350, moment: .betweenActions, pause: .seconds(4)),
        ]
        plan.calmTrading = .seconds(20)
        let outcome = try survive(plan, [SimulatedBots.heavyChurn, SimulatedBots.churn])
        #expect(outcome.counts.restarts >= 3)
        #expect(outcome.counts.fills > 10)
    }

    @Test(arguments: CoinExAPI.allCases)
    func `S5: orders that somebody else cancels are noticed, told by pushes or not`(api: CoinExAPI) throws {
        let outcome = try survive(
            plan(api, [.forcedCancel, .pushLost], strength: 0.3, seconds: 90),
            [SimulatedBots.grid, SimulatedBots.churn])
        #expect(outcome.faults[FaultKind.allCases.firstIndex(of: .forcedCancel) ?? 0] > 1)
    }

    // MARK: - The end

    @Test(
        arguments: [
            [FaultKind.replyLost, .pushLost], [.serverError, .slowReplies], [.requestLost, .requestLate],
            [.socketReset, .connectRefused, .halfOpen], [.rateLimited, .replyCut], [],
        ], CoinExAPI.allCases)
    func `P12: told to stop while all goes wrong it places nothing more, and says what may still stand`(
        kinds: [FaultKind], api: CoinExAPI
    ) throws {
        var placed = 0
        // Where a fifth of all pushes is lost no book lives for long enough to be traded on.
        let strength = kinds.contains(.pushLost) ? 0.03 : 0.2
        for seed in UInt64(1)...3 {
            var plan = plan(api, kinds, strength: strength, seconds: 120, seed: seed)
            plan.stopsAt = .seconds(45)
            let outcome = try SimulationOutcome(plan, [SimulatedBots.churn, SimulatedBots.maker])
            #expect(outcome.violations == [], "\(outcome.lines.suffix(30).joined(separator: "\n"))")
            placed += outcome.counts.placements
        }
        #expect(placed > 10, "they traded before")
    }

    @Test(arguments: [false, true], CoinExAPI.allCases)
    func `P15: once the switch is thrown nothing is placed, through faults and restarts`(
        dies: Bool, api: CoinExAPI
    ) throws {
        var plan = plan(api, [.replyLost, .pushLost, .crash], strength: 0.2)
        plan.haltsAt = .seconds(40)
        if dies {
            plan.crashes = (0..<3).map { _ in
                .init(entry: 400, moment: .beforeWriting, pause: .seconds(2))
            }
        }
        let outcome = try survive(plan, [SimulatedBots.churn, SimulatedBots.maker])
        #expect(outcome.counts.placements > 5, "it traded before")
        if dies { #expect(outcome.counts.restarts > 1) }
    }

    // MARK: - Numbers

    @Test(arguments: [false, true], CoinExAPI.allCases)
    func `P21: fees, in whatever asset, and profits explain the balances to the last unit`(
        atDiscount: Bool, api: CoinExAPI
    ) throws {
        var plan = plan(api, [.pushLost, .pushRepeated, .replyLost], strength: 0.2)
        plan.feesAtDiscount = atDiscount
        let outcome = try survive(plan, [SimulatedBots.heavyChurn, SimulatedBots.maker, SimulatedBots.taker])
        #expect(outcome.counts.fills > 20)
    }

    @Test(arguments: CoinExAPI.allCases)
    func `P22: no order is refused for its price, its quantity or what it costs`(api: CoinExAPI) throws {
        let outcome = try survive(
            plan(api, [], seconds: 120),
            [SimulatedBots.churn, SimulatedBots.maker, SimulatedBots.grid, SimulatedBots.taker])
        #expect(outcome.counts.orders > 100)
        #expect(outcome.counts.malformed == 0)
    }
}
