import MarketModel
import Quantities
import StrategyKit
import TestSupport
import Testing
import TradingCore

@testable import TwapStrategy

/// What holds in every market and at every venue, however bad a day they have.
@Suite struct TwapPropertyTests {
    private static let parent = Quantity(raw: 4_000_000_000_000)

    private func parameters(_ seed: UInt64) -> Twap.Parameters {
        var parameters = Twap.Parameters()
        parameters.quantity = Self.parent
        parameters.duration = .minutes(10)
        parameters.slice = .seconds(60)
        parameters.side = seed.isMultiple(of: 2) ? .buy : .sell
        parameters.restShare = 0.5
        parameters.participation = 0
        return parameters
    }

    private func sum(_ parts: [(at: Instant, quantity: Quantity)], after start: Instant) -> Quantity {
        parts.reduce(.zero) { $1.at > start ? $0 + $1.quantity : $0 }
    }

    @Test func `never more than the parent order is filled and living, whatever is lost`() throws {
        let seed = FuzzSettings.seed(1)
        var filledSum = Quantity.zero
        for seed in seed..<seed + UInt64(FuzzSettings.cases(40)) {
            var parameters = parameters(seed)
            parameters.atEnd = seed.isMultiple(of: 3) ? .cross : .leave
            parameters.afterPause = seed.isMultiple(of: 5) ? .shift : .catchUp
            parameters.sliceMultiple = 10
            parameters.refusalPause = .milliseconds(500)
            let bazaar = try Bazaar(
                parameters, seed: seed, Bazaar.Weather(loss: 0.2, gaps: 0.01, refusal: 0.2))
            for _ in 0..<4_000 where !bazaar.isOver {
                try bazaar.pass()
                let truth = bazaar.truth
                guard truth.filled + truth.living > Self.parent else { continue }
                Issue.record("seed \(seed) at \(bazaar.now): \(truth)")
                return
            }
            filledSum += bazaar.truth.filled
        }
        #expect(filledSum > Quantity(raw: Self.parent.raw * 20))
    }

    @Test func `every order fits under the cap when it is sent`() throws {
        let seed = FuzzSettings.seed(100)
        var placements = 0
        for seed in seed..<seed + UInt64(FuzzSettings.cases(20)) {
            var parameters = parameters(seed)
            parameters.slice = .seconds(10)
            parameters.participation = 0.02
            parameters.participationWindow = .seconds(30)
            let bazaar = try Bazaar(parameters, seed: seed, Bazaar.Weather(loss: 0.05, refusal: 0.05))
            for _ in 0..<3_000 where !bazaar.isOver {
                let before = bazaar.placements.count
                try bazaar.pass()
                for placement in bazaar.placements[before...] {
                    let start = placement.at - parameters.participationWindow
                    let own = sum(bazaar.knownDeals, after: start) + placement.ticket.quantity
                    let cap = sum(bazaar.publicTrades, after: start).raw / 50
                    #expect(own.raw <= cap, "seed \(seed) at \(placement.at): \(own)")
                }
            }
            placements += bazaar.placements.count
        }
        #expect(placements > 400)
    }

    @Test func `what is done stays within one slice of the schedule`() throws {
        let seed = FuzzSettings.seed(200)
        for seed in seed..<seed + UInt64(FuzzSettings.cases(30)) {
            let parameters = parameters(seed)
            let bazaar = try Bazaar(parameters, seed: seed, Bazaar.Weather(loss: 0.05))
            for _ in 0..<4_000 where !bazaar.isOver {
                try bazaar.pass()
                let schedule = bazaar.engine.strategy.schedule
                let done = bazaar.knownFilled
                let even = schedule.evenShare
                let reached = Quantity(raw: even.raw * Int128(schedule.index))
                let isNear = done <= schedule.target && done >= reached - even
                guard !isNear else { continue }
                Issue.record("seed \(seed) at \(bazaar.now): \(done) in slice \(schedule.index)")
                return
            }
            #expect(bazaar.truth.filled + bazaar.market.rules.minimumQuantity > Self.parent, "seed \(seed)")
        }
    }

    @Test func `a seed gives the same orders every time`() throws {
        func chain() throws -> String {
            var parameters = parameters(7)
            parameters.jitter = 0.9
            let bazaar = try Bazaar(parameters, seed: 7, Bazaar.Weather(loss: 0.1, gaps: 0.01, refusal: 0.1))
            for _ in 0..<3_000 where !bazaar.isOver { try bazaar.pass() }
            return bazaar.engine.floor.chain.text
        }
        let first = try chain()
        #expect(try chain() == first)
    }
}
