import BinanceVenue
import MarketModel
import Quantities
import Testing

struct BinanceFeedExtrasTests {
    private static let trade =
        #"{"e":"aggTrade","E":1,"s":"ABCUSDT","a":9,"p":"0.1","q":"3","f":1,"l":2,"T":1,"m":true,"M":true}"#
    private static let mini =
        #"{"e":"24hrMiniTicker","E":1,"s":"ABCUSDT","c":"1","o":"1","h":"1","l":"1","v":"1","q":"1"}"#
    private static let book =
        #"{"stream":"abcusdt@depth5@100ms","data":{"lastUpdateId":5,"bids":[["1","2"]],"asks":[["3","4"]]}}"#

    @Test func `streams that repeat others make events only where they are asked for`() throws {
        var plain = BinanceFeed(BinanceFeedTests.table(["ABCUSDT"]))
        for frame in [Self.trade, "[\(Self.mini)]", Self.book] {
            #expect(try BinanceFeedTests.receive(frame, &plain) == [])
        }
        #expect(plain.counts.other == 3)

        var extras = BinanceFeedExtras()
        extras.aggregateTrades = true
        extras.tickers = true
        extras.partialBooks = true
        var feed = BinanceFeed(BinanceFeedTests.table(["ABCUSDT"]), extras)
        #expect(try BinanceFeedTests.receive(Self.trade, &feed) == ["trade 9: sell 3 @ 0.1"])
        #expect(try BinanceFeedTests.receive("[\(Self.mini)]", &feed) == ["ticker"])
        #expect(
            try BinanceFeedTests.receive(Self.book, &feed)
                == ["reset 5: snapshot", "level 5: buy 2 @ 1", "level 5: sell 4 @ 3 last"])
        // Kinds that nobody reads are let by, damaged ones of known kinds are not.
        #expect(try BinanceFeedTests.receive(#"{"e":"forceOrder"}"#, &feed) == [])
        #expect(throws: BinanceFrameError.self) {
            _ = try BinanceFeedTests.receive(#"{"e":"aggTrade","E":1,"s":"ABCUSDT"}"#, &feed)
        }
    }

    @Test func `what two connections both bring counts once`() throws {
        var duplicates = BinanceDuplicates(markets: 1)
        var feed = BinanceFeed(BinanceFeedTests.table(["ABCUSDT"]))
        var seen: [String] = []
        for (number, frame) in [Sample.spotTrade, Sample.spotTicker, Sample.spotTrade, Sample.spotTicker]
            .enumerated()
        {
            var events: [MarketEvent] = []
            try Array(frame.utf8).withUnsafeBufferPointer {
                try feed.receive($0, at: BinanceFeedTests.now, into: &events)
            }
            duplicates.filter(&events, from: 0)
            seen += events.map { "\(number) \(BinanceFeedTests.picture($0))" }
        }
        #expect(
            seen == ["0 trade 345: sell 0.02 @ 25.36", "1 quote 7001: 31.21 @ 25.35 / 25.36 @ 0.0004"])
        #expect(duplicates.dropped == 2)
    }
}
