import Testing

struct BrokenSessionTests {
    @Test(
        arguments: run + data + venue + sources + markets + portfolio + balances + strategies + parameters
            + risk
            + rest)
    func `a broken session is an error at its place`(row: BrokenSession) {
        let faults = SessionSample.faults(row.text)
        #expect(faults.count == 1, "\(faults)")
        #expect(faults.first?.hasPrefix("x.yaml:\(row.place): ") == true, "\(faults)")
        #expect(faults.first?.contains(row.message) == true, "\(faults)")
        #expect(throws: (any Error).self) { try SessionSample.read(row.text) }
    }

    private static let run: [BrokenSession] = [
        .init(
            "mode: real", "1:7",
            "'mode' is 'real': it is none of the choices; expected 'paper', 'backtest' or 'live'"),
        .init(
            "mode: live\ndata: {source: synthetic}", "2:7",
            "'data' is not the venue's, and live trading needs that; write source: venue"),
        .init(
            "mode: live\njournal: {tape: false}", "2:10",
            "'journal' keeps no tape, and live trading needs one; write tape: true"),
        .init("mode: backtest\ndata: {source: venue}", "2:7", "a backtest needs a past"),
        .init(
            "connection: {rest: 'http://venue.example/v1'}", "1:20",
            "others could read along"),
        .init("connection: {socket: venue.example}", "1:22", "begin it with wss://"),
        .init("connection: {bot: Maker}", "1:19", "expected 1 to 7 lower case letters and digits"),
        .init("mode: papr", "1:7", "did you mean 'paper'?"),
        .init("mod: paper", "1:1", "unknown key 'mod' at the top level; did you mean 'mode'?"),
        .init("seed: -1", "1:7", "'seed' is '-1': it is too small; expected a whole number of 0 or more"),
        .init("seed: 1.5", "1:7", "a fraction is not accepted"),
        .init("seed: '7'", "1:7", "delete the quotes"),
        .init("duration: 60", "1:11", "the unit is missing; expected an interval from 1ms to 31622400s"),
        .init("duration: 0s", "1:11", "it is too small"),
        .init("duration: 367d", "1:11", "it is too large"),
        .init("pace: fast", "1:7", "it is not a number; expected a number from 0.001 to 1000000, or max"),
        .init("pace: 0", "1:7", "it is too small"),
        .init("pace: -1", "1:7", "it is too small"),
        .init("pace: 1e400", "1:7", "it is too large"),
        .init("pace: '2'", "1:7", "delete the quotes"),
    ]

    private static let sources: [BrokenSession] = [
        .init(market: "venue: binanc", "2:12", "did you mean 'binance'?"),
        .init(
            market: "symbol: BTCUSDT", "2:13", "'markets[0].symbol' needs a 'venue' that calls the market so"),
        source("venues: {binance: {streams: [quotes, qutes]}}", "1:38", "did you mean 'quotes'?"),
        source("venues: {binance: {streams: [trades, aggregate-trades]}}", "1:38", "tells the same trades"),
        source("venues: {binance: {streams: [book, top]}}", "1:36", "is a part of 'book'"),
        source(
            "venues: {binance-options: {generation: first, streams: [trades, book]}}", "1:65",
            "is 'book', which the first generation of binance-options does not have; possible are quotes, "
                + "trades, top, tickers"),
        source(
            "venues: {jayx: {streams: [tickers]}}", "1:27",
            "is 'tickers', which jayx does not have; possible are trades, book"),
        source("venues: {binance: {top_levels: 7}}", "1:32", "expected '5', '10' or '20'"),
        source("venues: {jayx: {framing: xml}}", "1:26", "expected 'socket.io'"),
        source("venues: {binance: {socket: 'ws://other.example'}}", "1:28", "others could read along"),
        .init(
            text: "mode: live\n" + SessionSample.markets
                + "  - {name: 'binance:BTCUSDT', base: BTC, quote: USDT, tick: 1, lot: 1, venue: binance}\n"
                + "strategies: [{strategy: watching, markets: [BTCUSDT, 'binance:BTCUSDT']}]\n",
            "9:54",
            "takes no orders here: they go to coinex; name it in 'watch', or trade it with mode: paper"),
        .init(
            text: "mode: live\nmarkets:\n"
                + "  - {name: BTCUSDT, base: BTC, quote: USDT, tick: 1, lot: 1, venue: binance}\n"
                + "strategies: [{strategy: watching}]\n",
            "3:3", "live trading needs one of coinex"),
        .init(
            strategy: "watch: [BTCUSDT]", "2:12", "'strategies[0].watch' leaves no market to trade in"),
    ]

