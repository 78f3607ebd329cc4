import MarketModel
import Quantities
import Runtime
import Simulation
import StrategyKit
import TestSupport
import Testing
import TradingCore
import VenueKit

/// Engine and venue together, whatever the strategy does: at the end both have the same books.
struct ClosedLoopTests {
    private static func rules(_ random: inout SeededRandom) -> Loop.Rules {
        var rules = Loop.Rules()
        func milliseconds(_ most: Int) -> Int64 { Int64(random.below(most)) }
        rules.latency = Loop.latency(
            feed: milliseconds(30), order: milliseconds(60), response: milliseconds(60),
            jitter: random.chance(0.3) ? 0 : milliseconds(40))
        rules.queue = QueueModel.allCases[random.below(3)]
        rules.makerFee = FeeRate(raw: random.chance(0.5) ? -150_000_000 : 1_000_000_000)
        rules.takerFee = FeeRate(raw: 1_333_333_333)
        rules.limits.batchSize = random.chance(0.5) ? 1 : 20
        rules.limits.pacingMargin = rules.latency.arrivalSpread
        return rules
    }

    private static func synthetic(_ market: Market, seed: UInt64) throws -> SyntheticMarket {
        var configuration = SyntheticMarketConfiguration(
            market: market.id, startsAt: Loop.start, startPrice: Price(100), tick: market.rules.tick,
            lot: market.rules.lot, typicalQuantity: try Quantity("0.5"))
        configuration.spreadTicks = 4
        configuration.eventsPerSecond = 50
        configuration.annualVolatility = 1
        return try SyntheticMarket(configuration: configuration, seed: seed)
    }

    private typealias Session = SimulatedSession<Wanderer, NoObserver>

    /// What is wrong between the engine's books and the venue's after everything has ended.
    private func defects(_ session: borrowing Session, base: Int, quote: Int) -> [String] {
        var found: [String] = []
        func note(_ holds: Bool, _ text: String) {
            if !holds { found.append(text) }
        }
        let wanderer = session.engine.strategy
        let market = wanderer.market
        let venue = session.venue.balances
        for theirs in venue {
            let mine = session.engine.desk.balance(theirs.asset)
            note(mine.total == theirs.total, "total \(mine.total), the venue's \(theirs.total)")
            note(mine.frozen == theirs.frozen, "frozen \(mine.frozen), the venue's \(theirs.frozen)")
            note(theirs.frozen.isZero, "still frozen: \(theirs.frozen)")
        }
        note(venue[0].total == Amount(base) + wanderer.base, "base \(venue[0].total) against the fills")
        note(venue[1].total == Amount(quote) + wanderer.quote, "quote \(venue[1].total) against the fills")
        let position = session.engine.desk.position(market.id)
        note(Amount(position.quantity) == wanderer.base, "position \(position.quantity)")
        note(Amount(position.cashFlow - position.fees) == wanderer.quote, "cash \(position.cashFlow)")

        let living = session.engine.desk.openOrders().count
        note(living == 0, "\(living) living orders")
        let exposure = session.engine.floor.exposures[StrategyID(0), market.id]
        note(exposure.openBuy.isZero && exposure.openSell.isZero, "exposed by \(exposure)")
        note(exposure.orderCount == 0, "\(exposure.orderCount) orders are counted")
        note(session.engine.floor.exposures.reserved(market.base).isZero, "base is reserved")
        note(session.engine.floor.exposures.reserved(market.quote).isZero, "quote is reserved")

        note(Set(wanderer.endings.keys) == wanderer.placed, "orders without an end")
        note(wanderer.endings.values.allSatisfy { $0 == 1 }, "orders that ended twice")
        note(wanderer.fills.values.allSatisfy { $0 == 1 }, "fills that came twice")
        note(wanderer.fills.count == session.engine.floor.counters.fills, "fills that were not told")
        note(wanderer.filledByOrders == wanderer.filledByFills, "orders and fills count differently")
        note(session.venue.publicEvents.isEmpty, "public events that nobody was shown")
        for alert in session.engine.floor.alerts { note(false, "alert \(alert.kind)") }
        note(session.venue.rateViolations == 0, "\(session.venue.rateViolations) rate violations")
        return found
    }

