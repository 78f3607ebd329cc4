import MarketModel
import Quantities
import StrategyKit
import Testing
import TradingCore
import VenueKit

/// Risk sees what could be: every living order filled, whatever is known of it.
struct WorstCaseTests {
    private func limited(_ position: Int) -> RiskLimits {
        var limits = RiskLimits()
        limits.positionMax = Quantity(position)
        return limits
    }

    private func buy(_ quantity: String, _ price: String = "99") -> OrderTicket {
        Money.limit(.buy, quantity, at: price)
    }

    private func sell(_ quantity: String, _ price: String = "101") -> OrderTicket {
        Money.limit(.sell, quantity, at: price)
    }

    @Test func `open orders count as filled, the two sides apart`() {
        let stage = Stage.one(risk: limited(3))
        stage.rest(buy("2"))
        #expect(stage.refusal(stage.place(buy("1.001"))) == .positionLimit)
        #expect(stage.refusal(stage.place(sell("3"))) == nil)
        #expect(stage.refusal(stage.place(sell("0.05"))) == .positionLimit)
        #expect(stage.refusal(stage.place(buy("1"))) == nil)
        #expect(stage.exposure().openBuy == Quantity(3))
        #expect(stage.exposure().openSell == Quantity(3))
    }

    @Test func `an unknown order counts as filled until there is evidence`() {
        let stage = Stage.one(risk: limited(2))
        let id = stage.place(buy("2"))
        stage.feed(Money.unanswered(id))
        #expect(stage.refusal(stage.place(buy("0.06"))) == .positionLimit)
        stage.feed(Money.absent(id))
        #expect(stage.refusal(stage.place(buy("0.06"))) == nil)
    }

    @Test func `a fill moves from the open orders to the position`() {
        let stage = Stage.one(risk: limited(2))
        let id = stage.rest(buy("2"))
        stage.feed(Money.deal(1, id, "1.5", at: "99"))
        #expect(stage.exposure().openBuy == Money.quantity("0.5"))
        #expect(stage.refusal(stage.place(buy("0.06"))) == .positionLimit)
        #expect(stage.refusal(stage.place(sell("3.5"))) == nil)
        #expect(stage.refusal(stage.place(sell("0.05"))) == .positionLimit)
    }

    @Test func `money of open orders is spent, whatever they fill at`() {
        let stage = Stage.one()
        let id = stage.rest(buy("10000", "99"))
        #expect(stage.reserved(Money.usdt) == Amount(990_000))
        #expect(stage.refusal(stage.place(buy("102", "99"))) == .insufficientBalance)
        stage.feed(Money.deal(1, id, "5000.001", at: "98.37", fee: "1.234567890123"))
        #expect(stage.reserved(Money.usdt) == Money.amount("494999.901"))
        stage.feed(Money.progress(id, .cancelled, "5000.001"))
        #expect(stage.reserved(Money.usdt).isZero)
        #expect(stage.balance(Money.btc) == Money.amount("6000.001"))
        #expect(stage.balance(Money.usdt) == Money.amount("508148.667062109877"))
    }

    @Test func `a replaced order does not count beside its replacement`() {
        var limits = limited(2)
        limits.openOrdersMax = 1
        let stage = Stage.one(risk: limits)
        let id = stage.rest(buy("2"))
        var new: OrderID?
        stage.wish { new = $0.modify(id, price: Price(98)) }
        #expect(stage.modified.map(\.replacement.order) == [new])
        #expect(stage.refusal(new ?? .none) == nil)
    }

    @Test func `a replacement that is larger counts by what it adds`() {
        let stage = Stage.one(risk: limited(2))
        let id = stage.rest(buy("2"))
        var new: OrderID?
        stage.wish { new = $0.modify(id, quantity: Money.quantity("2.001")) }
        #expect(stage.refusal(new ?? .none) == .positionLimit)
        #expect(stage.state(id) == .active(.open), "the order itself stays")
    }

    @Test func `all the money may be replaced by all the money`() {
        let stage = Stage.one()
        let id = stage.rest(buy("10000", "100"))
        var new: OrderID?
        stage.wish { new = $0.modify(id, price: Money.price("99.99")) }
        #expect(stage.refusal(new ?? .none) == nil)
    }

    @Test func `own orders never meet, of whichever strategy they are`() {
        let stage = Stage.many([RiskLimits(), RiskLimits()])
        stage.rest(sell("1", "101"), as: 0)
        #expect(stage.refusal(stage.place(buy("1", "101"), as: 1)) == .selfMatch)
        #expect(stage.refusal(stage.place(buy("1", "100.99"), as: 1)) == nil)
        #expect(stage.refusal(stage.place(sell("1", "100.99"), as: 0)) == .selfMatch)
        #expect(stage.refusal(stage.place(Money.market(.buy, "1"), as: 1)) == .selfMatch)
        #expect(stage.refusal(stage.place(Money.market(.sell, "1"), as: 1)) == .selfMatch)
    }

    @Test func `orders of one turn do not meet each other either`() {
        let stage = Stage.one()
        stage.wish { desk in
            desk.place(buy("1", "100"))
            desk.place(sell("1", "100"))
        }
        let states = stage.diary.orders.map(\.state)
        #expect(states == [.closed(.rejected(.selfMatch))])
        #expect(stage.placed.count == 1)
    }

    @Test func `orders in other markets are no match`() {
        let stage = Stage.one()
        stage.quote("99.50", "100.50", 1)
        stage.rest(sell("1", "101"))
        #expect(stage.refusal(stage.place(Money.limit(.buy, "1", at: "101", 1))) == nil)
    }

    @Test func `an order replaces the own one that it would meet`() {
        let stage = Stage.one()
        let id = stage.rest(sell("1", "101"))
        var new: OrderID?
        stage.wish { new = $0.modify(id, price: Price(100)) }
        #expect(stage.refusal(new ?? .none) == nil)
    }
}
