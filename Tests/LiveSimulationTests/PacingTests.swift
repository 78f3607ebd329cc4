import CoinExVenue
import LiveSimulation
import Quantities
import TestSupport
import Testing

/// I3: the venue's own windows are never exceeded, used as far as they go, and cancels do not wait behind orders.
@Suite(.ownThread) struct PacingTests {
    private static let seconds: Int64 = 60
    /// What the venue takes: 60 placements in any two seconds, in the second generation 30 in any one.
    private static let rate = 30.0

    private func plan(seed: UInt64, _ api: CoinExAPI) -> SimulationPlan {
        var plan = SimulationPlan(seed: seed, duration: .seconds(Self.seconds), without: .all)
        plan.api = api
        plan.latency = .milliseconds(5) ... .milliseconds(20)
        // As much as the slowest way takes longer than the quickest.
        plan.pacingMargin = .milliseconds(15)
        plan.calmTrading = .seconds(1)
        return plan
    }

    /// How orders end of which the venue tells without being asked.
    private func life(_ api: CoinExAPI) -> Rush.Life {
        switch api {
        case .v1: .immediate
        case .v2: .cancelled
        }
    }

    @Test(arguments: UInt64(1)...3, CoinExAPI.allCases)
    func `P11 I3: with more orders than the venue takes no window is exceeded, and 95 % of it is used`(
        seed: UInt64, api: CoinExAPI
    ) throws {
        let notes = RushNotes()
        let outcome = try SimulationOutcome(plan(seed: seed, api), [Rush.strategy(notes, life(api))])
        #expect(outcome.violations == [], "\(outcome.lines.suffix(20).joined(separator: "\n"))")
        #expect(outcome.counts.excesses == 0)
        // From the first order to the last, less the first window, which was empty.
        let first = try #require(notes.taken.first) + .seconds(2)
        let end = first + .seconds(Self.seconds - 10)
        let used = notes.taken.count { first <= $0 && $0 < end }
        #expect(Double(used) >= 0.95 * Self.rate * Double(Self.seconds - 10), "\(used) orders")
    }

    @Test
    func `I3: nor with more immediate orders than the venue can be asked about, whose ends it does not tell`()
        throws
    {
        let outcome = try SimulationOutcome(plan(seed: 6, .v2), [Rush.strategy(RushNotes(), .immediate)])
        #expect(outcome.violations == [], "\(outcome.lines.suffix(20).joined(separator: "\n"))")
        #expect(outcome.counts.excesses == 0)
        #expect(outcome.counts.orders > 100)
    }

    @Test(arguments: CoinExAPI.allCases)
    func `P11: a cancel does not wait behind orders, however many do`(api: CoinExAPI) throws {
        let notes = RushNotes()
        let outcome = try SimulationOutcome(plan(seed: 4, api), [Rush.strategy(notes, life(api))])
        #expect(outcome.violations == [])
        #expect(notes.cancelWaits.count > 10)
        // There and back, and the news of the end after a tick of the venue; thirty orders wait for a second.
        let longest = try #require(notes.cancelWaits.max())
        #expect(longest <= .milliseconds(300), "\(longest)")
    }

    @Test(arguments: CoinExAPI.allCases)
    func `P20: a bot that has placed ten thousand orders holds no more than after two thousand`(
        api: CoinExAPI
    ) throws {
        var plan = plan(seed: 5, api)
        plan.duration = .seconds(400)
        let world = try SimulatedWorld(plan, [Rush.strategy(RushNotes(), life(api))], linesMax: 0)
        world.run(to: .seconds(250))
        let early = try #require(world.holdings)
        world.run(to: .seconds(400))
        let late = try #require(world.holdings)
        #expect(world.violations == [])
        #expect(late.placed > 10_000)
        #expect(late.orders <= early.orders + 40, "\(early.orders) places of orders, then \(late.orders)")
        #expect(late.waiting <= 40)
        #expect(late.numbers <= 4_096 + 40, "\(late.numbers) numbers are remembered")
    }
}
