import MarketModel
import Quantities
import StrategyKit
import Testing
import TradingCore
import VenueKit

/// Faults of other trading systems that users have reported, each as the test that would have found it.
struct BugClassTests {
    private let buy = Money.limit(.buy, "1", at: "99")

    @Test func `B1: an unanswered order is asked for and never sent again`() {
        let stage = Stage.one()
        let id = stage.place(buy)
        stage.feed(Money.unanswered(id))
        stage.run(.seconds(600))
        #expect(stage.placed == [id])
        #expect(stage.state(id) == .active(.unknown))
        #expect(stage.queried.count > 3)
        #expect(stage.alerts == [.orderUncertain(id)])
        stage.feed(Money.progress(id, .open, "0"))
        #expect(stage.state(id) == .active(.open))
        #expect(stage.placed == [id])
    }

    @Test func `B1: silence alone makes an order unknown, not failed`() {
        let stage = Stage.one()
        let id = stage.place(buy)
        stage.run(.seconds(4))
        #expect(stage.state(id) == .active(.submitting))
        stage.run(.seconds(2))
        #expect(stage.state(id) == .active(.unknown))
        #expect(stage.queried == [id])
        #expect(stage.exposure().openBuy == Quantity(1), "it counts as if it stood")
        #expect(stage.reserved(Money.usdt) == Amount(99))
    }

    @Test func `B2: questions that get no answer go on, ever more slowly, and close nothing`() {
        let stage = Stage.one()
        let id = stage.place(buy)
        stage.feed(Money.unanswered(id))
        var asked: [Instant] = []
        stage.run(.seconds(3_600))
        for dispatch in stage.sent {
            if case .query = dispatch.command { asked.append(dispatch.at) }
        }
        let pauses = zip(asked, asked.dropFirst()).map { $1 - $0 }
        #expect(pauses.prefix(6).map(\.seconds) == [2, 4, 8, 10, 10, 10])
        #expect(pauses.dropFirst(6).allSatisfy { $0 == .seconds(10) })
        #expect(pauses.count > 50)
        #expect(stage.state(id) == .active(.unknown))
        #expect(stage.openOrders() == 1)
    }

    @Test func `B3: a fill that comes hours after the silence is booked`() {
        let stage = Stage.one()
        let id = stage.place(buy)
        stage.feed(Money.unanswered(id))
        stage.run(.seconds(7_200))
        stage.feed(Money.deal(7, id, "1", at: "99"))
        #expect(stage.state(id) == .closed(.filled))
        #expect(stage.position().quantity == Quantity(1))
        #expect(stage.diary.fills.map(\.deal) == [DealID(7)])
        #expect(stage.exposure().openBuy.isZero)
    }

    @Test func `B6: a deal that is told again is not booked again, while the order lives and after`() {
        let stage = Stage.one()
        let id = stage.rest(buy)
        let half = Money.deal(7, id, "0.5", at: "99", fee: "0.05")
        stage.feed([half, half, half])
        #expect(stage.position().quantity == Money.quantity("0.5"))
        #expect(stage.filled(id) == Money.quantity("0.5"))
        stage.feed(Money.progress(id, .cancelled, "0.5"))
        stage.feed([half, half])
        #expect(stage.position().quantity == Money.quantity("0.5"))
        #expect(stage.position().fees == Money.notional("0.05"))
        #expect(stage.balance(Money.usdt) == Money.amount("999950.45"))
        #expect(stage.diary.fills.count == 1)
        #expect(stage.alerts == [])
    }

    @Test func `B8: the venue's count makes no fill; the deals behind it do, once`() {
        let stage = Stage.one()
        let id = stage.rest(buy)
        stage.feed(Money.progress(id, .filled, "1"))
        #expect(stage.state(id) == .active(.open), "not over before its deals are held")
        #expect(stage.position().quantity.isZero)
        #expect(stage.diary.fills == [])
        stage.run(.seconds(1))
        #expect(stage.queried == [id])
        #expect(stage.alerts == [.dealsMissing(id)])
        stage.feed([Money.deal(7, id, "0.5", at: "99"), Money.deal(8, id, "0.5", at: "99")])
        stage.feed([Money.deal(8, id, "0.5", at: "99"), Money.progress(id, .filled, "1")])
        #expect(stage.state(id) == .closed(.filled))
        #expect(stage.position().quantity == Quantity(1))
        #expect(stage.diary.fills.count == 2)
    }

    @Test func `B11: fills go to the strategy that placed the order, and to no other`() {
        let stage = Stage.many([RiskLimits(), RiskLimits()])
        let first = stage.rest(buy, as: 0)
        let second = stage.rest(buy, as: 1)
        stage.feed(Money.deal(7, second, "0.4", at: "99"))
        stage.feed(Money.deal(8, first, "0.1", at: "99"))
        #expect(stage.position(0).quantity == Money.quantity("0.1"))
        #expect(stage.position(1).quantity == Money.quantity("0.4"))
        #expect(stage.diaries[0].fills.map(\.deal) == [DealID(8)])
        #expect(stage.diaries[1].fills.map(\.deal) == [DealID(7)])
        #expect(stage.diaries[0].orders.allSatisfy { $0.strategy == StrategyID(0) })
    }

