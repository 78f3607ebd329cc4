import MarketModel
import Quantities
import StrategyKit
import Testing
import TradingCore
import VenueKit

/// The drawdown ladder: up at its limits, never down.
struct LadderTests {
    private static var limits: RiskLimits {
        var limits = RiskLimits()
        limits.ladder.warn = Notional(10)
        limits.ladder.reduceOnly = Notional(20)
        limits.ladder.halt = Notional(30)
        limits.ladder.flatten = Notional(40)
        return limits
    }

    /// A strategy that bought 10 at 100 when the market was there; each dollar down costs ten.
    private func long(_ limits: RiskLimits = limits) -> Stage<Probe> {
        let stage = Stage.one(risk: limits)
        let id = stage.rest(Money.limit(.buy, "10", at: "100"))
        stage.feed(Money.deal(1, id, "10", at: "100"))
        stage.quote("99.99", "100.01")
        return stage
    }

    private func move(_ stage: Stage<Probe>, to mid: String) {
        stage.advance(.milliseconds(100))
        let half = Money.price("0.01")
        let quote = Quote(
            market: MarketID(0), bid: Money.price(mid) - half, bidSize: Quantity(1),
            ask: Money.price(mid) + half, askSize: Quantity(1), sequence: 0, venueTime: stage.now,
            receivedAt: stage.now)
        stage.feed(.quote(quote))
    }

    @Test(arguments: [
        ("99.01", LadderStep.normal), ("99.00", .warned), ("98.01", .warned), ("98.00", .reduceOnly),
        ("97.01", .reduceOnly), ("97.00", .halted), ("96.01", .halted), ("96.00", .flattened),
    ])
    func `P15: each step is taken at its limit and not before`(mid: String, step: LadderStep) {
        let stage = long()
        move(stage, to: mid)
        #expect(stage.step() == step)
        #expect(stage.alerts == (step == .normal ? [] : [.ladder(step)]))
    }

    @Test func `P15: it never climbs down`() {
        let stage = long()
        for (mid, step) in [
            ("99", LadderStep.warned), ("110", .warned), ("107.9", .reduceOnly), ("120", .reduceOnly),
        ] {
            move(stage, to: mid)
            #expect(stage.step() == step)
        }
        #expect(stage.engine.floor.risk[0].ladder.peak == Notional(200))
        #expect(stage.engine.floor.risk[0].ladder.drawdownMax == Notional(21))
    }

    @Test func `drawdown is measured from the best profit, not from the start`() {
        let stage = long()
        move(stage, to: "105")
        move(stage, to: "103.01")
        #expect(stage.step() == .warned)
        move(stage, to: "103")
        #expect(stage.step() == .reduceOnly)
    }

    @Test func `reduce-only cancels, lets reduce and nothing else`() {
        let stage = long()
        let resting = stage.rest(Money.limit(.buy, "1", at: "90"))
        move(stage, to: "98")
        #expect(stage.cancelled == [resting])
        stage.feed(Money.progress(resting, .cancelled, "0"))
        #expect(stage.refusal(stage.place(Money.limit(.buy, "1", at: "90"))) == .reduceOnly)
        #expect(stage.refusal(stage.place(Money.limit(.sell, "10.001", at: "110"))) == .reduceOnly)
        let reducing = stage.rest(Money.limit(.sell, "10", at: "110"))
        #expect(stage.refusal(reducing) == nil)
        #expect(
            stage.refusal(stage.place(Money.limit(.sell, "0.1", at: "110"))) == .reduceOnly, "would turn over"
        )
        var new: OrderID?
        stage.wish { new = $0.modify(reducing, price: Price(109)) }
        #expect(stage.refusal(new ?? .none) == nil, "a reducing order may be moved")
    }

    @Test func `halted refuses everything, and what is asked for in the same event`() {
        let stage = Stage.one(risk: Self.limits) { heard, desk in
            if case .quote(let quote) = heard, quote.bid < Price(98) {
                desk.place(Money.limit(.sell, "1", at: "110"))
            }
        }
        let id = stage.rest(Money.limit(.buy, "10", at: "100"))
        stage.feed(Money.deal(1, id, "10", at: "100"))
        stage.quote("99.99", "100.01")
        move(stage, to: "97")
        #expect(stage.step() == .halted)
        #expect(stage.diary.states.last == .closed(.rejected(.halted)))
        #expect(stage.placed == [id])
        #expect(stage.openOrders() == 0)
        #expect(stage.exposure().openSell.isZero)
    }

    @Test func `the loss of a day halts, and a new day counts anew`() {
        var limits = RiskLimits()
        limits.ladder.dailyLoss = Notional(30)
        let stage = long(limits)
        move(stage, to: "97.01")
        #expect(stage.step() == .normal)
        stage.advance(.seconds(86_400))
        move(stage, to: "97.01")
        move(stage, to: "94.02")
        #expect(stage.step() == .normal, "29.90 since midnight")
        move(stage, to: "94.01")
        #expect(stage.step() == .halted)
    }

    @Test func `two strategies have two ladders`() {
        let stage = Stage.many([Self.limits, Self.limits])
        let id = stage.rest(Money.limit(.buy, "10", at: "100"), as: 1)
        stage.feed(Money.deal(1, id, "10", at: "100"))
        stage.advance(.milliseconds(100))
        stage.quote("96.99", "97.01")
        #expect(stage.step(0) == .normal)
        #expect(stage.step(1) == .halted)
        #expect(stage.refusal(stage.place(Money.limit(.buy, "1", at: "90"), as: 0)) == nil)
        #expect(stage.refusal(stage.place(Money.limit(.buy, "1", at: "90"), as: 1)) == .halted)
    }
}
