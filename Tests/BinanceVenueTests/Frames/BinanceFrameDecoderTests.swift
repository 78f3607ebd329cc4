import BinanceVenue
import Quantities
import Testing

struct BinanceFrameDecoderTests {
    @Test func `a ticker of spot has a number and no time`() throws {
        var expected = Decoded(.bookTicker)
        expected.symbol = "ABCUSDT"
        expected.numbers = [7001]
        expected.decimals = ["25.35", "31.21", "25.36", "0.0004"]
        #expect(try decode(Sample.spotTicker) == expected)
        #expect(try decode(Sample.wrapped(Sample.spotTicker, "bookTicker")) == expected)
    }

    @Test func `a ticker of futures has the time of the engine`() throws {
        var expected = Decoded(.bookTicker)
        expected.symbol = "ABCUSDT"
        expected.numbers = [7002]
        expected.decimals = ["25.3", "31", "25.4", "40.125"]
        expected.time = Instant(milliseconds: 1_700_000_000_123)
        #expect(try decode(Sample.futuresTicker) == expected)
        #expect(try decode(Sample.wrapped(Sample.futuresTicker, "bookTicker")) == expected)
    }

    @Test func `a trade of spot names the maker`() throws {
        var expected = Decoded(.trade)
        expected.symbol = "ABCUSDT"
        expected.numbers = [345]
        expected.decimals = ["25.36", "0.02"]
        expected.time = Instant(milliseconds: 1_700_000_000_129)
        expected.flags = [true, true]
        #expect(try decode(Sample.spotTrade) == expected)
        #expect(try decode(Sample.wrapped(Sample.spotTrade, "trade")) == expected)
    }

    @Test func `a trade of futures tells its kind`() throws {
        var expected = Decoded(.trade)
        expected.symbol = "ABCUSDT"
        expected.numbers = [346]
        expected.decimals = ["25.4", "0.006"]
        expected.time = Instant(milliseconds: 1_700_000_000_128)
        expected.flags = [false, true]
        #expect(try decode(Sample.futuresTrade) == expected)
        for (old, new) in [
            ("MARKET", "INSURANCE_FUND"), ("MARKET", "NA"), ("MARKET", "MARKET2"),
            (#""25.4""#, #""0""#), (#""0.006""#, #""0.000""#),
        ] {
            let frame = Sample.futuresTrade.replacing(old, with: new)
            #expect(try decode(frame).flags == [false, false], "\(new)")
        }
    }

    @Test func `a depth of spot has its numbers, time and levels`() throws {
        var expected = Decoded(.depth)
        expected.symbol = "ABCUSDT"
        expected.numbers = [101, 105]
        expected.time = Instant(milliseconds: 1_700_000_000_200)
        expected.bids = ["25.35 x 1.5", "25.3 x 0"]
        expected.asks = ["25.36 x 2"]
        #expect(try decode(Sample.spotDepth) == expected)
        #expect(try decode(Sample.wrapped(Sample.spotDepth, "depth")) == expected)
        #expect(try decode(Sample.wrapped(Sample.spotDepth, "depth@100ms")) == expected)
    }

    @Test func `a depth of futures has the number before and the time of the engine`() throws {
        var expected = Decoded(.depth)
        expected.symbol = "ABCUSDT"
        expected.numbers = [110, 120, 99]
        expected.time = Instant(milliseconds: 1_700_000_000_199)
        expected.asks = ["25.4 x 0", "25.5 x 7.5"]
        #expect(try decode(Sample.futuresDepth) == expected)
        #expect(try decode(Sample.wrapped(Sample.futuresDepth, "depth@0ms")) == expected)
    }

    @Test func `a snapshot has its number and both sides`() throws {
        var spot = Decoded(.snapshot)
        spot.numbers = [103]
        spot.bids = ["25.35 x 1", "25.34 x 4"]
        spot.asks = ["25.37 x 3"]
        #expect(try decode(Sample.spotSnapshot) == spot)
        var futures = Decoded(.snapshot)
        futures.numbers = [115]
        futures.time = Instant(milliseconds: 1_700_000_000_189)
        futures.bids = ["25.3 x 1"]
        futures.asks = ["25.4 x 3", "25.5 x 4"]
        #expect(try decode(Sample.futuresSnapshot) == futures)
    }

    @Test(arguments: [
        "{}", "[]",
        #"[{"e":"24hrMiniTicker","E":1,"s":"ABCUSDT","c":"1"}]"#,
        #"{"e":"aggTrade","E":1,"s":"ABCUSDT","a":12,"p":"1","q":"2","f":1,"l":2,"T":1,"m":true}"#,
        #"{"e":"kline","E":1,"s":"ABCUSDT","k":{"t":1,"T":2,"o":"1"}}"#, #"{"e":5}"#,
        #"{"u":1,"e":"outboundAccountPosition","B":[{"a":"ETH","f":"1"}]}"#,
        #"{"stream":"abcusdt@depth20","data":{"lastUpdateId":1,"bids":[],"asks":[]}}"#,
        #"{"stream":"abcusdt@depth5@100ms","data":{"lastUpdateId":1,"bids":[],"asks":[]}}"#,
        #"{"stream":"abcusdt@tradex","data":{"a":1}}"#, #"{"stream":"","data":null}"#,
    ])
    func `sound JSON of another kind is other`(frame: String) throws {
        #expect(try decode(frame) == Decoded(.other))
    }

    @Test(arguments: [
        #"{"result":null,"id":1}"#, #"{"id":3,"result":["abcusdt@trade"]}"#,
        #"{"code":2,"msg":"Invalid request","id":"a"}"#, #"{"error":{"code":3,"msg":"x"},"id":1}"#,
        #"{"e":"serverShutdown","E":1}"#,
        #"{"stream":"!serverShutdown","data":{"e":"serverShutdown","E":1}}"#,
    ])
    func `what a connection says of itself is told apart`(frame: String) throws {
        #expect(try decode(frame) == Decoded(.control))
    }

    @Test(arguments: ["depth", "depth@100ms", "bookTicker", "trade"])
    func `a stream that does not send what its name says is an error`(stream: String) {
        for payload in Sample.naked where stream != "bookTicker" || payload != Sample.spotTicker {
            let isItsOwn =
                payload.contains(#""e":"\#(stream)""#)
                || (stream.hasPrefix("depth") && payload.contains("depthUpdate"))
            if isItsOwn { continue }
            #expect(throws: BinanceFrameError.self, "\(payload)") {
                try decode(Sample.wrapped(payload, stream))
            }
        }
    }

    @Test func `more levels than any venue sends are refused`() throws {
        func frame(_ count: Int) -> String {
            let levels = Array(repeating: #"["1","1"]"#, count: count).joined(separator: ",")
            return #"{"lastUpdateId":1,"bids":[\#(levels)],"asks":[]}"#
        }
        #expect(try decode(frame(BinanceFrameDecoder.levelsMax)).bids.count == 20_000)
        #expect(throws: BinanceFrameError.self) { try decode(frame(20_001)) }
    }
}
