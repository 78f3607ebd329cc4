import MarketModel
import Quantities
import StrategyKit
import Testing
import TradingCore
import VenueKit

struct PacerTests {
    private let buy = Money.limit(.buy, "0.1", at: "99")

    private func placeMany(_ count: Int, on stage: Stage<Probe>) -> [OrderID] {
        var ids: [OrderID] = []
        stage.wish { desk in
            for _ in 0..<count { ids.append(desk.place(buy) ?? .none) }
        }
        return ids
    }

    @Test func `what waits for room is released when its time has come, and not before`() {
        let stage = Stage.one(venue: Money.limits(place: 2))
        let ids = placeMany(5, on: stage)
        #expect(stage.placed == Array(ids[..<2]))
        #expect(stage.engine.nextDue == stage.now + .seconds(1))
        stage.advance(.milliseconds(999))
        #expect(stage.placed.count == 2)
        stage.advance(.milliseconds(1))
        #expect(stage.placed == Array(ids[..<4]))
        stage.advance(.seconds(1))
        #expect(stage.placed == ids)
    }

    @Test func `P11: cancels go before placements that waited longer`() {
        let stage = Stage.one(venue: Money.limits(place: 5, cancel: 5, total: 4))
        let id = stage.rest(buy)
        let waiting = placeMany(6, on: stage)
        #expect(stage.placed.count == 4, "the total is used up")
        stage.cancel(id)
        #expect(stage.cancelled == [])
        stage.advance(.seconds(1))
        let last = stage.commands.suffix(4)
        guard case .cancel(let cancellation) = last.first else {
            Issue.record("a cancel was expected, not \(String(describing: last.first))")
            return
        }
        #expect(cancellation.order == id)
        #expect(stage.placed.suffix(3) == waiting[3...])
    }

    @Test func `the reserve of the total is there for cancels only`() {
        let stage = Stage.one(venue: Money.limits(place: 50, cancel: 50, total: 6, reserve: 2))
        let ids = placeMany(10, on: stage)
        #expect(stage.placed.count == 4)
        for id in ids[..<3] { stage.feed(Money.accepted(id)) }
        stage.wish { desk in
            for id in ids[..<3] { desk.cancel(id) }
        }
        #expect(stage.cancelled == Array(ids[..<2]))
        stage.advance(.seconds(1))
        #expect(stage.cancelled == Array(ids[..<3]))
    }

    @Test func `an order that is cancelled before it was sent costs no request`() {
        let stage = Stage.one(venue: Money.limits(place: 1))
        let ids = placeMany(3, on: stage)
        stage.cancel(ids[1])
        #expect(stage.state(ids[1]) == .closed(.rejected(.withdrawn)))
        stage.run(.seconds(3))
        #expect(stage.placed == [ids[0], ids[2]])
        #expect(stage.cancelled == [])
        #expect(stage.counters.withdrawn == 1)
        #expect(stage.exposure().openBuy == Money.quantity("0.2"))
    }

    @Test func `a modification of an order that was not sent takes its place`() {
        let stage = Stage.one(venue: Money.limits(place: 1))
        let ids = placeMany(2, on: stage)
        var new: OrderID?
        stage.wish { new = $0.modify(ids[1], price: Price(98)) }
        #expect(stage.state(ids[1]) == .closed(.rejected(.withdrawn)))
        stage.run(.seconds(3))
        #expect(stage.placed == [ids[0], new])
        #expect(stage.modified == [])
    }

    @Test func `a chain of modifications costs one request, for the last of them`() {
        let stage = Stage.one(venue: Money.limits(place: 2))
        let id = stage.rest(buy)
        _ = placeMany(1, on: stage)
        var last = id
        for step in 1...20 {
            stage.wish { last = $0.modify(last, price: Price(99) - Money.price("0.01") * step) ?? .none }
        }
        stage.run(.seconds(3))
        #expect(stage.modified.count == 1)
        #expect(stage.modified.first?.order == id)
        #expect(stage.modified.first?.replacement.order == last)
        #expect(stage.modified.first?.replacement.ticket.price == Money.price("98.80"))
        #expect(stage.openOrders() == 3)
    }

    @Test func `a replacement whose order ended first is withdrawn`() {
        let stage = Stage.one(venue: Money.limits(place: 1))
        let id = stage.rest(buy)
        var new: OrderID?
        stage.wish { new = $0.modify(id, price: Price(98)) }
        #expect(stage.modified == [])
        stage.feed(Money.progress(id, .cancelled, "0"))
        #expect(stage.state(new ?? .none) == .closed(.rejected(.withdrawn)))
        stage.run(.seconds(5))
        #expect(stage.modified == [])
        #expect(stage.openOrders() == 0)
    }

