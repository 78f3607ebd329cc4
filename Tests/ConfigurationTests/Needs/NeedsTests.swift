import Configuration
import MarketModel
import StrategyKit
import Testing

/// What strategies need of their markets, and what a file is told that lacks it.
struct NeedsTests {
    /// Trades in one market with books, reads one that tells marks.
    struct Listening: Strategy {
        static let name = "listening"
        static var needs: StrategyNeeds {
            StrategyNeeds(
                markets: 1...1, watched: 1...2, ofTraded: [.quotes, .book], ofWatched: [.optionMarks],
                orders: [.makerOnly])
        }

        init(_ parameters: NoParameters, _ setup: StrategySetup) {}
    }

    struct NoParameters: StrategyParameters {
        static var schema: [Parameter<Self>] { [] }
    }

    /// Reads trades and tickers of everything.
    struct Reading: Strategy {
        static let name = "reading"
        static var needs: StrategyNeeds {
            StrategyNeeds(markets: 3...3, ofTraded: [.tickers], ofWatched: [.quotes, .trades])
        }

        init(_ parameters: NoParameters, _ setup: StrategySetup) {}
    }

    private static func errors(_ text: String) -> String {
        do {
            let reading = try SessionConfiguration.read(
                text: text, name: "x.yaml",
                strategies: [StrategyDescription(Listening.self), StrategyDescription(Reading.self)])
            return reading.warnings.map(\.description).joined(separator: "\n")
        } catch {
            return error.diagnostics.map(\.description).joined(separator: "\n")
        }
    }

    private static func file(
        mode: String = "mode: paper\ndata: {source: venue}", venues: String = "",
        option: String = "venue: binance-options", strategy: String
    ) -> String {
        """
        \(mode)
        \(venues)
        markets:
          - {name: BTCUSDT, base: BTC, quote: USDT, tick: 0.01, lot: 0.00001}
          - {name: OTHER, base: OTHER, quote: USDT, tick: 0.01, lot: 0.00001}
          - {name: CALL, base: CALL, quote: USDT, tick: 5, lot: 0.01, symbol: BTC-251226-110000-C, \(option)}
        strategies:
          - \(strategy)
        """
    }

    @Test func `what is there is not spoken of`() {
        let text = Self.file(
            venues: "venues: {binance-options: {streams: [marks]}}",
            strategy: "{strategy: listening, markets: [BTCUSDT], watch: [CALL]}")
        #expect(
            Self.errors(text)
                == "x.yaml:6:12: warning: 'markets[1].name' is 'OTHER', which no strategy trades")
    }

    @Test(arguments: [
        (
            "{strategy: listening, markets: [BTCUSDT], watch: [CALL]}",
            "x.yaml:9:55: 'strategies[0].watch[0]' is 'CALL', and listening needs option marks of it: "
                + "'venues.binance-options.streams' does not take them; add marks to these streams"
        ),
        (
            "{strategy: listening, markets: [BTCUSDT], watch: [OTHER]}",
            "x.yaml:9:55: 'strategies[0].watch[0]' is 'OTHER', and listening needs option marks of it: coinex does "
                + "not tell them; a market of 'venue: binance-options' does, with marks in its streams"
        ),
        (
            "{strategy: listening, markets: [BTCUSDT, OTHER], watch: [CALL]}",
            "x.yaml:9:36: 'strategies[0].markets' names 2 markets, and listening trades in 1"
        ),
        (
            "{strategy: listening, markets: [BTCUSDT]}",
            "x.yaml:9:5: 'strategies[0].watch' names no market, and listening reads 1 to 2 beside those that it "
                + "trades in"
        ),
        (
            "{strategy: reading, watch: [CALL]}",
            "x.yaml:9:5: 'strategies[0].markets' names 2 markets, and reading trades in 3; name those that it "
                + "trades in 'markets'"
        ),
    ])
    func `what is lacking is told at its place, with what would do`(strategy: String, message: String) {
        let all = Self.errors(Self.file(strategy: strategy))
        #expect(all.split(separator: "\n").contains { $0 == message }, "\(all)")
    }

    @Test func `the synthetic market tells marks of options that follow a market, and of nothing else`() {
        let strategy = "{strategy: listening, markets: [BTCUSDT], watch: [CALL]}"
        let plain = Self.errors(Self.file(mode: "mode: paper", strategy: strategy))
        #expect(
            plain.contains(
                "the synthetic market does not tell them; write 'venue: binance-options' and 'follows' at the market"
            ), "\(plain)")
        let following = Self.errors(
            Self.file(
                mode: "mode: paper", option: "venue: binance-options, follows: {market: BTCUSDT}",
                strategy: strategy))
        #expect(!following.contains("error") && !following.contains("needs"), "\(following)")
    }

    @Test func `what a recording tells is not known before it is read`() {
        let text = Self.file(
            mode: "mode: backtest\ndata: {source: recording, files: [a]}",
            strategy: "{strategy: listening, markets: [BTCUSDT], watch: [OTHER]}")
        #expect(!Self.errors(text).contains("needs"))
    }

    @Test(arguments: [
        ("{market: BTCUSD}", "which is no market of the session; did you mean 'BTCUSDT'?"),
        ("{market: ETHUSDT}", "is the market itself"),
        ("{market: ETHBTC}", "which follows a market itself: name that one"),
        ("{market: BTCUSDT, lag: 11s}", "'markets[1].follows.lag'"),
        ("{over: BTCUSDT}", "'market' is missing in 'markets[1].follows'"),
    ])
    func `what a market follows has to be there, and go its own way`(follows: String, message: String) {
        let text = """
            markets:
              - {name: BTCUSDT, base: BTC, quote: USDT, tick: 0.01, lot: 0.00001}
              - {name: ETHUSDT, base: ETH, quote: USDT, tick: 0.01, lot: 0.00001, follows: \(follows)}
              - {name: ETHBTC, base: ETH, quote: BTC, tick: 0.01, lot: 0.00001, follows: {market: BTCUSDT}}
            strategies: [{strategy: reading}]
            """
        let all = Self.errors(text)
        #expect(all.contains(message), "\(all)")
    }

    @Test func `profit is counted in one asset, which prices the others`() throws {
        let triangle = """
            markets:
              - {name: ETHUSDT, base: ETH, quote: USDT, tick: 0.01, lot: 0.00001, start_price: 3000}
              - {name: ETHBTC, base: ETH, quote: BTC, tick: 0.00001, lot: 0.00001, start_price: 0.05}
            """
        let priced = "\n  - {name: BTCUSDT, base: BTC, quote: USDT, tick: 0.01, lot: 0.00001}"
        let strategy = "\nstrategies: [{strategy: reading}]\n"
        let alone = Self.errors(triangle + strategy)
        #expect(
            alone.contains(
                "x.yaml:3:38: 'markets[1].quote' is 'BTC', and 'ETHUSDT' is paid in 'USDT': profit and drawdown are "
                    + "counted in one asset, so all traded markets share their quote asset, or a market of the "
                    + "session prices one in the other; trade one of them in a session of its own, or add a market "
                    + "of BTC that is paid in USDT"), "\(alone)")
        let session = try SessionConfiguration.read(
            text: triangle + priced + strategy.replacing("reading", with: "watching"), name: "x.yaml",
            strategies: SessionSample.strategies
        ).configuration
        let table = session.marketTable()
        #expect(table.conversions == [nil, table.market(named: "BTCUSDT")?.id, nil])
    }
}
