import MarketModel
import Quantities
import StrategyKit
import Testing
import TradingCore
import VenueKit

/// Market buys that spend a sum: what the desk makes of the wish, what risk counts, and how the order ends.
///
/// The quote is 99.50 to 100.50; tick 0.01, lot 0.001, minimum 0.01 and 5 USDT.
struct SpendingTests {
    private func buy(_ sum: String, _ stage: Stage<Probe>) -> OrderID {
        var id: OrderID?
        stage.wish { id = $0.buy(spending: Money.notional(sum), in: MarketID(0)) }
        return id ?? .none
    }

    private func lastTicket(_ stage: Stage<Probe>) -> OrderTicket? {
        for command in stage.commands.reversed() {
            if case .place(let placement) = command { return placement.ticket }
        }
        return nil
    }

    @Test func `the desk counts what the sum buys at the ask and a margin, in whole lots`() throws {
        let stage = Stage.one()
        _ = buy("25", stage)
        let ticket = try #require(lastTicket(stage))
        // 25 * 1.05 / 100.50 = 0.26119…
        let most = Money.quantity("0.262")
        #expect(ticket == .marketBuy(spending: Notional(25), atMost: most, in: MarketID(0)))
        #expect(stage.exposure().openBuy == Money.quantity("0.262"))
        #expect(stage.reserved(Money.usdt) == Amount(25))
    }

    @Test func `without a price it is refused like any other order`() {
        var limits = RiskLimits()
        limits.needsFreshQuote = false
        let stage = Stage.one(risk: limits)
        var id: OrderID?
        stage.wish { id = $0.buy(spending: Notional(25), in: MarketID(1)) }
        #expect(stage.refusal(id ?? .none) == .staleBook)
        stage.wish { id = $0.buy(spending: Notional(raw: .max), in: MarketID(0)) }
        #expect(stage.refusal(id ?? .none) == .overflow)
        #expect(stage.placed.isEmpty && stage.counters.refusedByRisk == 2)
    }

    @Test func `a stale quote is as good for the bound as for the order`() {
        let stage = Stage.one()
        stage.advance(.seconds(11))
        #expect(stage.refusal(buy("25", stage)) == .staleBook)
    }

    @Test func `the least sum pays for the least quantity at the ask`() {
        let stage = Stage.one()
        stage.quote("999.50", "1000.50")
        #expect(stage.refusal(buy("10", stage)) == .notionalBelowMinimum)
        #expect(stage.refusal(buy("10.01", stage)) == nil)
    }

    @Test func `its end is the venue's word, whatever was bought`() {
        let cases: [(String, OrderProgress.Phase)] = [
            ("0.2", .filled), ("0.262", .filled), ("0.3", .cancelled),
        ]
        for (bought, ending) in cases {
            let stage = Stage.one()
            let id = buy("25", stage)
            stage.feed(Money.accepted(id))
            stage.feed(Money.deal(1, id, bought, at: "50"))
            #expect(stage.state(id) == .active(.open), "no quantity ends it")
            stage.feed(Money.progress(id, ending, bought))
            #expect(stage.state(id) == .closed(ending == .filled ? .filled : .cancelled))
            #expect(stage.filled(id) == Money.quantity(bought))
            #expect(stage.position().quantity == Money.quantity(bought))
            #expect(stage.exposure().openBuy.isZero && stage.reserved(Money.usdt).isZero)
            #expect(stage.openOrders() == 0 && stage.alerts.isEmpty)
        }
    }

    @Test func `an end that counts more than our deals is asked about before it is believed`() {
        let stage = Stage.one()
        let id = buy("25", stage)
        stage.feed(Money.progress(id, .filled, "0.248"))
        stage.feed(Money.deal(1, id, "0.1", at: "100.5"))
        #expect(stage.state(id) == .active(.open))
        stage.run(.seconds(1))
        #expect(stage.queried == [id])
        stage.feed(Money.deal(2, id, "0.148", at: "100.6"))
        #expect(stage.state(id) == .closed(.filled))
        #expect(stage.balance(Money.btc) == Money.amount("1000.248"))
    }

    @Test func `what is spent is no longer held, and dust is given back at the end`() {
        let stage = Stage.one()
        let id = buy("25", stage)
        stage.feed(Money.deal(1, id, "0.1", at: "100.5"))
        #expect(stage.reserved(Money.usdt) == Money.amount("14.95"))
        #expect(stage.exposure().openBuy == Money.quantity("0.162"))
        stage.feed(Money.deal(2, id, "0.148", at: "100.6"))
        #expect(stage.reserved(Money.usdt) == Money.amount("0.0612"))
        stage.feed(Money.progress(id, .filled, "0.248"))
        #expect(stage.reserved(Money.usdt).isZero && stage.exposure().openBuy.isZero)
        #expect(stage.balance(Money.usdt) == Money.amount("999975.0612"))
    }

    @Test func `more than was expected is bought and booked, and nothing is given back twice`() {
        let stage = Stage.one()
        let id = buy("25", stage)
        stage.feed(Money.deal(1, id, "0.4", at: "50"))
        stage.feed(Money.deal(2, id, "0.1", at: "50.2"))
        #expect(stage.exposure().openBuy.isZero && stage.reserved(Money.usdt).isZero)
        stage.feed(Money.progress(id, .filled, "0.5"))
        #expect(stage.exposure().openBuy.isZero && stage.reserved(Money.usdt).isZero)
        #expect(stage.position().quantity == Money.quantity("0.5"))
    }

    @Test func `two sums are not paid with the same money`() {
        let stage = Stage.one()
        #expect(stage.refusal(buy("600000", stage)) == nil)
        #expect(stage.refusal(buy("400000.01", stage)) == .insufficientBalance)
        #expect(stage.refusal(buy("400000", stage)) == nil)
        #expect(stage.refusal(stage.place(Money.limit(.buy, "0.06", at: "99"))) == .insufficientBalance)
    }

    @Test func `an unsent one that is replaced keeps its sum`() throws {
        let stage = Stage.one()
        var new: OrderID?
        stage.wish { desk in
            guard let id = desk.buy(spending: Notional(600_000), in: MarketID(0)) else { return }
            new = desk.modify(id, quantity: Quantity(9_000))
        }
        #expect(stage.placed == [new])
        #expect(try #require(lastTicket(stage)).spend == Notional(600_000))
        #expect(stage.reserved(Money.usdt) == Amount(600_000))
    }
}