    @Test func `B12: an order that was cancelled after a part leaves that part and no more`() {
        let stage = Stage.one()
        let id = stage.rest(buy)
        stage.feed(Money.progress(id, .cancelled, "0.3"))
        #expect(stage.state(id) == .active(.open))
        stage.feed(Money.deal(7, id, "0.3", at: "99"))
        #expect(stage.state(id) == .closed(.cancelled))
        #expect(stage.position().quantity == Money.quantity("0.3"))
        #expect(stage.exposure().openBuy.isZero)
        #expect(stage.reserved(Money.usdt).isZero)
    }

    @Test func `B13: a query without an answer is no answer`() {
        let stage = Stage.one()
        let id = stage.rest(buy)
        stage.feed(Money.unanswered(id))
        stage.run(.seconds(60))
        #expect(stage.state(id) == .active(.open))
        #expect(stage.queried.count > 1, "and so it is asked again")
        stage.feed(Money.progress(id, .open, "0"))
        let count = stage.queried.count
        stage.run(.seconds(600))
        #expect(stage.queried.count == count, "until it is answered")
    }

    @Test func `an order that the venue never saw is over by the proof of that alone`() {
        let stage = Stage.one()
        let id = stage.place(buy)
        stage.feed(Money.unanswered(id))
        stage.feed(Money.absent(id))
        #expect(stage.state(id) == .closed(.rejected(.neverSent)))
        #expect(stage.exposure().openBuy.isZero)
    }

    @Test func `an open order that the venue has forgotten ended unfilled`() {
        let stage = Stage.one()
        let id = stage.rest(buy)
        stage.feed(Money.absent(id))
        #expect(stage.state(id) == .closed(.cancelled))
    }

    @Test func `an order with fills is not over because a query did not find it`() {
        let stage = Stage.one()
        let id = stage.rest(buy)
        stage.feed(Money.deal(7, id, "0.3", at: "99"))
        stage.feed(Money.absent(id))
        #expect(stage.state(id) == .active(.open))
    }

    @Test func `B3: an order that stood and is absent has ended unfilled, whichever is heard first`() {
        // It was carried out late and cancelled, the venue has forgotten it, and the push of its birth comes at last.
        let facts: [(OrderID) -> VenueFact] = [
            { Money.unanswered($0) }, { Money.progress($0, .open, "0") }, { Money.absent($0) },
        ]
        permute(facts) { facts in
            let stage = Stage.one()
            let id = stage.place(buy)
            for fact in facts { stage.feed(fact(id)) }
            #expect(stage.openOrders() == 0)
            #expect(!stage.alerts.contains(.contradiction(id)))
        }
        // That it was filled is another matter.
        for late in [{ Money.progress($0, .cancelled, "0.2") }, { Money.deal(7, $0, "0.2", at: "99") }] {
            let stage = Stage.one()
            let id = stage.place(buy)
            stage.feed([Money.unanswered(id), Money.absent(id), late(id)])
            #expect(stage.alerts.last == .contradiction(id))
        }
    }

    @Test func `news that contradict an end are an alarm, repetitions are not`() {
        let stage = Stage.one()
        let refused = stage.place(buy)
        stage.feed([Money.refused(refused), Money.progress(refused, .open, "0")])
        #expect(stage.alerts.last == .contradiction(refused))
        let filled = stage.rest(buy)
        stage.feed([Money.deal(7, filled, "1", at: "99"), Money.progress(filled, .filled, "1")])
        let count = stage.alerts.count
        stage.feed([Money.accepted(filled), Money.progress(filled, .open, "0.2")])
        #expect(stage.alerts.count == count)
        stage.feed(Money.progress(filled, .filled, "1.2"))
        #expect(stage.alerts.last == .contradiction(filled))
        #expect(stage.position().quantity == Quantity(1))
    }

    @Test func `a deal beyond the order's quantity is booked and breaks nothing`() {
        let stage = Stage.one()
        let id = stage.rest(Money.limit(.buy, "1", at: "99"))
        let quantity = Money.quantity("900000000000000000")
        stage.feed(
            .deal(
                Deal(
                    id: DealID(7), market: MarketID(0), order: id, liquidity: .maker, price: Price(99),
                    quantity: quantity, notional: Money.notional("900000000000000000"), fee: .zero,
                    feeAsset: AssetID(Money.usdt), venueTime: stage.now + .seconds(1))))
        #expect(stage.state(id) == .closed(.filled))
        #expect(stage.exposure().openBuy.isZero)
        #expect(stage.reserved(Money.usdt).isZero)
        stage.advance(.seconds(1))
        stage.quote("900000000.00", "900000001.00")
        #expect(stage.alerts.contains(.overflow))
        #expect(stage.step() == .halted, "a profit that cannot be counted halts")
    }
}