    /// A line about sources at the top of a file with a market of each.
    private static func source(_ top: String, _ place: String, _ message: String) -> BrokenSession {
        let markets = ["binance", "binance-options", "jayx"].map { venue in
            "  - {name: \(venue), base: BTC, quote: USDT, tick: 0.01, lot: 0.001, venue: \(venue)}\n"
        }
        return BrokenSession(
            text: "\(top)\nmarkets:\n\(markets.joined())strategies: [{strategy: watching}]\n", place, message)
    }

    private static let data: [BrokenSession] = [
        .init("data: synthetic", "1:7", "'data' is the single value 'synthetic'; expected a section of keys"),
        .init("data: {source: live}", "1:16", "expected 'synthetic', 'recording' or 'venue'"),
        .init("data: {source: recordng, files: [a]}", "1:16", "did you mean 'recording'?"),
        .init(
            "data:\n  source: recording", "1:1", "'files' is missing in 'data'; expected a list"),
        .init("data: {source: recording, files: []}", "1:34", "'data.files' has 0 items"),
        .init(
            "data: {source: recording, files: [a, '']}", "1:38",
            "'data.files[1]' is the quoted text '': it is empty"),
        .init(
            "data: {source: recording, files: [a, b, a]}", "1:41", "'data.files[2]' is in the list already"),
        .init("data: {source: recording, files: a}", "1:34", "write '- ' before each item"),
        .init(
            "data: {files: [a.gz]}", "1:15",
            "'data.files' needs a recording as its source; write source: recording"),
        .init("data: {sorce: synthetic}", "1:8", "unknown key 'sorce' in 'data'; did you mean 'source'?"),
        .init(
            "data: {synthetic: {prize: 1}}", "1:20",
            "unknown key 'prize' in 'data.synthetic'; did you mean 'price'?"),
        .init("data: {synthetic: {price: 0}}", "1:27", "it is too small"),
        .init(
            "data: {synthetic: {price: 0.5}}", "1:27",
            "'data.synthetic.price' is 0.5, which does not go with 'markets[0].tick' (0.01)"),
        .init(
            "data: {synthetic: {price: 2, spread_ticks: 21}}", "1:44",
            "'data.synthetic.spread_ticks' is 21, more than a tenth of the price in 'markets[0].tick'"),
        .init(
            market: "tick: 0.00000001", "2:11",
            "is 0.00000001, which does not go with the start price 60000: a synthetic market starts"),
        .init(
            "data: {synthetic: {order_value: 0}}", "1:33", "expected a notional from 0.000001 to 1000000000"),
        .init("data: {synthetic: {spread_ticks: 0}}", "1:34", "expected a whole number from 1 to 1000"),
        .init("data: {synthetic: {depth_levels: 201}}", "1:34", "expected a whole number from 5 to 200"),
        .init("data: {synthetic: {events_per_second: 0}}", "1:39", "expected a number from 0.1 to 10000"),
        .init("data: {synthetic: {volatility: 60%}}", "1:32", "a percent sign is not accepted"),
        .init("data: {synthetic: {clustering: 1}}", "1:32", "expected a number from 0 to 0.9"),
    ]

