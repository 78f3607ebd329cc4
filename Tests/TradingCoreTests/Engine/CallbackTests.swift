import MarketModel
import Quantities
import StrategyKit
import Testing
import TradingCore
import VenueKit

/// Every callback is called once with its event, alone and in an ensemble.
struct CallbackTests {
    private let now = Money.start + .seconds(1)

    private func trade(_ market: Int = 0) -> Trade {
        Trade(
            market: MarketID(market), aggressor: .buy, id: DealID(1), price: Price(100),
            quantity: Quantity(1), venueTime: now, receivedAt: now)
    }

    private func level(_ side: Side, _ price: String, last: Bool, market: Int = 0) -> MarketEvent {
        .level(
            LevelChange(
                market: MarketID(market), side: side, isLast: last, price: Money.price(price),
                quantity: Quantity(1), sequence: 9, venueTime: now, receivedAt: now))
    }

    private func reset(_ reason: BookReset.Reason, market: Int = 0) -> MarketEvent {
        .reset(
            BookReset(
                market: MarketID(market), reason: reason, sequence: 8, venueTime: now, receivedAt: now))
    }

    @Test func `every event is told once, by its own callback`() {
        let stage = Stage.one()
        stage.diary.heard = []
        let ticker = Ticker(
            market: MarketID(0), last: Price(1), open: Price(1), high: Price(1), low: Price(1),
            volume: Quantity(1), venueTime: now, receivedAt: now)
        let connection = ConnectionChange(state: .lost, venueTime: now, receivedAt: now)
        let balance = Balance(asset: AssetID(0), total: Amount(5), frozen: .zero, venueTime: now)
        let quote = Money.quote("99", "101", at: now)
        stage.feed(.quote(quote))
        stage.feed(.trade(trade()))
        stage.feed(.ticker(ticker))
        stage.feed(.connection(connection))
        stage.feed(.balance(balance))
        #expect(
            stage.diary.heard == [
                .quote(quote), .trade(trade()), .ticker(ticker), .connection(connection),
                .balance(balance),
            ])
        #expect(stage.engine.desk.now == now)
    }

    @Test func `start and stop are told once`() {
        let stage = Stage.one(started: false)
        stage.diary.heard = []
        stage.engine.start(at: stage.now)
        stage.engine.stop(at: stage.now)
        #expect(stage.diary.heard == [.start, .stop])
    }

    @Test func `an order's life is told state by state, and the fill with its books done`() {
        let seen = Diary()
        let stage = Stage.one { heard, desk in
            if case .fill(let fill) = heard {
                if let order = desk.order(fill.order) { seen.heard.append(.order(order)) }
                #expect(desk.position(fill.market).quantity == fill.quantity)
            }
        }
        stage.diary.heard = []
        let id = stage.place(Money.limit(.buy, "1", at: "99"))
        stage.feed(Money.accepted(id))
        stage.feed(Money.deal(1, id, "1", at: "99"))
        #expect(stage.diary.states == [.active(.open), .closed(.filled)])
        #expect(stage.diary.fills.count == 1)
        #expect(seen.orders.map(\.filled) == [Quantity(1)])
        #expect(stage.diary.orders.last?.averagePrice == Price(99))
    }

    @Test func `a book is told of only when the update is whole, and its quote too`() {
        let stage = Stage.one()
        stage.diary.heard = []
        stage.feed(reset(.snapshot, market: 1))
        stage.feed(level(.buy, "99", last: false, market: 1))
        #expect(stage.diary.heard == [])
        stage.feed(level(.sell, "101", last: true, market: 1))
        let quote = Quote(
            market: MarketID(1), bid: Price(99), bidSize: Quantity(1), ask: Price(101), askSize: Quantity(1),
            sequence: 9, venueTime: now, receivedAt: now)
        let update = BookUpdate(market: MarketID(1), sequence: 9, venueTime: now, receivedAt: now)
        #expect(
            stage.diary.heard == [
                .bookState(BookStateChange(market: MarketID(1), state: .live, at: now)), .quote(quote),
                .book(update),
            ])
    }

    @Test func `a book that is damaged is told once, and once when it is whole again`() {
        let stage = Stage.one()
        stage.feed(reset(.snapshot, market: 1))
        stage.feed(level(.buy, "99", last: false, market: 1))
        stage.feed(level(.sell, "101", last: true, market: 1))
        stage.diary.heard = []
        stage.feed(reset(.sequenceGap, market: 1))
        stage.feed(reset(.checksumMismatch, market: 1))
        stage.feed(level(.buy, "98", last: true, market: 1))
        #expect(stage.diary.bookStates == [.suspect])
        #expect(stage.diary.heard.count == 1, "and no update of it is told meanwhile")
        stage.wish { desk in
            #expect(desk.quote(MarketID(1)) == nil)
            #expect(desk.book(MarketID(1)) == nil)
        }
        stage.feed(reset(.snapshot, market: 1))
        stage.feed(level(.buy, "99", last: false, market: 1))
        stage.feed(level(.sell, "101", last: true, market: 1))
        #expect(stage.diary.bookStates == [.suspect, .live])
    }

    @Test func `a crossed quote is dropped, told as suspect, and healed by the next good one`() {
        let stage = Stage.one()
        stage.diary.heard = []
        stage.quote("101", "100")
        stage.quote("101", "101")
        stage.wish { #expect($0.quote(MarketID(0)) == nil) }
        stage.quote("99", "100")
        #expect(stage.diary.bookStates == [.suspect, .live])
        #expect(stage.alerts == [.badQuote(MarketID(0)), .badQuote(MarketID(0))])
    }

    @Test func `silence is told once when its budget has passed, though nothing else happens`() {
        let stage = Stage.one()
        stage.diary.heard = []
        stage.run(.seconds(10))
        #expect(stage.diary.heard == [])
        stage.run(.nanoseconds(1))
        #expect(stage.diary.bookStates == [.stale])
        stage.run(.seconds(3_600))
        #expect(stage.diary.bookStates == [.stale])
        stage.quote("99", "100")
        stage.run(.seconds(5))
        stage.quote("99", "100")
        stage.run(.seconds(9))
        #expect(stage.diary.bookStates == [.stale, .live])
        stage.run(.seconds(2))
        #expect(stage.diary.bookStates == [.stale, .live, .stale])
    }

    @Test func `members of an ensemble hear of their own markets only`() {
        let stage = Stage.many([RiskLimits(), RiskLimits()], markets: [[0], [0, 1]])
        for diary in stage.diaries { diary.heard = [] }
        stage.feed(.trade(trade(1)))
        stage.feed(.trade(trade(0)))
        let connection = ConnectionChange(state: .lost, venueTime: now, receivedAt: now)
        stage.feed(.connection(connection))
        #expect(stage.diaries[0].heard == [.trade(trade(0)), .connection(connection)])
        #expect(stage.diaries[1].heard == [.trade(trade(1)), .trade(trade(0)), .connection(connection)])
    }
}
