import MarketModel
import Quantities
import StrategyKit
import Testing
import TradingCore
import VenueKit

/// Cancels and modifications whose effect is not known: the order is asked for, a cancel is repeated.
struct DoubtTests {
    private let buy = Money.limit(.buy, "1", at: "99")

    @Test func `a cancel that nothing follows is asked for, and sent again while the order stands`() {
        let stage = Stage.one()
        let id = stage.rest(buy)
        stage.run(.seconds(30))
        stage.cancel(id)
        #expect(stage.cancelled == [id])
        stage.run(.seconds(4))
        #expect(stage.queried == [])
        stage.run(.seconds(2))
        #expect(stage.queried == [id])
        #expect(stage.cancelled == [id])
        stage.feed(Money.progress(id, .open, "0"))
        #expect(stage.cancelled == [id, id])
        stage.feed(Money.progress(id, .cancelled, "0"))
        #expect(stage.state(id) == .closed(.cancelled))
        let count = stage.sent.count
        stage.run(.seconds(600))
        #expect(stage.sent.count == count)
    }

    @Test func `a cancel that went unanswered is asked for at once`() {
        let stage = Stage.one()
        let id = stage.rest(buy)
        stage.run(.seconds(30))
        stage.cancel(id)
        stage.feed(Money.unanswered(id))
        stage.run(.seconds(1))
        #expect(stage.queried == [id])
        #expect(stage.state(id) == .active(.open))
    }

    @Test func `a cancel answered with not found leads to a question, not to an end`() {
        let stage = Stage.one()
        let id = stage.rest(buy)
        stage.cancel(id)
        stage.feed(Money.actionRefused(id, .venueOrderNotFound))
        #expect(stage.state(id) == .active(.open))
        stage.run(.seconds(1))
        #expect(stage.queried == [id])
        stage.feed([Money.progress(id, .filled, "1"), Money.deal(7, id, "1", at: "99")])
        #expect(stage.state(id) == .closed(.filled))
    }

    @Test func `a cancel that is refused for another reason may be asked for again`() {
        let stage = Stage.one()
        let id = stage.rest(buy)
        stage.cancel(id)
        stage.feed(Money.actionRefused(id, .venueOther))
        stage.cancel(id)
        #expect(stage.cancelled == [id, id])
    }

    @Test func `a cancel for safety is repeated although the venue refused it`() {
        let stage = Stage.one()
        let id = stage.rest(buy)
        stage.wish { $0.stop(because: "enough") }
        #expect(stage.cancelled == [id])
        stage.feed(Money.actionRefused(id, .venueOther))
        stage.run(.seconds(1))
        #expect(stage.queried == [id])
        stage.feed(Money.progress(id, .open, "0"))
        #expect(stage.cancelled == [id, id])
    }

    @Test func `an order whose modification nothing follows is asked for`() {
        let stage = Stage.one()
        let old = stage.rest(buy)
        stage.run(.seconds(30))
        stage.quote("99.50", "100.50")
        var new: OrderID?
        stage.wish { new = $0.modify(old, price: Price(98)) }
        #expect(stage.modified.map(\.order) == [old])
        stage.feed(Money.accepted(new ?? .none))
        stage.run(.seconds(6))
        #expect(stage.queried == [old])
        stage.feed(Money.progress(old, .cancelled, "0"))
        #expect(stage.state(old) == .closed(.cancelled))
        #expect(stage.openOrders() == 1)
    }

    @Test(arguments: [OrderDuration.immediateOrCancel, .fillOrKill])
    func `an order that should have ended by itself is asked for until it has`(duration: OrderDuration) {
        let stage = Stage.one()
        var ticket = buy
        ticket.duration = duration
        let id = stage.place(ticket)
        stage.feed(Money.accepted(id))
        stage.run(.seconds(4))
        #expect(stage.queried == [])
        stage.run(.seconds(2))
        #expect(stage.queried == [id])
        stage.feed(Money.progress(id, .open, "0"))
        stage.run(.seconds(6))
        #expect(stage.queried == [id, id])
        stage.feed(Money.progress(id, .cancelled, "0"))
        #expect(stage.state(id) == .closed(.cancelled))
        stage.run(.seconds(600))
        #expect(stage.queried == [id, id])
    }

    @Test func `what is due is never in the past, whatever arrives while a question is open`() {
        let stage = Stage.one()
        let id = stage.rest(buy)
        stage.feed(Money.unanswered(id))
        stage.run(.seconds(1))
        #expect(stage.queried == [id])
        stage.feed(Money.deal(7, id, "0.1", at: "99"))
        #expect(stage.engine.nextDue >= stage.now)
        stage.run(.seconds(2))
        #expect(stage.queried == [id, id])
    }

    @Test func `a cancel waits for the venue to know the order`() {
        let stage = Stage.one()
        let id = stage.place(buy)
        stage.cancel(id)
        #expect(stage.cancelled == [])
        stage.feed(Money.accepted(id))
        #expect(stage.cancelled == [id])
    }

    @Test func `a modification waits for the venue to know the order, and ends with it`() {
        let stage = Stage.one()
        let taken = stage.place(buy)
        var new: OrderID?
        stage.wish { new = $0.modify(taken, price: Price(98)) }
        #expect(stage.modified == [])
        stage.feed(Money.accepted(taken))
        #expect(stage.modified.map(\.replacement.order) == [new])

        let refused = stage.place(Money.limit(.buy, "1", at: "97"))
        stage.wish { new = $0.modify(refused, price: Price(96)) }
        stage.feed(Money.refused(refused))
        #expect(stage.state(new ?? .none) == .closed(.rejected(.withdrawn)))
        #expect(stage.openOrders() == 2, "the first order and its replacement")
    }

    @Test func `modifications that wait do not pile up`() {
        let stage = Stage.one()
        let id = stage.place(buy)
        var last = id
        for step in 1...500 {
            stage.wish { last = $0.modify(last, price: Money.price("0.01") * (9_000 + step)) ?? .none }
        }
        #expect(stage.engine.floor.waitingModifications.count == 1)
        stage.feed(Money.accepted(id))
        #expect(stage.modified.map(\.replacement.order) == [last])
        #expect(stage.openOrders() == 2)
    }
}
