import MarketModel
import Quantities
import Runtime
import Simulation
import StrategyKit
import Testing
import TradingCore
import VenueKit

/// A strategy that always wants more than the venue allows: never over the limit, and close to it.
struct PacingTests {
    /// Keeps two hundred orders waiting: immediate ones, far from the market, that end unfilled.
    private struct Flood: StrategyCallbacks {
        let market: Market
        /// Whether every accepted order is one that rests and is cancelled.
        var cancels = false

        mutating func onStart(_ desk: inout Desk) { top(&desk) }

        mutating func onOrder(_ order: OwnOrder, _ desk: inout Desk) {
            switch order.state {
            case .active(.open): if cancels { desk.cancel(order.id) }
            case .active(.created), .active(.submitting), .active(.unknown): break
            case .closed: top(&desk)
            }
        }

        private func top(_ desk: inout Desk) {
            for _ in desk.openOrders().count..<max(200, desk.openOrders().count) {
                desk.place(
                    .limit(
                        .buy, market.rules.minimumQuantity, at: Price(1), in: market.id,
                        cancels ? .goodTillCancelled : .immediateOrCancel))
            }
        }
    }

    private struct Outcome {
        var placements: Int
        var cancels: Int
        var violations: Int
        var alerts: Int
    }

    private func flood(
        _ latency: VenueLatency, margin: Interval = .zero, batchSize: Int = 1, cancels: Bool = false,
        seconds: Int
    ) throws -> Outcome {
        var rules = Loop.Rules()
        rules.limits.pacingMargin = margin
        rules.limits.batchSize = batchSize
        rules.latency = latency
        var session = try Loop.session(rules, base: 0, quote: 1_000, seed: 1) {
            Flood(market: $0, cancels: cancels)
        }
        session.start(at: Loop.start)
        session.catchUp(to: Loop.start + .seconds(Int64(seconds)))
        return Outcome(
            placements: session.engine.floor.counters.placements,
            cancels: session.engine.floor.counters.cancels,
            violations: session.venue.rateViolations, alerts: session.engine.floor.alerts.count)
    }

    @Test(arguments: [1, 100])
    func `constant demand uses the whole window and never violates it`(batchSize: Int) throws {
        let outcome = try flood(
            Loop.latency(feed: 5, order: 10, response: 10, jitter: 0), batchSize: batchSize, seconds: 60)
        // 60 in any two seconds: 30 windows in a minute.
        #expect(outcome.violations == 0)
        #expect(outcome.alerts == 0)
        #expect(outcome.placements >= 60 * 30 * 95 / 100)
        #expect(outcome.placements <= 60 * 31)
    }

    @Test func `cancels have a window of their own beside it`() throws {
        let outcome = try flood(
            Loop.latency(feed: 5, order: 10, response: 10, jitter: 0), cancels: true, seconds: 60)
        #expect(outcome.violations == 0)
        #expect(outcome.placements >= 60 * 30 * 95 / 100)
        #expect(outcome.cancels >= 60 * 30 * 95 / 100)
    }

    /// What left two seconds apart arrives closer together when the later one is faster.
    @Test func `on uneven ways full windows get too full`() throws {
        let outcome = try flood(
            Loop.latency(feed: 5, order: 10, response: 10, jitter: 20), seconds: 60)
        #expect(outcome.violations > 0)
    }

    @Test(arguments: [1, 100], [false, true])
    func `a margin of what the ways differ by keeps every window`(batchSize: Int, cancels: Bool) throws {
        let latency = Loop.latency(feed: 5, order: 10, response: 10, jitter: 20)
        #expect(latency.arrivalSpread == .milliseconds(40))
        let outcome = try flood(
            latency, margin: latency.arrivalSpread, batchSize: batchSize, cancels: cancels, seconds: 60)
        #expect(outcome.violations == 0)
        #expect(outcome.alerts == 0)
        #expect(outcome.placements >= 60 * 30 * 95 / 100)
    }
}