    private static let venue: [BrokenSession] = [
        .init("venue: binance", "1:8", "'venue' is 'binance': it is none of the choices; expected 'coinex'"),
        .init("limits: {place: 60}", "1:17", "the interval is missing; expected a rate such as 60/2s"),
        .init("limits: {place: 60/s}", "1:17", "the interval has no number"),
        .init("limits: {place: 60/2}", "1:17", "the unit is missing"),
        .init("limits: {place: fast}", "1:17", "it is not a rate"),
        .init("limits: {place: /2s}", "1:17", "it is empty"),
        .init("limits: {place: 0/2s}", "1:17", "it is no request at all"),
        .init("limits: {place: -5/2s}", "1:17", "it is no request at all"),
        .init("limits: {query: 10001/2h}", "1:17", "it is too many requests"),
        .init("limits: {query: 99999999999999999999/2h}", "1:17", "it is too many requests"),
        .init("limits: {place: 6/0s}", "1:17", "the interval is below 1ms"),
        .init("limits: {place: 6/2d}", "1:17", "the interval is above 24h"),
        .init("limits: {batch_size: 0}", "1:22", "expected a whole number from 1 to 100"),
        .init(
            "limits: {total: 50/1s, cancel_reserve: 50}", "1:40",
            "'limits.cancel_reserve' is 50, which leaves nothing of 'total' (50/1s)"),
        .init("limits: {plase: 6/1s}", "1:10", "did you mean 'place'?"),
    ]

    private static let markets: [BrokenSession] = [
        .init(text: "strategies: [{strategy: watching}]", "1:1", "'markets' is missing at the top level"),
        .init(text: "markets: []\nstrategies: [{strategy: watching}]", "1:10", "'markets' has 0 items"),
        .init(
            text: "markets: {}\nstrategies: [{strategy: watching}]", "1:10",
            "expected a list of 1 to 1024 items"),
        .init(
            text: "markets: [BTCUSDT]\nstrategies: [{strategy: watching}]", "1:11",
            "expected a section of keys"),
        .init(market: "name: ''", "2:11", "it is empty"),
        .init(market: "name: BTC USDT", "2:11", "' ' is not accepted in a name"),
        .init(market: "name: -BTC", "2:11", "it begins with neither letter nor digit"),
        .init(
            market: "name: \(String(repeating: "A", count: 33))", "2:11", "it is longer than 32 characters"),
        .init(market: "base: Bé", "2:11", "'é' is not accepted in a name"),
        .init(market: "base: ~", "2:11", "'markets[0].base' has no value"),
        .init(
            market: "quote: BTC", "2:12",
            "'markets[0].quote' is 'BTC' as 'base' is: a market trades one asset"),
        .init(market: "tick: 0", "2:11", "it is too small"),
        .init(market: "tick: -0.01", "2:11", "it is too small"),
        .init(market: "tick: 1e-2", "2:11", "an exponent is not accepted; expected a price"),
        .init(market: "tick: 0.0000000000001", "2:11", "it has more than 12 digits after the point"),
        .init(market: "tick: 1000", "2:11", "is 1000, which does not go with the start price 60000"),
        .init(market: "lot: 0", "2:10", "it is too small"),
        .init(market: "lot: 2000000000", "2:10", "it is too large"),
        .init(market: "minimum: 0.000015", "2:14", "is 0.000015, not a multiple of 'lot' (0.00001)"),
        .init(market: "minimum: 0", "2:14", "it is too small"),
        .init(market: "minimum_notional: -1", "2:23", "expected a notional of 0 or more"),
        .init(market: "maker_fee: -0.011", "2:16", "it is too small; expected a rate from -0.01 to 0.1"),
        .init(market: "taker_fee: 0.2", "2:16", "it is too large"),
        .init(market: "taker_fee: 0.1%", "2:16", "write 0.001 for 0.1%"),
        .init(market: "start_price: 0", "2:18", "it is too small"),
        .init(market: "start_price: 0.1", "2:18", "is 0.1, which does not go with 'markets[0].tick' (0.01)"),
        .init(
            market: "makr_fee: 0.1", "2:5",
            "unknown key 'makr_fee' in 'markets[0]'; did you mean 'maker_fee'?"),
        .init(
            text: "markets:\n  - {name: A, base: B, quote: C, tick: 1}\nstrategies: [{strategy: watching}]",
            "2:5",
            "'lot' is missing in 'markets[0]'; expected a quantity"),
    ]

