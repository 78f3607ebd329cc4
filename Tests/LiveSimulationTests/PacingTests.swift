import LiveSimulation
import Quantities
import TestSupport
import Testing

/// I3: the venue's own windows are never exceeded, used as far as they go, and cancels do not wait behind orders.
@Suite(.ownThread) struct PacingTests {
    private static let seconds: Int64 = 60
    /// What the venue takes: 60 placements in any two seconds.
    private static let rate = 30.0

    private func plan(seed: UInt64) -> SimulationPlan {
        var plan = SimulationPlan(seed: seed, duration: .seconds(Self.seconds), without: .all)
        plan.latency = .milliseconds(5) ... .milliseconds(20)
        // As much as the slowest way takes longer than the quickest.
        plan.pacingMargin = .milliseconds(15)
        plan.calmTrading = .seconds(1)
        return plan
    }

    @Test(arguments: UInt64(1)...3)
    func `P11 I3: with more orders than the venue takes no window is exceeded, and 95 % of it is used`(
        seed: UInt64
    ) throws {
        let notes = RushNotes()
        let outcome = try SimulationOutcome(plan(seed: seed), [Rush.strategy(notes)])
        #expect(outcome.violations == [], "\(outcome.lines.suffix(20).joined(separator: "\n"))")
        #expect(outcome.counts.excesses == 0)
        // From the first order to the last, less the first window, which was empty.
        let first = try #require(notes.taken.first) + .seconds(2)
        let end = first + .seconds(Self.seconds - 10)
        let used = notes.taken.count { first <= $0 && $0 < end }
        #expect(Double(used) >= 0.95 * Self.rate * Double(Self.seconds - 10), "\(used) orders")
    }

    @Test func `P11: a cancel does not wait behind orders, however many do`() throws {
        let notes = RushNotes()
        let outcome = try SimulationOutcome(plan(seed: 4), [Rush.strategy(notes)])
        #expect(outcome.violations == [])
        #expect(notes.cancelWaits.count > 10)
        // There and back, and the news of the end after a tick of the venue; thirty orders wait for a second.
        let longest = try #require(notes.cancelWaits.max())
        #expect(longest <= .milliseconds(300), "\(longest)")
    }

    @Test func `P20: a bot that has placed ten thousand orders holds no more than after two thousand`() throws
    {
        var plan = plan(seed: 5)
        plan.duration = .seconds(400)
        let world = try SimulatedWorld(plan, [Rush.strategy(RushNotes())], linesMax: 0)
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
