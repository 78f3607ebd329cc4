import MarketModel
import Quantities
import StrategyKit
import TestSupport
import Testing
import TradingCore
import VenueKit

/// Many orders at once, whose facts are shuffled, repeated and lost, and then asked for.
struct ReconcilerFuzzTests {
    @Test func `shuffled, repeated and lost facts end in the same books after a backfill`() {
        let cases = FuzzSettings.cases(20_000) / 4_000
        let first = FuzzSettings.seed(1)
        for seed in first..<first + UInt64(max(1, cases)) {
            var random = SeededRandom(seed: seed)
            let plan = TradingPlan(rounds: 12, orders: 20, &random)
            var inOrder = Replay(plan, random)
            inOrder.play(isTidy: true)
            var shuffled = Replay(plan, random)
            shuffled.play(isTidy: false)
            #expect(inOrder.faults.first == nil, "seed \(seed), in order")
            #expect(shuffled.faults.first == nil, "seed \(seed), shuffled")
            #expect(inOrder.books == shuffled.books, "seed \(seed)")
            let isEachOnce = shuffled.deals == Array(1..<plan.firstFreeDeal)
            #expect(isEachOnce, "seed \(seed): every deal is delivered once")
            #expect(
                shuffled.stage.engine.desk.balances.map(\.total) == shuffled.venue.amounts, "seed \(seed)")
            #expect(shuffled.stage.placed.count == plan.orderCount, "seed \(seed): none is sent twice")
            #expect(shuffled.stage.engine.desk.orders.slots.count < 120, "slots are reused")
        }
    }
}

extension TradingPlan {
    fileprivate var firstFreeDeal: UInt64 {
        1 + UInt64(rounds.joined().reduce(0) { $0 + $1.parts.count })
    }
}

/// One run of a plan through an engine.
private struct Replay {
    let plan: TradingPlan
    var random: SeededRandom
    let stage = Stage.one()
    var venue: VenueBook
    var faults: [String] = []
    /// Deals that were delivered, sorted.
    var deals: [UInt64] = []
    /// Facts of earlier rounds, which may come again at any time.
    var stale: [VenueFact] = []

    init(_ plan: TradingPlan, _ random: SeededRandom) {
        self.plan = plan
        self.random = random
        venue = VenueBook(stage.engine.desk.balances.map(\.total))
    }

    /// What the engine holds when all is over; the last round's orders are not looked at one by one here.
    var books: Aftermath {
        stage.diary.heard = []
        return Aftermath(stage, [])
    }

    mutating func play(isTidy: Bool) {
        for round in plan.rounds { play(round, isTidy: isTidy) }
        deals.sort()
    }

    private mutating func play(_ round: [TradingPlan.Entry], isTidy: Bool) {
        stage.advance(.seconds(2))
        stage.quote("99.50", "100.50", 0)
        stage.quote("99.50", "100.50", 1)
        let truths = round.map { entry in
            let id = stage.place(entry.ticket)
            stage.advance(.milliseconds(100))
            return OrderTruth(
                order: id, ticket: entry.ticket, ending: entry.ending, parts: entry.parts,
                firstDeal: entry.firstDeal, isUncertain: entry.isUncertain, begin: stage.now)
        }
        let balances = balanceFacts(truths)
        let facts = truths.flatMap(\.facts) + balances
        var watches = truths.map(OrderWatch.init)
        for fact in isTidy ? facts : disturbed(facts) {
            stage.advance(.milliseconds(1))
            stage.feed(fact)
            if let index = truths.firstIndex(where: { $0.order == fact.order }) {
                watches[index].look(at: stage)
            }
        }
        if !isTidy { expectQuestions(truths) }
        let backfill = truths.flatMap(\.backfill)
        stage.feed(isTidy ? backfill : shuffled(backfill))
        stage.feed(Array(balances.suffix(4)))
        for index in watches.indices { watches[index].look(at: stage) }
        finish(truths, watches)
        stale += facts
    }

    /// The venue's word on the balances after every deal, in the order of the deals.
    private mutating func balanceFacts(_ truths: [OrderTruth]) -> [VenueFact] {
        let all = truths.flatMap { truth in truth.deals.map { (deal: $0, side: truth.ticket.side) } }
            .sorted { ($0.deal.venueTime, $0.deal.id) < ($1.deal.venueTime, $1.deal.id) }
        return all.flatMap { venue.book($0.deal, $0.side) }
    }

    /// Late news of earlier rounds among them, a third lost, a third repeated, all out of order.
    private mutating func disturbed(_ facts: [VenueFact]) -> [VenueFact] {
        var disturbed: [VenueFact] = []
        for fact in facts {
            if random.chance(0.3) { continue }
            disturbed.append(fact)
            while random.chance(0.3) { disturbed.append(fact) }
        }
        if !stale.isEmpty {
            for _ in 0..<20 { disturbed.append(stale[random.below(stale.count)]) }
        }
        return shuffled(disturbed)
    }

    private mutating func shuffled(_ facts: [VenueFact]) -> [VenueFact] { facts.shuffled(using: &random) }

    /// Lets time pass: whatever is not known for certain by then has been asked for.
    private mutating func expectQuestions(_ truths: [OrderTruth]) {
        stage.run(.seconds(6))
        let asked = stage.queried
        for truth in truths {
            guard let slot = stage.engine.desk.orders.slot(of: truth.order) else { continue }
            let quantity = stage.engine.desk.orders.slots[slot].quantity
            switch stage.engine.floor.evidence[slot].verdict(quantity: quantity) {
            case .silent: faults.append("\(truth.order) is still silent")
            case .unknown, .dealsMissing:
                if stage.engine.desk.orders.slots[slot].isActive, !asked.contains(truth.order) {
                    faults.append("\(truth.order) was never asked for")
                }
            case .open, .closed: break
            }
        }
    }

    private mutating func finish(_ truths: [OrderTruth], _ watches: [OrderWatch]) {
        for (truth, watch) in zip(truths, watches) {
            if let fault = watch.fault { faults.append("\(truth.order): \(fault)") }
            let last = stage.diary.orders.last { $0.id == truth.order }
            if last?.state != .closed(truth.closing) { faults.append("\(truth.order) did not end") }
        }
        if stage.livingCount != 0 || stage.openOrders() != 0 { faults.append("orders are left") }
        deals += stage.diary.fills.map(\.deal.raw)
        stage.diary.heard = []
    }
}