    private static let portfolio: [BrokenSession] = [
        .init(
            markets: "name: BTCUSDT, base: BTC, quote: USDT", strategies: "[{strategy: watching}]", "9:12",
            "'markets[1].name' is 'BTCUSDT', the name of 'markets[0].name' already"),
        .init(
            markets: "name: ETHEUR, base: ETH, quote: EUR", strategies: "[{strategy: watching}]", "9:38",
            "is 'EUR', and 'BTCUSDT' is paid in 'USDT': profit and drawdown are counted in one asset"),
        .init(
            markets: "name: ETHUSDT, base: ETH, quote: USDT",
            strategies: "[{strategy: watching, markets: [BTCUSDT, ETHUSD]}]", "10:54",
            "'strategies[0].markets[1]' is 'ETHUSD': there is no such market"),
        .init(
            markets: "name: ETHUSDT, base: ETH, quote: USDT",
            strategies: "[{strategy: watching, name: a}, {strategy: quoting, name: a}]", "10:71",
            "'strategies[1].name' is 'a', the name of 'strategies[0].name' already"),
    ]

    private static let balances: [BrokenSession] = [
        .init(
            "balances: {BTC: 1, USDC: 5}", "1:20",
            "unknown asset 'USDC' in 'balances'; did you mean 'USDT'?"),
        .init("balances: {BTC: -1}", "1:17", "it is too small; expected an amount of 0 or more"),
        .init("balances: {BTC: lots}", "1:17", "it is not a number"),
        .init("balances: [BTC]", "1:11", "'balances' is a list; expected a section of keys"),
    ]

    private static let strategies: [BrokenSession] = [
        .init(text: SessionSample.markets, "1:1", "'strategies' is missing at the top level"),
        .init(text: SessionSample.markets + "strategies: []", "7:13", "'strategies' has 0 items"),
        .init(
            text: SessionSample.markets + "strategies: ["
                + Array(repeating: "{strategy: watching}", count: 65)
                .joined(separator: ", ") + "]", "7:13", "'strategies' has 65 items"),
        .init(
            strategy: "strategy: qoting", "2:15",
            "expected 'quoting' or 'watching'; did you mean 'quoting'?"),
        .init(
            text: SessionSample.markets + "strategies: [{name: a}]", "7:14",
            "'strategy' is missing in 'strategies[0]'"),
        .init(strategy: "name: a b", "2:11", "' ' is not accepted in a name"),
        .init(strategy: "name: a/b", "2:11", "'/' is not accepted in a name"),
        .init(
            strategy: "markets: []", "2:14",
            "'strategies[0].markets' has 0 items; expected a list of 1 to 1024"),
        .init(strategy: "markets: BTCUSDT", "2:14", "write '- ' before each item"),
        .init(
            strategy: "markets: [BTCUSD]", "2:15",
            "there is no such market; expected the name of a market of 'markets'"),
        .init(
            strategy: "markets: [BTCUSDT, BTCUSDT]", "2:24",
            "'strategies[0].markets[1]' is 'BTCUSDT', which is in the list"),
        .init(
            strategy: "market: [BTCUSDT]", "2:5",
            "unknown key 'market' in 'strategies[0]'; did you mean 'markets'?"),
    ]

    private static let parameters: [BrokenSession] = [
        .init(strategy: "parameters: 3", "2:17", "'strategies[0].parameters' is the single value '3'"),
        .init(
            strategy: "parameters: {spred: 0.1}", "2:18",
            "unknown key 'spred' in 'strategies[0].parameters'; did you mean 'spread'?"),
        .init(strategy: "parameters: {spread: wide}", "2:26", "it is not a number"),
        .init(strategy: "parameters: {spread: 1}", "2:26", "expected a number from 1e-05 to 0.1"),
        .init(strategy: "parameters: {levels: 11}", "2:26", "expected a whole number from 1 to 10"),
        .init(strategy: "parameters: {levels: 2.5}", "2:26", "a fraction is not accepted"),
        .init(strategy: "parameters: {passive: yes}", "2:27", "only true and false are accepted"),
        .init(strategy: "parameters: {pause: 10}", "2:25", "the unit is missing"),
        .init(
            strategy: "parameters: {pause: 2m}", "2:25",
            "it is too large; expected an interval from 0s to 60s"),
        .init(
            strategy: "parameters: {floor: -1}", "2:25", "it is too small; expected a price from 0 to 1000000"
        ),
        .init(strategy: "parameters: {size: 0}", "2:24", "it is too small; expected a quantity"),
        .init(strategy: "parameters: {budget: 1_000}", "2:26", "underscores are not accepted"),
        .init(strategy: "parameters: {style: wild}", "2:25", "expected 'calm' or 'eager'"),
        .init(
            text: SessionSample.markets + "strategies: [{strategy: watching, parameters: {a: 1}}]", "7:48",
            "unknown key 'a'"),
    ]