    @Test func `limit orders of one market and one turn travel together, others alone`() {
        let stage = Stage.one(venue: Money.limits(place: 50, batch: 50, batchSize: 3))
        stage.quote("99.50", "100.50", 1)
        stage.wish { desk in
            for _ in 0..<4 { desk.place(Money.limit(.buy, "0.1", at: "99")) }
            desk.place(Money.limit(.buy, "0.1", at: "99", 1))
            desk.place(Money.limit(.buy, "0.1", at: "98", 1))
            desk.place(Money.market(.buy, "0.1", 1))
        }
        let groups = stage.sent.map(\.group)
        #expect(groups == [.batch, .batch, .batch, .place, .batch, .batch, .place])
        #expect(stage.sent.map(\.request) == [1, 1, 1, 2, 3, 3, 4])
        #expect(stage.engine.floor.pacer.used(.place, at: stage.now) == 7)
        #expect(stage.engine.floor.pacer.used(.batch, at: stage.now) == 2)
    }

    @Test func `a batch carries no more orders than the window of placements has room for`() {
        let stage = Stage.one(venue: Money.limits(place: 5, batch: 50, batchSize: 4))
        _ = placeMany(7, on: stage)
        #expect(stage.placed.count == 5)
        stage.run(.seconds(1))
        #expect(stage.placed.count == 7)
    }

    @Test(arguments: [RateGroup.place, .cancel, .query])
    func `a refusal for rate closes the window for its whole length`(group: RateGroup) {
        let stage = Stage.one(venue: Money.limits(place: 50, cancel: 50, window: .seconds(2)))
        let id = stage.rest(buy)
        let limited = RateLimited(group: group, order: .none, venueTime: stage.now)
        stage.feed(.rateLimited(limited))
        #expect(stage.alerts == [.rateLimited])
        let before = stage.sent.count
        switch group {
        case .place, .batch: stage.place(buy)
        case .cancel: stage.cancel(id)
        case .query: stage.feed(Money.unanswered(id))
        }
        stage.run(.milliseconds(1_999))
        #expect(stage.sent.count == before)
        stage.run(.milliseconds(1))
        #expect(stage.sent.count == before + 1)
        #expect(stage.sent.last?.group == group)
    }

    @Test func `orders keep apart for a quota of hours, and cancels never wait behind them`() {
        let stage = Stage.one()
        let resting = stage.rest(buy)
        let before = stage.placed.count
        let end = stage.now + .seconds(35)
        stage.feed(.orderPause(OrderPause(pause: .seconds(10), until: end, venueTime: stage.now)))
        let ids = placeMany(6, on: stage)
        #expect(stage.placed.count == before, "one has just gone")
        stage.cancel(resting)
        #expect(stage.cancelled == [resting])
        stage.feed(Money.unanswered(resting))
        #expect(stage.alerts == [])
        for count in 1...3 {
            stage.advance(.seconds(10) - .nanoseconds(1))
            #expect(stage.placed.count == before + count - 1)
            stage.advance(.nanoseconds(1))
            #expect(stage.placed.count == before + count)
        }
        // The pause ends by itself.
        stage.advance(.seconds(5))
        #expect(Array(stage.placed[before...]) == ids)
    }

    @Test func `a pause between orders can be lifted`() {
        let stage = Stage.one()
        stage.place(buy)
        let end = stage.now + .minutes(5)
        stage.feed(.orderPause(OrderPause(pause: .minutes(1), until: end, venueTime: stage.now)))
        let ids = placeMany(2, on: stage)
        #expect(stage.placed.count == 1)
        stage.feed(.orderPause(OrderPause(pause: .zero, until: end, venueTime: stage.now)))
        stage.advance(.zero)
        #expect(Array(stage.placed[1...]) == ids)
    }

    @Test func `a cancel that the venue refused for rate goes again`() {
        let stage = Stage.one()
        let id = stage.rest(buy)
        stage.cancel(id)
        stage.feed(.rateLimited(RateLimited(group: .cancel, order: id, venueTime: stage.now)))
        stage.run(.seconds(1))
        #expect(stage.cancelled == [id, id])
    }

    @Test func `an order that the venue refused for rate is over`() {
        let stage = Stage.one()
        let id = stage.place(buy)
        stage.feed(.rateLimited(RateLimited(group: .place, order: id, venueTime: stage.now)))
        #expect(stage.state(id) == .closed(.rejected(.venueRateLimited)))
        #expect(stage.openOrders() == 0)
    }

    @Test func `a question about an order that ended meanwhile is not asked`() {
        let stage = Stage.one(venue: Money.limits(query: 1))
        let ids = placeMany(3, on: stage)
        for id in ids { stage.feed(Money.unanswered(id)) }
        stage.advance(.zero)
        #expect(stage.queried.count == 1)
        stage.feed(Money.progress(ids[1], .cancelled, "0"))
        stage.run(.milliseconds(1_500))
        #expect(stage.queried == [ids[0], ids[2]])
    }
}
