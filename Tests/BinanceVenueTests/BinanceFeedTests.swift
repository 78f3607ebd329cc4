import BinanceVenue
import MarketModel
import Quantities
import Testing

/// Frames in, events out, as text.
struct BinanceFeedTests {
    static let now = Instant(nanoseconds: 1_700_000_000_000_000_500)

    /// One line per event: what a reader of a log would want to see.
    static func picture(_ event: MarketEvent) -> String {
        switch event {
        case .quote(let quote):
            "quote \(quote.sequence): \(quote.bidSize) @ \(quote.bid) / \(quote.ask) @ \(quote.askSize)"
        case .trade(let trade):
            "trade \(trade.id.raw): \(trade.aggressor) \(trade.quantity) @ \(trade.price)"
        case .level(let change):
            "level \(change.sequence): \(change.side) \(change.quantity) @ \(change.price)"
                + (change.isLast ? " last" : "")
        case .reset(let reset): "reset \(reset.sequence): \(reset.reason)"
        case .ticker: "ticker"
        case .optionMark: "mark"
        case .connection: "connection"
        }
    }

    static func receive(
        _ text: String, _ feed: inout BinanceFeed, snapshotOf market: MarketID? = nil
    ) throws -> [String] {
        var events: [MarketEvent] = []
        try Array(text.utf8).withUnsafeBufferPointer {
            try feed.receive($0, at: now, snapshotOf: market, into: &events)
        }
        for event in events { #expect(event.receivedAt == now) }
        return events.map(picture)
    }

    static func feed(_ names: String...) -> BinanceFeed { BinanceFeed(table(names)) }

    static func table(_ names: [String]) -> MarketTable {
        var table = MarketTable()
        let rules = MarketRules(tick: Price(raw: 1), lot: Quantity(raw: 1), minimumQuantity: .zero)
        for name in names { table.add(name, base: "A", quote: "B", rules: rules) }
        return table
    }

    static func depth(_ first: Int, _ last: Int, bids: String = "[]", asks: String = "[]") -> String {
        #"""
        {"e":"depthUpdate","E":1700000000200,"s":"ABCUSDT","U":\#(first),"u":\#(last),\#
        "b":\#(bids),"a":\#(asks)}
        """#
    }

    @Test func `tickers and trades become quotes and trades`() throws {
        var feed = Self.feed("XYZUSDT", "ABCUSDT")
        var events: [MarketEvent] = []
        for frame in [Sample.spotTicker, Sample.futuresTrade] {
            try Array(frame.utf8).withUnsafeBufferPointer {
                try feed.receive($0, at: Self.now, into: &events)
            }
        }
        let quote = Quote(
            market: MarketID(1), bid: try Price("25.35"), bidSize: try Quantity("31.21"),
            ask: try Price("25.36"), askSize: try Quantity("0.0004"), sequence: 7001,
            venueTime: .distantPast, receivedAt: Self.now)
        let trade = Trade(
            market: MarketID(1), aggressor: .buy, id: DealID(346), price: try Price("25.4"),
            quantity: try Quantity("0.006"), venueTime: Instant(milliseconds: 1_700_000_000_128),
            receivedAt: Self.now)
        #expect(events == [.quote(quote), .trade(trade)])
        #expect(try Self.receive(Sample.spotTrade, &feed) == ["trade 345: sell 0.02 @ 25.36"])
    }

    @Test func `a snapshot is followed by the frames that waited for it`() throws {
        var feed = Self.feed("ABCUSDT")
        #expect(try Self.receive(Self.depth(90, 100, bids: #"[["9","9"]]"#), &feed) == [])
        #expect(try Self.receive(Sample.spotDepth, &feed) == [])
        #expect(!feed.isBookLive(MarketID(0)))
        #expect(
            try Self.receive(Sample.spotSnapshot, &feed) == [
                "reset 103: snapshot", "level 103: buy 1 @ 25.35", "level 103: buy 4 @ 25.34",
                "level 103: sell 3 @ 25.37 last", "level 105: buy 1.5 @ 25.35",
                "level 105: buy 0 @ 25.3", "level 105: sell 2 @ 25.36 last",
            ])
        #expect(feed.isBookLive(MarketID(0)))
        let bids = #"[["25.1","1"],["25.2","2"]]"#
        #expect(
            try Self.receive(Self.depth(106, 106, bids: bids), &feed)
                == ["level 106: buy 1 @ 25.1", "level 106: buy 2 @ 25.2 last"])
        #expect(try Self.receive(Self.depth(107, 107), &feed) == [])
        #expect(
            try Self.receive(Self.depth(108, 108, asks: #"[["26","0"]]"#), &feed)
                == ["level 108: sell 0 @ 26 last"])
        #expect(feed.counts.keptDepths == 2)
        #expect(feed.counts.appliedKeptDepths == 1)
    }

    @Test func `a gap resets the book until the next snapshot`() throws {
        var feed = Self.feed("ABCUSDT")
        _ = try Self.receive(Sample.spotSnapshot, &feed)
        _ = try Self.receive(Self.depth(104, 106), &feed)
        #expect(
            try Self.receive(Self.depth(108, 109, bids: #"[["1","1"]]"#), &feed)
                == ["reset 106: sequenceGap"])
        #expect(try Self.receive(Self.depth(110, 111), &feed) == [])
        #expect(try Self.receive(Sample.spotSnapshot, &feed) == [])
        #expect(feed.counts.uselessSnapshots == 1)
        let newer = Sample.spotSnapshot.replacing("103", with: "107")
        #expect(
            try Self.receive(newer, &feed).suffix(2)
                == ["level 107: sell 3 @ 25.37 last", "level 109: buy 1 @ 1 last"])
        #expect(feed.counts.sequenceGaps == 1)
        #expect(try Self.receive(Self.depth(112, 112, bids: #"[["1","0"]]"#), &feed).count == 1)
    }

    @Test func `duplicates, other frames and foreign markets are counted and make no event`() throws {
        var feed = Self.feed("ABCUSDT")
        _ = try Self.receive(Sample.spotSnapshot, &feed)
        for frame in [
            Self.depth(101, 102), #"{"result":null,"id":1}"#,
            Sample.spotTicker.replacing("ABCUSDT", with: "DEFUSDT"),
            Sample.spotTrade.replacing("ABCUSDT", with: "DEFUSDT"),
            Sample.spotDepth.replacing("ABCUSDT", with: "DEFUSDT"),
            Sample.futuresTrade.replacing("MARKET", with: "ADL"),
        ] {
            #expect(try Self.receive(frame, &feed) == [], "\(frame)")
        }
        var counts = BinanceFeedCounts()
        counts.snapshots = 1
        counts.depths = 2
        counts.duplicateDepths = 1
        counts.other = 1
        counts.bookTickers = 1
        counts.trades = 2
        counts.skippedTrades = 1
        counts.foreign = 3
        #expect(feed.counts == counts)
        #expect(counts.frames == 7)
    }

    @Test func `a snapshot belongs to the market that was asked for, or to the only one`() throws {
        var several = Self.feed("XYZUSDT", "ABCUSDT")
        #expect(try Self.receive(Sample.spotSnapshot, &several) == [])
        #expect(several.counts.foreign == 1)
        #expect(try !Self.receive(Sample.spotSnapshot, &several, snapshotOf: MarketID(1)).isEmpty)
        #expect(several.isBookLive(MarketID(1)))
        #expect(!several.isBookLive(MarketID(0)))
    }

    @Test func `a frame that is refused changes nothing`() throws {
        var feed = Self.feed("ABCUSDT")
        _ = try Self.receive(Sample.spotSnapshot, &feed)
        let broken = Self.depth(104, 105, bids: #"[["1","1"],["x","1"]]"#)
        #expect(throws: BinanceFrameError.self) { try Self.receive(broken, &feed) }
        #expect(
            try Self.receive(Self.depth(104, 105, bids: #"[["1","1"]]"#), &feed)
                == ["level 105: buy 1 @ 1 last"])
    }
}
