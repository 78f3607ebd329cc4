import DcaStrategy
import MarketModel
import Quantities
import StrategyKit
import TestSupport
import Testing
import TradingCore
import VenueKit

/// Purchases at a venue that refuses, loses answers and fills in parts: every interval is bought once.
struct DcaFuzzTests {
    @Test func `no interval is bought twice, and none is lost where all are caught up`() throws {
        let cases = FuzzSettings.cases(40)
        let first = FuzzSettings.seed(1)
        var lost = 0
        for seed in first..<first + UInt64(cases) {
            let rehearsal = try Rehearsal(seed: seed)
            rehearsal.run()
            #expect(rehearsal.faults == [], "seed \(seed)")
            lost += rehearsal.venue.lostCount
            if !rehearsal.faults.isEmpty { return }
        }
        // A rehearsal in which nothing is lost proves nothing.
        #expect(lost > cases)
    }
}

/// One session at a faulty venue: 20 per interval of ten seconds, in a market that takes 5 at least.
private final class Rehearsal {
    var engine: Engine<Dca>
    var venue: FaultyVenue
    var random: SeededRandom
    var faults: [String] = []
    private let start = Instant(milliseconds: 86_400_000)
    private var now: Instant
    private var price = Price(100)
    private let market: Market
    private let catchesUp: Bool

    init(seed: UInt64) throws {
        random = SeededRandom(seed: seed)
        var table = MarketTable()
        let rules = MarketRules(
            tick: try Price("0.01"), lot: try Quantity("0.001"), minimumQuantity: try Quantity("0.01"),
            minimumNotional: Notional(5))
        market = table.add("OAKPINE", base: "OAK", quote: "PINE", rules: rules)
        catchesUp = random.below(2) == 0
        var parameters = Dca.Parameters()
        parameters.spend = Notional(20)
        parameters.interval = .seconds(10)
        parameters.missed = catchesUp ? .catchUp : .skip
        parameters.catchUpMax = 1_000
        parameters.patience = random.below(2) == 0 ? .zero : .seconds(3)
        parameters.slippage = 20
        parameters.refusalPause = .seconds(1)
        let desk = Desk(table: table, strategies: 1, seed: seed)
        let floor = TradingFloor(risk: [RiskRules(RiskLimits())], limits: .coinExV1, desk)
        engine = Engine(
            strategy: try Dca(parameters, StrategySetup(markets: [market])), desk: desk, floor: floor)
        venue = FaultyVenue(market, at: price, faults: 150, random.stream(1))
        now = start
        let money = Balance(
            asset: market.quote, total: Amount(1_000_000), frozen: .zero, venueTime: .distantPast)
        engine.feed(.balance(money), at: now)
        engine.start(at: now)
        look()
    }

    func run() {
        for _ in 0..<1_200 where faults.isEmpty { step() }
        venue.faults = 0
        for _ in 0..<840 where faults.isEmpty { step() }
        for _ in 0..<100 where venue.livingCount > 0 || !venue.letters.isEmpty { step() }
        guard faults.isEmpty else { return }
        if engine.desk.position(market.id).quantity != venue.position { fault("the books differ") }
        // What the last interval is owed may be on its way; what is left of the others is no order.
        let least = Notional(20 * (intervals - 1) - 5)
        if catchesUp, spent < least { fault("only \(spent) is spent in \(intervals) intervals") }
    }

    /// A tenth of a second, in which the market is heard of or not.
    private func step() {
        let ticks = random.below(21) - 10
        price = max(Price(20), price + market.rules.tick * ticks)
        venue.move(to: price, at: now)
        now = now + .milliseconds(100)
        while engine.nextDue <= now {
            engine.advance(to: engine.nextDue)
            look()
        }
        for fact in venue.takeLetters(at: now) {
            engine.feed(fact, at: now)
            look()
        }
        if random.below(300) == 0 {
            engine.feed(
                BookReset(
                    market: market.id, reason: .disconnected, sequence: 0, venueTime: now, receivedAt: now))
        } else if random.below(4) > 0 {
            let tick = market.rules.tick
            engine.feed(
                Quote(
                    market: market.id, bid: price - tick, bidSize: Quantity(1), ask: price + tick,
                    askSize: Quantity(1), sequence: 0, venueTime: now, receivedAt: now))
        }
        look()
    }

    private func fault(_ text: String) { faults.append("\(now): \(text)") }

    /// Intervals that have begun, the first one included.
    private var intervals: Int { Int((now - start).nanoseconds / 10_000_000_000) + 1 }

    private var spent: Notional { venue.turnover }

    private func look() {
        var commands: [Command] = []
        engine.drain { commands.append($0.command) }
        for command in commands { venue.take(command, at: engine.desk.now) }
        if venue.livingCount > 1 { fault("\(venue.livingCount) orders live") }
        if spent > Notional(20 * intervals) { fault("\(spent) is spent in \(intervals) intervals") }
    }
}
