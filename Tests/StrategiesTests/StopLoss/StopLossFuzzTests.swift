import MarketModel
import Quantities
import StopLossStrategy
import StrategyKit
import TestSupport
import Testing
import TradingCore
import VenueKit

/// Entries in parts, refusals, lost answers, silence and gaps, at random: what must hold after every event.
struct StopLossFuzzTests {
    @Test func `nothing is unprotected untold, no more is sold than held, and in the end nothing is`() throws
    {
        let cases = FuzzSettings.cases(60)
        let first = FuzzSettings.seed(1)
        var fired = 0
        var lost = 0
        var told = 0
        for seed in first..<first + UInt64(cases) {
            let rehearsal = try Rehearsal(seed: seed)
            rehearsal.run()
            #expect(rehearsal.faults == [], "seed \(seed)")
            fired += rehearsal.venue.firedCount
            lost += rehearsal.venue.lostCount
            told += rehearsal.toldCount
            if !rehearsal.faults.isEmpty { return }
        }
        // A rehearsal in which nothing happens proves nothing.
        #expect(fired > cases / 4)
        #expect(lost > cases)
        #expect(told > cases)
    }
}

/// One session of the strategy at a faulty venue.
private final class Rehearsal {
    var engine: Engine<StopLoss>
    var venue: FaultyVenue
    var random: SeededRandom
    var now = Instant(milliseconds: 86_400_000)
    var faults: [String] = []
    var toldCount = 0
    /// The largest gap that was told and not taken back.
    private var told = Quantity.zero
    private var price = Price(100)
    private let market: Market
    private let isLong: Bool
    private let exitSide: Side

    init(seed: UInt64) throws {
        random = SeededRandom(seed: seed)
        var table = MarketTable()
        let rules = MarketRules(
            tick: try Price("0.01"), lot: try Quantity("0.01"), minimumQuantity: try Quantity("0.05"))
        market = table.add("OAKPINE", base: "OAK", quote: "PINE", rules: rules)
        var parameters = StopLoss.Parameters()
        parameters.side = random.below(2) == 0 ? .long : .short
        parameters.entryQuantity = Quantity(2)
        parameters.entry = random.below(3) == 0 ? .market : .limit
        parameters.stop = random.below(2) == 0 ? .percent : .trailing
        parameters.order = random.below(2) == 0 ? .market : .limit
        parameters.adjust = random.below(4) == 0 ? .renew : .modify
        parameters.takeProfit = random.below(2) == 0 ? 0 : 150
        parameters.gapNotice = .zero
        isLong = parameters.side == .long
        exitSide = isLong ? .sell : .buy
        let desk = Desk(table: table, strategies: 1, seed: seed)
        let floor = TradingFloor(risk: [RiskRules(RiskLimits())], limits: .coinExV1, desk)
        let strategy = try StopLoss(parameters, StrategySetup(markets: [market]))
        engine = Engine(strategy: strategy, desk: desk, floor: floor)
        venue = FaultyVenue(market, at: price, faults: 100, random.stream(1))
        // Sold short is what the account holds; bought is what it has money for.
        for (asset, amount) in [(market.base, isLong ? 0 : 1_000), (market.quote, 1_000_000)] {
            let balance = Balance(
                asset: asset, total: Amount(amount), frozen: .zero, venueTime: .distantPast)
            engine.feed(.balance(balance), at: now)
        }
        engine.start(at: now)
        look()
    }

    func run() {
        for _ in 0..<600 where faults.isEmpty { step(drift: 0) }
        // Then the market goes against the position, and the venue works well.
        venue.faults = 0
        for round in 0..<2_400 where faults.isEmpty {
            step(drift: isLong ? -3 : 3)
            if round > 300, venue.livingCount == 0, venue.letters.isEmpty, venue.position.isZero { break }
        }
        guard faults.isEmpty else { return }
        let least = market.rules.minimumQuantity
        if venue.position.magnitude >= least { fault("\(venue.position) is left") }
        if engine.desk.position(market.id).quantity != venue.position { fault("the books differ") }
        if venue.livingCount > 0 { fault("\(venue.livingCount) orders live on") }
    }

    /// A tenth of a second: the price moves, at times by a gap; at times nothing is heard of it.
    private func step(drift: Int) {
        let end = now + .milliseconds(100)
        let gap = random.below(100) == 0 ? random.below(301) - 150 : 0
        let ticks = random.below(21) - 10 + gap + (random.below(4) == 0 ? drift : 0)
        price = max(Price(20), price + market.rules.tick * ticks)
        venue.move(to: price, at: now)
        deliver(until: end)
        now = end
        switch random.below(200) {
        case 0:
            engine.feed(
                BookReset(
                    market: market.id, reason: .disconnected, sequence: 0, venueTime: now, receivedAt: now))
        case 1..<40: break
        default:
            engine.feed(
                Trade(
                    market: market.id, aggressor: .buy, id: DealID(1), price: price, quantity: Quantity(1),
                    venueTime: now, receivedAt: now))
            look()
            let tick = market.rules.tick
            engine.feed(
                Quote(
                    market: market.id, bid: price - tick, bidSize: Quantity(1), ask: price + tick,
                    askSize: Quantity(1), sequence: 0, venueTime: now, receivedAt: now))
        }
        look()
    }

    private func deliver(until end: Instant) {
        var next = now
        while next < end {
            next = min(end, next + .milliseconds(10))
            while engine.nextDue <= next {
                engine.advance(to: engine.nextDue)
                look()
            }
            for fact in venue.takeLetters(at: next) {
                engine.feed(fact, at: next)
                look()
            }
        }
    }

    private func fault(_ text: String) { faults.append("\(now): \(text)") }

    // MARK: What must hold

    private func look() {
        let time = engine.desk.now
        var commands: [Command] = []
        engine.drain { commands.append($0.command) }
        for command in commands { venue.take(command, at: time) }
        readNotices()
        let held = isLong ? venue.position : -venue.position
        if held.isNegative { fault("\(held) is held") }
        let most = venue.closing(exitSide)
        if most > max(.zero, held) { fault("\(most) may be sold of \(held)") }
        let exposed = exposed
        if exposed > told { fault("\(exposed) is unprotected, told are \(told)") }
    }

    /// What the desk shows to be held and not covered by an order that stands or is on its way.
    private var exposed: Quantity {
        let own = engine.desk.position(market.id).quantity
        var covered = Quantity.zero
        for order in engine.desk.openOrders(in: market.id) where order.side == exitSide {
            let rests = order.ticket.kind == .limit && order.ticket.duration == .goodTillCancelled
            switch order.state {
            case .active(.created), .active(.submitting), .active(.open):
                if !order.isCancelRequested, !rests { covered = max(covered, order.remaining) }
            case .active(.unknown), .closed: break
            }
        }
        return max(.zero, (isLong ? own : -own) - covered)
    }

    private func readNotices() {
        for notice in engine.desk.notices {
            let words = notice.text.split(separator: " ")
            if words.count > 1, words[1] == "unprotected:" {
                told = (try? Quantity(String(words[0]))) ?? .zero
                toldCount += 1
            } else if notice.text.hasPrefix("protected again") {
                told = .zero
            } else if notice.text.hasPrefix("flat") {
                // What the market does not take was told, and stays.
                told = market.rules.minimumQuantity
            }
        }
        engine.desk.notices.removeAll()
    }
}
