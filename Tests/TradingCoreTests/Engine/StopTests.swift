import MarketModel
import Quantities
import StrategyKit
import Testing
import TradingCore
import VenueKit

/// Strategies that fail, stop, or ask too much; and the others beside them.
struct StopTests {
    private struct Fault: Error {}

    private let buy = Money.limit(.buy, "1", at: "99")

    @Test func `a strategy that throws is stopped and its orders are cancelled, the others go on`() {
        let stage = Stage.many([RiskLimits(), RiskLimits()])
        let first = stage.rest(buy, as: 0)
        let second = stage.rest(buy, as: 1)
        stage.wish(as: 0) { _ in throw StrategyError("no idea") }
        #expect(stage.statuses == [.failed("no idea"), .running])
        #expect(stage.alerts == [.strategyFailed])
        #expect(stage.cancelled == [first])
        let heard = stage.diaries[0].heard.count
        stage.quote("99.40", "100.40")
        #expect(stage.diaries[0].heard.count == heard)
        #expect(stage.diaries[1].heard.last == .quote(Money.quote("99.40", "100.40", at: stage.now)))
        #expect(stage.state(second) == .active(.open))
        #expect(stage.refusal(stage.place(buy, as: 1)) == nil)
    }

    @Test func `what a strategy asked for before it threw is refused and counts nowhere`() {
        let stage = Stage.many([RiskLimits(), RiskLimits()])
        var ids: [OrderID?] = []
        stage.wish(as: 0) { desk in
            ids = desk.place([buy, buy])
            throw Fault()
        }
        #expect(stage.placed == [])
        #expect(
            ids.map { $0.flatMap(stage.state) }
                == Array(repeating: .closed(.rejected(.strategyStopped)), count: 2))
        #expect(stage.openOrders(0) == 0)
        #expect(stage.exposure(0).orderCount == 0)
        #expect(stage.exposure(0).openBuy.isZero)
        #expect(stage.reserved(Money.usdt).isZero)
        #expect(stage.counters.withdrawn == 0)
    }

    @Test func `orders after the refusal that stopped their strategy are refused and count nowhere`() {
        var limits = RiskLimits()
        limits.refusalRate = RateLimit(requests: 2, window: .seconds(1))
        let stage = Stage.many([limits, RiskLimits()])
        let resting = stage.rest(buy, as: 0)
        var ids: [OrderID?] = []
        stage.wish(as: 0) { desk in
            let empty = Money.limit(.buy, "0", at: "99")
            ids = desk.place([empty, empty, empty, buy, buy])
        }
        #expect(stage.statuses[0] == .stopped("too many refused orders"))
        #expect(ids.compactMap { $0.flatMap(stage.state) }.allSatisfy { !$0.isActive })
        #expect(stage.engine.floor.closed.entry(ids[4] ?? .none)?.closing == .rejected(.strategyStopped))
        #expect(stage.openOrders(0) == 1)
        #expect(stage.exposure(0).openBuy == Quantity(1))
        #expect(stage.cancelled == [resting])
        stage.feed(Money.progress(resting, .cancelled, "0"))
        #expect(stage.openOrders(0) == 0)
        #expect(stage.reserved(Money.usdt).isZero)
    }

    @Test func `a strategy may stop itself, and says why`() {
        let stage = Stage.one()
        let id = stage.rest(buy)
        stage.wish { $0.stop(because: "target reached") }
        #expect(stage.statuses == [.stopped("target reached")])
        #expect(stage.cancelled == [id])
        #expect(stage.alerts == [])
    }

    @Test func `a strategy whose work is done finishes, and says what came of it`() {
        let stage = Stage.one()
        let id = stage.rest(buy)
        stage.wish { $0.finish("bought enough") }
        #expect(stage.statuses == [.finished("bought enough")])
        #expect(stage.cancelled == [id])
        #expect(stage.alerts == [])
        #expect(!stage.isOver)
        stage.feed(Money.progress(id, .cancelled, "0"))
        #expect(stage.isOver)
    }

    @Test func `when every strategy has ended and no order lives, nothing more is decided`() {
        var limits = RiskLimits()
        limits.ladder.flatten = Money.notional("100")
        let stage = Stage.one(risk: limits)
        let id = stage.rest(Money.limit(.buy, "10", at: "100"))
        stage.feed(Money.deal(1, id, "10", at: "100"))
        stage.wish { $0.finish("bought enough") }
        let count = stage.sent.count
        stage.quote("50", "50.50")
        stage.run(.seconds(60))
        #expect(stage.sent.count == count)
    }

    @Test func `fills of a stopped strategy are still booked`() {
        let stage = Stage.one()
        let id = stage.rest(buy)
        stage.wish { $0.stop(because: "enough") }
        stage.feed(Money.deal(1, id, "1", at: "99"))
        #expect(stage.position().quantity == Quantity(1))
        #expect(stage.state(id) == .closed(.filled))
    }

    @Test func `ten thousand orders at once are bounded, counted and told, and harm nobody`() {
        let greedy: @Sendable (Heard, inout Desk) -> Void = { heard, desk in
            guard case .quote = heard else { return }
            for _ in 0..<10_000 { desk.place(Money.limit(.buy, "0.1", at: "90")) }
        }
        let modest: @Sendable (Heard, inout Desk) -> Void = { heard, desk in
            if case .quote = heard { desk.place(Money.limit(.buy, "0.1", at: "91")) }
        }
        var limits = RiskLimits()
        limits.refusalRate = RateLimit(requests: 10_000, window: .seconds(1))
        let stage = Stage.many([limits, RiskLimits()], reactions: [greedy, modest])
        #expect(stage.openOrders(0) == 200, "as many as may be open")
        #expect(stage.openOrders(1) == 1)
        #expect(stage.counters.refusedByRisk == 1_024 - 200)
        #expect(stage.counters.requestsDropped == 10_000 - 1_024)
        #expect(stage.alerts == [.requestsDropped(10_000 - 1_024)])
        #expect(stage.engine.floor.alerts.map(\.strategy) == [StrategyID(0)])
        #expect(stage.statuses == [.running, .running])
    }

    @Test func `a strategy that never comes to rest is stopped`() {
        let restless: @Sendable (Heard, inout Desk) -> Void = { heard, desk in
            guard case .order(let order) = heard, !order.isActive else { return }
            if let id = desk.place(Money.limit(.buy, "0.1", at: "90")) { desk.cancel(id) }
        }
        let stage = Stage.many([RiskLimits(), RiskLimits()], reactions: [restless])
        let second = stage.rest(buy, as: 1)
        stage.wish(as: 0) { desk in
            if let id = desk.place(Money.limit(.buy, "0.1", at: "90")) { desk.cancel(id) }
        }
        #expect(stage.statuses == [.failed("requests without end in one turn"), .running])
        #expect(stage.openOrders(0) == 0)
        #expect(stage.state(second) == .active(.open))
        #expect(stage.placed == [second])
    }

    @Test func `the session's end is told, then own orders are cancelled and new ones refused`() {
        let stage = Stage.many([RiskLimits(), RiskLimits()])
        let ids = [stage.rest(buy, as: 0), stage.rest(buy, as: 1)]
        stage.engine.stop(at: stage.now)
        stage.collect()
        #expect(stage.cancelled == ids)
        #expect(stage.diaries.allSatisfy { $0.heard.contains(.stop) })
        #expect(stage.refusal(stage.place(buy, as: 1)) == .strategyStopped)
        stage.feed(Money.progress(ids[0], .cancelled, "0"))
        #expect(stage.state(ids[0]) == .closed(.cancelled))
    }

    @Test func `orders placed in onStop are refused, cancels in it are carried out`() {
        let ids = Diary()
        let stage = Stage.one { heard, desk in
            if case .stop = heard {
                desk.place(Money.limit(.buy, "1", at: "98"))
                desk.cancelAll()
            }
            ids.heard.append(heard)
        }
        let id = stage.rest(buy)
        stage.engine.stop(at: stage.now)
        stage.collect()
        #expect(stage.placed == [id])
        #expect(stage.cancelled == [id])
        #expect(stage.diary.states.last == .closed(.rejected(.strategyStopped)))
    }

    private var stop: OrderTicket {
        .stopMarket(.sell, Money.quantity("1"), when: Money.price("90"), in: MarketID(0))
    }

    @Test func `a stop order that was left at the venue outlives its session, others do not`() {
        let stage = Stage.many([RiskLimits(), RiskLimits()])
        let limit = stage.rest(buy, as: 0)
        let kept = stage.rest(stop, as: 0)
        let other = stage.rest(stop, as: 1)
        stage.wish(as: 0) { desk in
            desk.leaveAtVenue(kept)
            // Nothing but a stop order can outlive a session, and nobody's but one's own.
            desk.leaveAtVenue(limit)
            desk.leaveAtVenue(other)
        }
        stage.engine.stop(at: stage.now)
        stage.collect()
        #expect(stage.cancelled == [limit, other])
        #expect(stage.state(kept) == .active(.open))
    }

    @Test func `it outlives its strategy too, and what replaces it does, but not the ladder's end`() {
        var limits = RiskLimits()
        limits.ladder.flatten = Money.notional("5")
        let stage = Stage.one(risk: limits)
        stage.feed(Money.deal(1, stage.rest(buy), "1", at: "99"))
        let first = stage.rest(stop)
        var second: OrderID?
        stage.wish { desk in
            desk.leaveAtVenue(first)
            second = desk.modify(first, stopPrice: Money.price("91"))
        }
        let kept = second ?? .none
        #expect(stage.modified.map(\.replacement.ticket.stopPrice) == [Money.price("91")])
        #expect(stage.modified.map(\.replacement.ticket.quantity) == [Money.quantity("1")])
        stage.feed(.accepted(OrderAccepted(order: kept, venueOrder: VenueOrderID(9), venueTime: stage.now)))
        stage.feed(Money.progress(first, .cancelled, "0"))
        stage.wish { _ in throw Fault() }
        #expect(stage.cancelled == [])
        #expect(stage.state(kept) == .active(.open))
        stage.advance(.seconds(1))
        stage.quote("80", "81")
        #expect(stage.step() == .flattened)
        #expect(stage.cancelled == [kept])
    }
}
