import MarketModel
import Quantities
import StrategyKit
import Testing
import TradingCore
import VenueKit

/// Every reason for which risk refuses, at its limit and one step over it.
///
/// The quote is 99.50 to 100.50; tick 0.01, lot 0.001, minimum 0.01 and 5 USDT.
struct RefusalTableTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let ticket: OrderTicket
        let limits: RiskLimits
        let refusal: Refusal?
        var testDescription: String { name }

        init(
            _ name: String, _ ticket: OrderTicket, _ refusal: Refusal?,
            _ change: (inout RiskLimits) -> Void = { _ in }
        ) {
            var limits = RiskLimits()
            change(&limits)
            self.name = name
            self.ticket = ticket
            self.limits = limits
            self.refusal = refusal
        }
    }

    private static func buy(_ quantity: String, _ price: String) -> OrderTicket {
        Money.limit(.buy, quantity, at: price)
    }

    private static func sell(_ quantity: String, _ price: String) -> OrderTicket {
        Money.limit(.sell, quantity, at: price)
    }

    private static func stop(_ price: String, _ trigger: String) -> OrderTicket {
        .stopLimit(.buy, Quantity(1), at: Money.price(price), when: Money.price(trigger), in: MarketID(0))
    }

    static let shape = [
        Row("on the tick", buy("1", "99.01"), nil),
        Row("off the tick", buy("1", "99.011"), .priceOffTick),
        Row("on the lot", buy("1.001", "99"), nil),
        Row("off the lot", buy("1.0001", "99"), .quantityOffLot),
        Row("no quantity", buy("0", "99"), .quantityNotPositive),
        Row("negative quantity", buy("-1", "99"), .quantityNotPositive),
        Row("no price", buy("1", "0"), .priceNotPositive),
        Row("negative price", buy("1", "-99"), .priceNotPositive),
        Row("a market order needs no price", Money.market(.buy, "1"), nil),
        Row("a stop without trigger", stop("99", "0"), .priceNotPositive),
        Row("a stop off the tick", stop("99", "99.001"), .priceOffTick),
        Row("a stop on the tick", stop("99", "99.01"), nil),
        Row("the smallest quantity", sell("0.01", "600"), nil),
        Row("below the smallest quantity", sell("0.009", "600"), .quantityBelowMinimum),
        Row("the smallest value", sell("0.05", "100"), nil),
        Row("below the smallest value", sell("0.049", "102"), .notionalBelowMinimum),
        Row("too large for any number", buy("900000000000000", "900000000000000"), .overflow),
    ]

    static let limits = [
        Row("quantity at its limit", buy("2", "99"), nil) { $0.orderQuantityMax = Quantity(2) },
        Row("quantity over its limit", buy("2.001", "99"), .orderQuantityLimit) {
            $0.orderQuantityMax = Quantity(2)
        },
        Row("value at its limit", buy("2", "99"), nil) { $0.orderNotionalMax = Notional(198) },
        Row("value over its limit", buy("2.001", "99"), .orderNotionalLimit) {
            $0.orderNotionalMax = Notional(198)
        },
        Row("a market order's value is at the other side", Money.market(.buy, "2"), .orderNotionalLimit) {
            $0.orderNotionalMax = Notional(200)
        },
        Row("bid at the end of the band", buy("1", "105"), nil) { $0.priceBand = Money.rate("0.05") },
        Row("bid beyond the band", buy("1", "105.01"), .priceBand) { $0.priceBand = Money.rate("0.05") },
        Row("ask at the end of the band", sell("1", "95"), nil) { $0.priceBand = Money.rate("0.05") },
        Row("ask beyond the band", sell("1", "94.99"), .priceBand) { $0.priceBand = Money.rate("0.05") },
        Row("far away but cheap", buy("1", "10"), nil) { $0.priceBand = Money.rate("0.05") },
        Row("long at the limit", buy("3", "99"), nil) { $0.positionMax = Quantity(3) },
        Row("long over the limit", buy("3.001", "99"), .positionLimit) { $0.positionMax = Quantity(3) },
        Row("short at the limit", sell("3", "101"), nil) { $0.positionMax = Quantity(3) },
        Row("short over the limit", sell("3.001", "101"), .positionLimit) { $0.positionMax = Quantity(3) },
        Row("all the money", buy("10000", "100"), nil),
        Row("more than the money", buy("10000.001", "100"), .insufficientBalance),
        Row("all the coins", sell("1000", "101"), nil),
        Row("more than the coins", sell("1000.001", "101"), .insufficientBalance),
        Row("a stop holds nothing", stop("1000000", "1000000"), nil),
        Row("no open orders allowed", buy("1", "99"), .openOrderLimit) { $0.openOrdersMax = 0 },
    ]

    private static func spend(_ sum: String, atMost quantity: String = "1") -> OrderTicket {
        .marketBuy(spending: Money.notional(sum), atMost: Money.quantity(quantity), in: MarketID(0))
    }

    private static func wrong(_ side: Side, _ kind: OrderKind) -> OrderTicket {
        OrderTicket(
            market: MarketID(0), side: side, kind: kind, price: Price(99), stopPrice: Price(98),
            quantity: Quantity(1), spend: Notional(99))
    }

    static let sums = [
        Row("a sum", spend("25"), nil),
        Row("the least sum", spend("5"), nil),
        Row("below the least sum", spend("4.99"), .notionalBelowMinimum),
        Row("a sum that buys more than any number", spend("25", atMost: "0"), .overflow),
        Row("less than nothing", spend("-25"), .notionalBelowMinimum),
        Row("a bound off the lot", spend("25", atMost: "0.2501"), .quantityOffLot),
        Row("a sell for a sum", wrong(.sell, .market), .sumOfOtherOrder),
        Row("a limit for a sum", wrong(.buy, .limit), .sumOfOtherOrder),
        Row("a stop for a sum", wrong(.buy, .stopMarket), .sumOfOtherOrder),
        Row("a sum at the value's limit", spend("200", atMost: "9"), nil) {
            $0.orderNotionalMax = Notional(200)
        },
        Row("a sum over the value's limit", spend("200.01"), .orderNotionalLimit) {
            $0.orderNotionalMax = Notional(200)
        },
        Row("the most of a sum at the quantity's limit", spend("25", atMost: "2"), nil) {
            $0.orderQuantityMax = Quantity(2)
        },
        Row("the most of a sum over it", spend("25", atMost: "2.001"), .orderQuantityLimit) {
            $0.orderQuantityMax = Quantity(2)
        },
        Row("the most of a sum at the position's limit", spend("25", atMost: "3"), nil) {
            $0.positionMax = Quantity(3)
        },
        Row("the most of a sum over the position's limit", spend("25", atMost: "3.001"), .positionLimit) {
            $0.positionMax = Quantity(3)
        },
        Row("all the money as a sum", spend("1000000", atMost: "9999"), nil),
        Row("more than the money as a sum", spend("1000000.000000000001"), .insufficientBalance),
    ]

    @Test(arguments: shape + limits + sums)
    func `P22: an order is refused for its reason and for no other`(row: Row) {
        let stage = Stage.one(risk: row.limits)
        let id = stage.place(row.ticket)
        #expect(stage.refusal(id) == row.refusal)
        #expect(stage.placed == (row.refusal == nil ? [id] : []))
        #expect(stage.counters.refusedByRisk == (row.refusal == nil ? 0 : 1))
        #expect(stage.openOrders() == (row.refusal == nil ? 1 : 0))
    }

    @Test func `open orders are counted up to their limit`() {
        var limits = RiskLimits()
        limits.openOrdersMax = 2
        let stage = Stage.one(risk: limits)
        let first = stage.rest(Self.buy("1", "99"))
        stage.rest(Self.buy("1", "98"))
        #expect(stage.refusal(stage.place(Self.buy("1", "97"))) == .openOrderLimit)
        stage.feed(Money.progress(first, .cancelled, "0"))
        #expect(stage.refusal(stage.place(Self.buy("1", "97"))) == nil)
    }

    @Test func `orders per window are counted up to their limit`() {
        var limits = RiskLimits()
        limits.orderRate = RateLimit(requests: 2, window: .seconds(1))
        let stage = Stage.one(risk: limits)
        #expect(stage.refusal(stage.place(Self.buy("1", "99"))) == nil)
        #expect(stage.refusal(stage.place(Self.buy("0", "99"))) == .quantityNotPositive, "costs nothing")
        #expect(stage.refusal(stage.place(Self.buy("1", "99"))) == nil)
        #expect(stage.refusal(stage.place(Self.buy("1", "99"))) == .orderRateLimit)
        stage.advance(.milliseconds(999))
        #expect(stage.refusal(stage.place(Self.buy("1", "99"))) == .orderRateLimit)
        stage.advance(.milliseconds(1))
        #expect(stage.refusal(stage.place(Self.buy("1", "99"))) == nil)
    }

    @Test func `a stale book is refused, but not to an order that reduces`() {
        let stage = Stage.one()
        let id = stage.rest(Self.buy("1", "99"))
        stage.feed(Money.deal(1, id, "1", at: "99"))
        stage.advance(.seconds(10))
        #expect(stage.refusal(stage.place(Self.buy("1", "99"))) == nil, "ten seconds are the budget")
        stage.advance(.nanoseconds(1))
        #expect(stage.refusal(stage.place(Self.buy("1", "99"))) == .staleBook)
        #expect(stage.refusal(stage.place(Self.sell("1.001", "101"))) == .staleBook)
        #expect(stage.refusal(stage.place(Self.sell("1", "101"))) == nil)
        #expect(stage.refusal(stage.place(Self.sell("0.1", "101"))) == .staleBook, "all of it is on sale")
    }

    @Test func `without the need for a quote a stale book is no reason`() {
        var limits = RiskLimits()
        limits.needsFreshQuote = false
        let stage = Stage.one(risk: limits)
        stage.advance(.seconds(60))
        #expect(stage.refusal(stage.place(Self.buy("1", "99"))) == nil)
    }

    @Test func `before the start nothing is sent, after the stop neither`() {
        let stage = Stage.one(started: false)
        #expect(stage.refusal(stage.place(Self.buy("1", "99"))) == .notReady)
        stage.engine.start(at: stage.now)
        #expect(stage.refusal(stage.place(Self.buy("1", "99"))) == nil)
        stage.engine.stop(at: stage.now)
        #expect(stage.refusal(stage.place(Self.buy("1", "99"))) == .strategyStopped)
        #expect(stage.placed.count == 1)
    }

    @Test func `too many refusals stop the strategy and cancel its orders`() {
        let stage = Stage.one()
        let id = stage.rest(Self.buy("1", "99"))
        for _ in 0..<100 { stage.place(Self.buy("0", "99")) }
        #expect(stage.statuses == [.running])
        stage.place(Self.buy("0", "99"))
        #expect(stage.statuses == [.stopped("too many refused orders")])
        #expect(stage.alerts == [.tooManyRefusals])
        #expect(stage.cancelled == [id])
    }

    @Test func `the venue's refusals count like our own`() {
        var limits = RiskLimits()
        limits.refusalRate = RateLimit(requests: 3, window: .seconds(1))
        let stage = Stage.one(risk: limits)
        let resting = stage.rest(Self.buy("1", "99"))
        for _ in 0..<4 { stage.feed(Money.refused(stage.place(Self.buy("1", "98")))) }
        #expect(stage.statuses == [.stopped("too many refused orders")])
        #expect(stage.cancelled == [resting])
        #expect(stage.counters.refusedByVenue == 4)
    }
}
