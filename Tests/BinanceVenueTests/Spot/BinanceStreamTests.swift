import BinanceVenue
import Testing

struct BinanceStreamTests {
    @Test(
        arguments: [
            ("BTCUSDT@aggTrade", "btcusdt@aggTrade"), ("btcusdt@trade", "btcusdt@trade"),
            ("btcusdt@kline_1M", "btcusdt@kline_1M"), ("btcusdt@kline_1m", "btcusdt@kline_1m"),
            ("btcusdt@kline_1s@+08:00", "btcusdt@kline_1s@+08:00"), ("!miniTicker@arr", "!miniTicker@arr"),
            ("btcusdt@miniTicker", "btcusdt@miniTicker"), ("btcusdt@ticker", "btcusdt@ticker"),
            ("btcusdt@ticker_4h", "btcusdt@ticker_4h"), ("!ticker_1d@arr", "!ticker_1d@arr"),
            ("btcusdt@bookTicker", "btcusdt@bookTicker"), ("btcusdt@depth20", "btcusdt@depth20"),
            ("btcusdt@depth5@100ms", "btcusdt@depth5@100ms"), ("btcusdt@depth10@1000ms", "btcusdt@depth10"),
            ("btcusdt@depth", "btcusdt@depth"), ("btcusdt@depth@100ms", "btcusdt@depth@100ms"),
            ("btcusdt@depth@1000ms", "btcusdt@depth"), ("btcusdt@avgPrice", "btcusdt@avgPrice"),
            ("btcusdt@referencePrice", "btcusdt@referencePrice"),
            ("btcusdt@blockTrade", "btcusdt@blockTrade"),
        ])
    func `streams are named and parsed`(text: String, name: String) throws {
        #expect(try BinanceStream(parsing: text).name == name)
    }

    @Test func `every kind comes back from its name`() throws {
        for kind in BinanceStream.Kind.all {
            let stream = BinanceStream(kind, of: "ABCUSDT")
            #expect(try BinanceStream(parsing: stream.name) == stream)
            if let all = BinanceStream(ofAllMarkets: kind) {
                #expect(try BinanceStream(parsing: all.name) == all)
            }
        }
    }

    @Test(
        arguments: [
            (
                "!ticker@arr",
                "'!ticker@arr' was withdrawn by the venue in March 2026; use !miniTicker@arr, !ticker_1d@arr, or "
                    + "<symbol>@ticker for each market"
            ),
            (
                "!bookTicker",
                "'!bookTicker' was withdrawn by the venue in December 2022; use <symbol>@bookTicker for each market"
            ),
            (
                "pqia91ma19a5s61cv6a81va65sdf19v8a65a1a5s61cv6a81va65sdf19v8a65a1",
                "'user data by listen key' was withdrawn by the venue in February 2026; use "
                    + "userDataStream.subscribe.signature, or session.logon and userDataStream.subscribe, of the "
                    + "WebSocket API"
            ),
            ("@trade", "'@trade' names no market: streams are called like btcusdt@trade"),
            ("btcusdt@kline_2m", "the venue has no stream 'btcusdt@kline_2m'"),
            ("btcusdt@depth7", "the venue has no stream 'btcusdt@depth7'"),
            ("btcusdt@aggtrade", "the venue has no stream 'btcusdt@aggtrade'"),
            ("", "the venue has no stream ''"),
            ("!trade@arr", "the venue has no stream '!trade@arr'"),
        ])
    func `names that are none say why, and withdrawn ones say what to use`(name: String, message: String) {
        do throws(BinanceStreamError) {
            let stream = try BinanceStream(parsing: name)
            Issue.record("taken as \(stream)")
        } catch {
            #expect(error.description == message)
        }
    }
}

struct BinanceOptionsStreamTests {
    @Test(
        arguments: [
            ("ETHUSDT@index", BinanceOptionsGeneration.first), ("BTC-210630-9000-P@kline_1m", .first),
            ("ETH@markPrice", .first), ("option_pair", .first), ("ETH@openInterest@221125", .first),
            ("BTC-210630-9000-P@depth100@1000ms", .first), ("BTC-210630-9000-P@depth10", .first),
            ("BTC-210630-9000-P@ticker", .first), ("ETH@ticker@220930", .first),
            ("BTC-210630-9000-P@trade", .first), ("BTC@trade", .first), ("!index@arr", .second),
            ("btc-251226-110000-c@kline_1d", .second), ("!optionSymbol", .second),
            ("btcusdt@optionMarkPrice", .second), ("btcusdt@optionOpenInterest@251219", .second),
            ("btc-251226-110000-c@depth@100ms", .second), ("btc-251226-110000-c@depth20@500ms", .second),
            ("btc-251226-110000-c@optionTicker", .second), ("btcusdt@optionTicker@251219", .second),
            ("btc-251226-110000-c@bookTicker", .second), ("btc-251226-110000-c@optionTrade", .second),
            ("btcusdt@optionTrade", .second),
        ])
    func `streams of both generations are parsed and named`(
        name: String, generation: BinanceOptionsGeneration
    ) throws {
        let stream = try BinanceOptionsStream(parsing: name, in: generation)
        #expect(try stream.name(in: generation) == name)
    }

    @Test func `what a generation lacks is told with what it has instead`() {
        let ticker = BinanceOptionsStream.bookTicker("BTC-251226-110000-C")
        #expect(
            throws: BinanceOptionsStreamError.notInGeneration(.first, "take a ticker or a partial depth")
        ) { _ = try ticker.name(in: .first) }
        #expect(throws: BinanceOptionsStreamError.self) {
            _ = try BinanceOptionsStream(parsing: "BTC-210630-9000-P@depth7", in: .first)
        }
        #expect(throws: BinanceOptionsStreamError.unknown("ETH@markPrice", .second)) {
            _ = try BinanceOptionsStream(parsing: "ETH@markPrice", in: .second)
        }
    }

    @Test func `the second generation has an address for each kind of data`() {
        #expect(BinanceOptionsStream.index(nil).section == .market)
        #expect(BinanceOptionsStream.trades("X").section == .public)
    }
}
