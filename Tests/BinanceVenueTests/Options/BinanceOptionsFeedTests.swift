import BinanceVenue
import MarketModel
import Quantities
import Testing
import VenueKit
import WireCodecs
import WireValues

struct BinanceOptionsFeedTests {
    @Test func `trades, tickers, quotes and whole books of both generations become events`() throws {
        var stage = Stage()
        #expect(
            try stage.receive(
                #"{"e":"trade","E":1,"s":"OPT","t":"1","p":"10","q":"-2","b":1,"a":1,"T":1,"S":"-1","X":"MARKET"}"#
            )
                == ["trade 1: sell 2 @ 10"])
        #expect(
            try stage.receive(
                #"{"e":"trade","E":1,"T":1,"s":"OPT","t":2,"p":"10","q":"0.5","X":"MARKET","S":"BUY","m":false}"#
            )
                == ["trade 2: buy 0.5 @ 10"])
        #expect(
            try stage.receive(
                #"{"e":"bookTicker","u":7,"s":"OPT","b":"9","B":"1","a":"11","A":"2","T":1,"E":1}"#)
                == ["quote 7: 1 @ 9 / 11 @ 2"])
        #expect(
            try stage.receive(
                #"{"e":"bookTicker","u":8,"s":"OPT","b":"0","B":"0","a":"11","A":"2","T":1,"E":1}"#)
                == [], "nobody bids")
        #expect(
            try stage.receive(
                #"{"e":"depth","E":1,"T":1,"s":"OPT","u":2,"pu":1,"b":[["9","1"]],"a":[["11","2"]]}"#)
                == ["reset 2: snapshot", "level 2: buy 1 @ 9", "level 2: sell 2 @ 11 last"])
        #expect(
            try stage.receive(
                #"{"e":"depthUpdate","E":1,"T":1,"s":"OPT","U":5,"u":9,"pu":3,"b":[["9","1"]],"a":[]}"#,
                stream: "opt@depth20@100ms") == ["reset 9: snapshot", "level 9: buy 1 @ 9 last"])
        #expect(try stage.receive(#"{"e":"index","E":1,"s":"ABUSDT","p":"1.5"}"#) == [])
        #expect(
            try stage.receive(#"{"e":"bookTicker","u":9,"s":"ELSE","b":"1","B":"1","a":"2","A":"2"}"#) == [])
        #expect(stage.feed.foreign == 1)
    }

    @Test func `changes wait for a whole book, follow by pu, and a gap is told`() throws {
        var stage = Stage()
        #expect(try stage.receive(Self.change(11, 12, after: 10)) == [])
        #expect(try stage.receive(Self.change(14, 15, after: 12)) == [])
        #expect(try stage.snapshot(9) == (false, []), "older than the first change")
        #expect(
            try stage.snapshot(12)
                == (
                    true,
                    ["reset 12: snapshot", "level 12: buy 3 @ 8 last", "level 15: buy 15 @ 9 last"]
                ))
        #expect(stage.feed.isBookLive(MarketID(0)))
        #expect(try stage.receive(Self.change(17, 17, after: 15)) == ["level 17: buy 17 @ 9 last"])
        #expect(try stage.receive(Self.change(17, 17, after: 15)) == [], "a repetition")
        #expect(try stage.receive(Self.change(30, 31, after: 29)) == ["reset 17: sequenceGap"])
        #expect(!stage.feed.isBookLive(MarketID(0)) && stage.feed.gaps == 1)
    }

    @Test func `marks of listed options have volatilities and Greeks, where they are asked for`() throws {
        let text = #"""
            [{"e":"markPrice","E":5,"s":"OTHER","mp":"1"},
            {"e":"markPrice","E":1591695934033,"s":"OPT","mp":"9.0000000000004","i":"68000","P":"0","bo":"8","ao":"0",
            "bq":"2","aq":"0","b":"0.5","a":"-1","hl":"20","ll":"1","vo":"0.5678","rf":"0.1","d":"-0.25","t":"-3.5",
            "g":"0.0002","v":"9.5"}]
            """#
        let message = try Array(text.utf8).withUnsafeBufferPointer { try BinanceOptionsMessage(decoding: $0) }
        guard case .events(_, let list) = message else {
            Issue.record("no event")
            return
        }
        var events: [MarketEvent] = []
        var deaf = BinanceOptionsFeed(BinanceFeedTests.table(["OPT"]))
        deaf.receive(list, stream: nil, at: BinanceFeedTests.now, into: &events)
        #expect(events.isEmpty)
        var feed = BinanceOptionsFeed(BinanceFeedTests.table(["OPT"]).listings, tellsMarks: true)
        feed.receive(list, stream: nil, at: BinanceFeedTests.now, into: &events)
        #expect(
            events == [
                .optionMark(
                    OptionMark(
                        market: MarketID(0), price: Price(9), volatility: 0.5678, bidVolatility: 0.5,
                        delta: -0.25,
                        gamma: 0.0002, theta: -3.5, vega: 9.5,
                        venueTime: Instant(milliseconds: 1_591_695_934_033),
                        receivedAt: BinanceFeedTests.now))
            ])
        #expect(feed.foreign == 0)
    }

    private static func change(_ first: Int, _ last: Int, after previous: Int) -> String {
        #"{"e":"depthUpdate","E":1,"T":1,"s":"OPT","U":\#(first),"u":\#(last),"pu":\#(previous),"#
            + #""b":[["9","\#(last)"]],"a":[]}"#
    }

    private struct Stage {
        var feed = BinanceOptionsFeed(BinanceFeedTests.table(["OPT"]))

        mutating func receive(_ text: String, stream: BinanceStreamName? = nil) throws -> [String] {
            let message = try Array(text.utf8).withUnsafeBufferPointer {
                try BinanceOptionsMessage(decoding: $0)
            }
            let list: [BinanceOptionsEvent]
            switch message {
            case .event(_, let event): list = [event]
            case .events(_, let all): list = all
            case .account, .reply: return ["no event"]
            }
            var events: [MarketEvent] = []
            feed.receive(list, stream: stream, at: BinanceFeedTests.now, into: &events)
            return events.map(BinanceFeedTests.picture)
        }

        mutating func snapshot(_ number: Int) throws -> (Bool, [String]) {
            let text = #"{"bids":[["8","3"]],"asks":[],"T":1,"lastUpdateId":\#(number)}"#
            let book = try Array(text.utf8).withUnsafeBufferPointer {
                try BinanceOptionsSnapshot(decoding: $0)
            }
            var events: [MarketEvent] = []
            let isTaken = feed.receive(book, of: MarketID(0), at: BinanceFeedTests.now, into: &events)
            return (isTaken, events.map(BinanceFeedTests.picture))
        }
    }
}