    /// Orders that wait for nothing and yet do not go on.
    private func stuck(_ session: borrowing Session) -> [String] {
        let now = session.engine.desk.now
        let unwanted = session.engine.strategy.unwanted
        return session.engine.desk.openOrders().filter { order in
            switch order.state {
            case .active(.created), .active(.submitting), .active(.unknown):
                now - order.updatedAt > .seconds(5)
            case .active(.open): unwanted[order.id].map { now - $0 > .seconds(5) } ?? false
            case .closed: true
            }
        }.map { "\($0.id) is \($0.state) since \($0.updatedAt), replaces \($0.replaces)" }
    }

    /// What all walks together did, to know that they have been everywhere.
    private struct Tally {
        var fills = 0
        var endings: [String: Int] = [:]

        mutating func add(_ wanderer: Wanderer) {
            fills += wanderer.fills.count
            endings.merge(wanderer.kinds, uniquingKeysWith: +)
        }

        func check() {
            #expect(fills > 1_000)
            for closing in [
                "filled", "cancelled", "triggerFailed", "rejected(venue: no such order)",
                "rejected(venue: balance does not cover it)", "rejected(withdrawn before it was sent)",
            ] {
                #expect(endings[closing, default: 0] > 0, "\(closing) never happened")
            }
        }
    }

    @Test func `in a synthetic market both have the same books in the end`() throws {
        var tally = Tally()
        let first = FuzzSettings.seed(1)
        for seed in first..<first + UInt64(FuzzSettings.cases(20)) {
            var random = SeededRandom(seed: seed)
            let rules = Self.rules(&random)
            var session = try Loop.session(rules, base: 5, quote: 500, seed: seed) {
                Wanderer(market: $0)
            }
            let market = session.engine.strategy.market
            session.venue.add(try Self.synthetic(market, seed: seed), at: Loop.start)
            session.start(at: Loop.start)
            let end = Loop.start + .seconds(60)
            #expect(session.runMarkets(to: end) > 100)
            #expect(stuck(session) == [], "seed \(seed)")
            session.stop(at: end)
            #expect(defects(session, base: 5, quote: 500) == [], "seed \(seed)")
            tally.add(session.engine.strategy)
        }
        tally.check()
    }

    /// A stop that fires on a public trade makes public trades itself.
    @Test func `what a fired stop did to a synthetic market is shown before time goes on`() throws {
        var unseen = 0
        var ended = 0
        for seed in 1...5 as ClosedRange<UInt64> {
            var session = try Loop.session(Loop.Rules(), base: 5_000, quote: 500_000, seed: seed) {
                Wanderer(market: $0)
            }
            let market = session.engine.strategy.market
            session.venue.add(try Self.synthetic(market, seed: seed), at: Loop.start)
            session.start(at: Loop.start)
            for _ in 0..<1_000 {
                _ = session.runMarkets(to: session.venue.nextMarketStep)
                if !session.venue.publicEvents.isEmpty { unseen += 1 }
            }
            ended += session.engine.strategy.kinds["triggerFailed", default: 0]
            ended += session.engine.strategy.kinds["filled", default: 0]
        }
        #expect(unseen == 0)
        #expect(ended > 100)
    }

    @Test func `on a recording both have the same books in the end`() throws {
        var tally = Tally()
        let first = FuzzSettings.seed(1)
        for seed in first..<first + UInt64(FuzzSettings.cases(20)) {
            var random = SeededRandom(seed: seed)
            let rules = Self.rules(&random)
            var session = try Loop.session(rules, base: 5, quote: 500, seed: seed) {
                Wanderer(market: $0)
            }
            var tape = Tape(
                market: session.engine.strategy.market, hasBook: random.chance(0.5), from: Loop.start,
                seed: seed)
            session.start(at: Loop.start)
            for _ in 0..<2_500 {
                for event in tape.next() { session.feed(event) }
            }
            #expect(stuck(session) == [], "seed \(seed)")
            session.stop(at: tape.now)
            #expect(defects(session, base: 5, quote: 500) == [], "seed \(seed)")
            tally.add(session.engine.strategy)
        }
        tally.check()
    }
}
