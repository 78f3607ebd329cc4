import JayxVenue
import MarketModel
import Quantities
import Testing
import WireValues

struct JayxFeedTests {
    private static let scale = JayxScale(tick: Price(raw: 10_000_000_000), lot: Quantity(raw: 1_000_000))

    @Test func `a message is the whole book, and its trades are new but for those of earlier messages`()
        throws
    {
        var feed = JayxFeed(MarketID(0), Self.scale)
        let book =
            #"{"asks":[{"ticks":6684363,"lots":1004817,"count":1}],"bids":[{"ticks":6657678,"lots":997207,"count":1}]}"#
        let first = try Self.events(book, [(7, 100, "BUY", 1)], &feed)
        #expect(
            first == ["reset", "buy 0.997207 @ 66576.78", "sell 1.004817 @ 66843.63 last"],
            "history is not news")
        let second = try Self.events(
            book, [(5, 102, "SELL", 3), (7, 101, "BUY", 2), (7, 100, "BUY", 1)], &feed)
        #expect(
            Array(second.dropFirst(3)) == ["trade 1: buy 0.000007 @ 1.01", "trade 2: sell 0.000005 @ 1.02"])
        let third = try Self.events(book, [(5, 102, "SELL", 3), (5, 102, "SELL", 3)], &feed)
        #expect(
            Array(third.dropFirst(3)) == ["trade 3: sell 0.000005 @ 1.02"], "two equal ones are two trades")
        feed.expectHistory()
        let fourth = try Self.events(book, [(9, 99, "BUY", 9)], &feed)
        #expect(fourth.count == 3)
        #expect(feed.repeatedTrades == 2)
    }

    @Test func `numbers too large for us are an error that leaves nothing behind`() throws {
        var feed = JayxFeed(MarketID(0), JayxScale(tick: Price(raw: .max / 2), lot: Quantity(raw: 1)))
        let book = #"{"asks":[{"ticks":6,"lots":1,"count":1}],"bids":[]}"#
        #expect(throws: ArithmeticError.self) { _ = try Self.events(book, [], &feed) }
    }

    @Test func `the scale turns ticks and lots into exact figures`() throws {
        #expect(try Self.scale.price(6_678_147) == Price("66781.47"))
        #expect(try Self.scale.quantity(241_690) == Quantity("0.24169"))
        #expect(try Self.scale.value(1_000_000) == Notional("0.01"))
        #expect(try Self.scale.value(6_755_935 * 1_000) == Notional("67.55935"))
    }

    private static func events(
        _ book: String, _ trades: [(lots: Int, ticks: Int, side: String, time: Int)], _ feed: inout JayxFeed
    ) throws -> [String] {
        let list = trades.map {
            #"{"lots":\#($0.lots),"ticks":\#($0.ticks),"side":"\#($0.side)","created":\#($0.time)}"#
        }
        let text = #"{"orderBook":\#(book),"trades":[\#(list.joined(separator: ","))]}"#
        var events: [MarketEvent] = []
        let event = try Array(text.utf8).withUnsafeBufferPointer { try JayxEvent(decoding: $0) }
        try feed.receive(event, at: Instant(milliseconds: 5), into: &events)
        return events.map { event in
            switch event {
            case .reset: "reset"
            case .level(let level):
                "\(level.side) \(level.quantity) @ \(level.price)\(level.isLast ? " last" : "")"
            case .trade(let trade):
                "trade \(trade.id.raw): \(trade.aggressor) \(trade.quantity) @ \(trade.price)"
            case .quote, .ticker, .optionMark, .connection: "other"
            }
        }
    }
}
