import MarketModel
import Quantities
import Testing

/// The life of a book, told as a dialogue.
struct OrderBookTests {
    private static func change(
        _ side: Side, _ price: Int, _ quantity: Int, isLast: Bool = true, _ sequence: UInt64 = 1
    ) -> LevelChange {
        LevelChange(
            market: MarketID(0), side: side, isLast: isLast, price: Price(price),
            quantity: Quantity(quantity), sequence: sequence, venueTime: .distantPast,
            receivedAt: .distantPast)
    }

    private static func reset(_ reason: BookReset.Reason, _ sequence: UInt64 = 0) -> BookReset {
        BookReset(
            market: MarketID(0), reason: reason, sequence: sequence, venueTime: .distantPast,
            receivedAt: .distantPast)
    }

    /// A live book with a bid at 99 and an ask at 101.
    private static func live() -> OrderBook {
        var book = OrderBook()
        book.reset(reset(.snapshot))
        _ = book.apply(change(.buy, 99, 1, isLast: false))
        _ = book.apply(change(.sell, 101, 1))
        return book
    }

    private static let damages: [BookReset.Reason] = [
        .sequenceGap, .disconnected, .checksumMismatch, .recordingGap,
    ]

    @Test func `empty, filling, live`() {
        var book = OrderBook()
        #expect(book.state == .empty)
        #expect(book.apply(Self.change(.buy, 99, 1)) == .ignored)
        #expect(book.state == .empty && book.bids.isEmpty)

        book.reset(Self.reset(.snapshot, 7))
        #expect(book.state == .filling && book.sequence == 7)
        #expect(book.apply(Self.change(.buy, 99, 1, isLast: false, 8)) == .partial)
        #expect(book.state == .filling && !book.isLive && book.sequence == 7)
        #expect(book.apply(Self.change(.sell, 101, 2, 8)) == .updated)
        #expect(book.isLive && book.sequence == 8)
        #expect(book.bids.best == Level(price: Price(99), quantity: Quantity(1)))
        #expect(book.asks.best == Level(price: Price(101), quantity: Quantity(2)))
    }

    @Test func `a live book takes updates of one and of several changes`() {
        var book = Self.live()
        #expect(book.apply(Self.change(.buy, 100, 3, 2)) == .updated)
        #expect(book.apply(Self.change(.buy, 100, 0, isLast: false, 3)) == .partial)
        #expect(book.isLive && book.sequence == 2)
        #expect(book.apply(Self.change(.sell, 102, 4, 3)) == .updated)
        #expect(book.bids.count == 1 && book.asks.count == 2 && book.sequence == 3)
        #expect(book.apply(Self.change(.sell, 555, 0, 4)) == .updated)
        #expect(book.asks.count == 2)
    }

    @Test(arguments: damages)
    func `damage makes a live book suspect until the next snapshot`(reason: BookReset.Reason) {
        var book = Self.live()
        book.reset(Self.reset(reason, 9))
        #expect(book.state == .suspect && book.sequence == 9)
        #expect(book.apply(Self.change(.buy, 98, 1)) == .ignored)
        #expect(book.bids.count == 1, "a suspect book is kept for diagnosis")
        book.reset(Self.reset(.snapshot))
        #expect(book.state == .filling && book.bids.isEmpty && book.asks.isEmpty)
        #expect(book.apply(Self.change(.buy, 98, 1)) == .updated)
        #expect(book.isLive)
    }

    @Test(arguments: damages)
    func `damage in the middle of a snapshot spoils it`(reason: BookReset.Reason) {
        var book = OrderBook()
        book.reset(Self.reset(.snapshot))
        _ = book.apply(Self.change(.buy, 99, 1, isLast: false))
        book.reset(Self.reset(reason))
        #expect(book.state == .suspect)
        #expect(book.apply(Self.change(.sell, 101, 1)) == .ignored)
    }

    @Test(arguments: damages)
    func `damage leaves an empty book empty`(reason: BookReset.Reason) {
        var book = OrderBook()
        book.reset(Self.reset(reason))
        #expect(book.state == .empty)
    }

    @Test func `a new snapshot replaces everything, in the middle of another too`() {
        var book = Self.live()
        book.reset(Self.reset(.snapshot))
        _ = book.apply(Self.change(.buy, 50, 1, isLast: false))
        book.reset(Self.reset(.snapshot))
        #expect(book.apply(Self.change(.buy, 60, 1)) == .updated)
        #expect(book.bids.count == 1 && book.bids.best?.price == Price(60))
    }

    @Test(arguments: [101, 102])
    func `a bid at or above the ask at the end of an update makes the book suspect`(bid: Int) {
        var book = Self.live()
        #expect(book.apply(Self.change(.buy, bid, 1)) == .crossed)
        #expect(book.state == .suspect)
        #expect(book.apply(Self.change(.buy, bid, 0)) == .ignored)
    }

    @Test func `bid and ask may cross within an update`() {
        var book = Self.live()
        #expect(book.apply(Self.change(.buy, 103, 1, isLast: false)) == .partial)
        #expect(book.apply(Self.change(.sell, 101, 0, isLast: false)) == .partial)
        #expect(book.apply(Self.change(.sell, 104, 1)) == .updated)
        #expect(book.isLive)
    }

    @Test func `a one-sided book is live`() {
        var book = Self.live()
        #expect(book.apply(Self.change(.sell, 101, 0)) == .updated)
        #expect(book.isLive && book.asks.best == nil)
    }

    @Test func `beyond the limit the worst levels are dropped, at the end of an update`() {
        let limit = OrderBook.levelsMax
        var book = OrderBook()
        book.reset(Self.reset(.snapshot))
        for step in 1...(limit + 5) {
            _ = book.apply(Self.change(.buy, 20_000 - step, 1, isLast: false))
            _ = book.apply(Self.change(.sell, 20_000 + step, 1, isLast: false))
        }
        #expect(book.bids.count == limit + 5 && book.asks.count == limit + 5)
        #expect(book.apply(Self.change(.buy, 20_000, 1)) == .updated)
        #expect(book.bids.count == limit && book.asks.count == limit)
        #expect(book.bids.best?.price == Price(20_000) && book.asks.best?.price == Price(20_001))
        #expect(book.bids[limit - 1].price == Price(20_001 - limit))
        #expect(book.asks[limit - 1].price == Price(20_000 + limit))
    }
}