    private static let risk: [BrokenSession] = [
        .init("risk: {order_quantity_max: 0}", "1:28", "expected a quantity above 0"),
        .init("risk: {order_notional_max: -5}", "1:28", "expected a notional above 0"),
        .init("risk: {price_band: 5}", "1:20", "it is too large; expected a rate from 0.000001 to 1"),
        .init("risk: {open_orders_max: 5000}", "1:25", "expected a whole number from 1 to 4096"),
        .init("risk: {position_max: 0}", "1:22", "expected a quantity above 0"),
        .init("risk: {order_rate: 50}", "1:20", "write 50/1s"),
        .init("risk: {refusal_rate: ~}", "1:22", "'risk.refusal_rate' has no value; expected a rate"),
        .init("risk: {needs_fresh_quote: 1}", "1:27", "only true and false are accepted"),
        .init("risk: {stale_after: 10ms}", "1:21", "expected an interval from 100ms to 86400s"),
        .init(
            "risk: {drawdown: {warn: 200, halt: 200}}", "1:36",
            "'risk.drawdown.halt' is 200, not above 'warn' (200)"),
        .init(
            "risk: {drawdown: {flatten: 100, reduce_only: 300}}", "1:28",
            "'risk.drawdown.flatten' is 100, not above 'reduce_only' (300)"),
        .init("risk: {drawdown: {panic: 100}}", "1:19", "unknown key 'panic' in 'risk.drawdown'"),
        .init("risk: {daily_loss: 0}", "1:20", "expected a notional above 0"),
        .init("risk: {max_orders: 3}", "1:8", "unknown key 'max_orders' in 'risk'"),
        .init(
            strategy: "risk: {stale_after: 5s}", "2:25",
            "holds for the session as a whole; set it in 'risk'"),
        .init(strategy: "risk: {open_order_max: 5}", "2:12", "did you mean 'open_orders_max'?"),
        .init(
            text: "risk: {drawdown: {halt: 300}}\n" + SessionSample.markets
                + "strategies: [{strategy: watching, risk: {drawdown: {warn: 300}}}]", "8:59",
            "'strategies[0].risk.drawdown.warn' is 300, not below 'halt' of the session (300)"),
        .init(
            text: "risk: {drawdown: {warn: 100}}\n" + SessionSample.markets
                + "strategies: [{strategy: watching, risk: {drawdown: {halt: 50}}}]", "8:59",
            "'strategies[0].risk.drawdown.halt' is 50, not above 'warn' of the session (100)"),
    ]

    private static let rest: [BrokenSession] = [
        .init("simulation: {latency: {feed: 5}}", "1:30", "the unit is missing"),
        .init(
            "simulation: {latency: {order: -5ms}}", "1:31",
            "it is too small; expected an interval from 0s to 60s"),
        .init("simulation: {latency: 5ms}", "1:23", "expected a section of keys"),
        .init("simulation: {queue: lucky}", "1:21", "expected 'pessimistic', 'proportional' or 'optimistic'"),
        .init("simulation: {queu: optimistic}", "1:14", "did you mean 'queue'?"),
        .init("journal: {folder: ''}", "1:19", "it is empty"),
        .init(
            "journal: {tape: on}", "1:17",
            "only true and false are accepted; expected true or false; write true"),
        .init("journal: {durability: disk}", "1:23", "expected 'process' or 'power'"),
        .init("journal: ~", "1:10", "'journal' has no value; expected a section of keys"),
        .init("seed: 1\nseed: 2", "2:1", "duplicate key 'seed'"),
    ]
}
