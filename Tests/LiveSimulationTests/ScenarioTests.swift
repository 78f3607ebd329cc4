import CoinExVenue
import LiveSimulation
import Quantities
import SimulatedBots
import TestSupport
import Testing

/// Single kinds of faults at their strongest: the pains that bots are known for, by their numbers.
@Suite(.ownThread) struct ScenarioTests {
    private func survive(
        _ kinds: [FaultKind], strength: Double, _ strategies: [SimulatedStrategy] = [SimulatedBots.churn],
        _ change: (inout SimulationPlan) -> Void = { _ in }
    ) throws -> SimulationOutcome {
        var plan = SimulationPlan(seed: 7, duration: .seconds(60))
        plan.faults = FaultSet(kinds)
        plan.crashes = []
        plan.skew = .zero
        plan.strengths = plan.strengths.map { _ in strength }
        change(&plan)
        plan.api = .v2
        try judge(plan, kinds, strategies)
        plan.api = .v1
        return try judge(plan, kinds, strategies)
    }

    @discardableResult
    private func judge(
        _ plan: SimulationPlan, _ kinds: [FaultKind], _ strategies: [SimulatedStrategy]
    ) throws -> SimulationOutcome {
        let outcome = try SimulationOutcome(plan, strategies)
        #expect(outcome.violations == [], "\(outcome.lines.suffix(30).joined(separator: "\n"))")
        for kind in kinds where kind != .clockOff {
            #expect(outcome.faults[FaultKind.allCases.firstIndex(of: kind) ?? 0] > 0, "\(kind) never struck")
        }
        #expect(outcome.counts.orders > 0)
        return outcome
    }

    @Test func `P1 B1: replies to placements are lost, and no order is placed twice or lost`() throws {
        _ = try survive([.replyLost], strength: 0.3)
    }

    @Test func `P2 B2 B13: servers answer 5xx, and no order is taken for gone`() throws {
        _ = try survive([.serverError], strength: 0.3)
    }

    @Test func `P4 B3: orders arrive up to fifty seconds late`() throws {
        _ = try survive([.requestLate], strength: 0.2)
    }

    @Test func `P5: pushes are missing while the socket looks healthy`() throws {
        _ = try survive([.pushLost], strength: 0.4)
    }

    @Test func `P6 B8: pushes are told twice, and no fill is booked twice`() throws {
        _ = try survive([.pushRepeated, .pushReordered], strength: 0.4)
    }

    @Test func `P7 B5 B6 B7 B9 B12 B14: a bot that is killed again and again loses nothing`() throws {
        let outcome = try survive([.crash], strength: 1) { plan in
            plan.crashes = [
                .init(entry: 3, moment: .beforeWriting, pause: .seconds(1)),
                .init(entry: 300, moment: .tornWriting, pause: .seconds(3)),
                .init(entry: 200, moment: .afterWriting, pause: .seconds(1)),
                .init(entry: 250, moment: .betweenActions, pause: .seconds(5)),
            ]
        }
        #expect(outcome.counts.restarts >= 4)
    }

    @Test func `P8: the books freeze while the venue answers pings`() throws {
        _ = try survive([.depthFrozen], strength: 1) { plan in
            plan.windows = plan.windows.map { _ in [.seconds(15)..<Interval.seconds(50)] }
        }
    }

    @Test func `P9: wrong checksums and stale books are not traded on`() throws {
        _ = try survive([.checksumWrong, .snapshotStale], strength: 0.05)
    }

    @Test func `P10: trades of a gap in the connection are told afterwards, each once and in order`() throws {
        // More is traded in a gap than a subscription begins with: the rest is asked for.
        let outcome = try survive([.socketReset, .halfOpen], strength: 0.1) { $0.eventsPerSecond = 60 }
        #expect(outcome.counts.trades > 500)
        #expect(outcome.counts.missedTrades == 0)
    }

    @Test func `P11: the venue says that we ask too often`() throws {
        _ = try survive([.rateLimited], strength: 0.2)
    }

    @Test func `P13: orders that were placed by hand are never touched`() throws {
        _ = try survive([.byHand], strength: 1)
    }

    @Test func `S3: sockets break, fall silent and are refused`() throws {
        _ = try survive([.socketReset, .halfOpen], strength: 0.05)
    }

    @Test(arguments: CoinExAPI.allCases)
    func `the connection is kept when an order ends at once with nothing, of which no push tells`(
        api: CoinExAPI
    ) throws {
        var plan = SimulationPlan(seed: 7, duration: .seconds(60), without: .all)
        plan.api = api
        let outcome = try SimulationOutcome(plan, [SimulatedBots.churn], linesMax: 100_000)
        #expect(outcome.violations == [])
        #expect(outcome.lines.contains { $0.contains("notice: connection") } == false)
    }

    @Test(arguments: [-120, -5, 5, 120])
    func `the clocks are apart by seconds or minutes`(seconds: Int) throws {
        _ = try survive([.clockOff], strength: 1) { $0.skew = .seconds(Int64(seconds)) }
    }
}
