import Testing

/// A line in a sound session, and who refuses it.
struct SchemaVerdict: CustomTestStringConvertible {
    enum Refused {
        /// A good line.
        case byNobody
        case byBoth
        /// It concerns several values, or what a pattern cannot tell.
        case byReaderAlone
    }

    let refused: Refused
    let text: String

    var testDescription: String { text.debugDescription }

    static func top(_ refused: Refused, _ lines: [String]) -> [SchemaVerdict] {
        lines.map { .init(refused: refused, text: session(top: $0)) }
    }

    static func market(_ refused: Refused, _ lines: [String]) -> [SchemaVerdict] {
        lines.map { .init(refused: refused, text: session(market: ", " + $0)) }
    }

    static func strategy(_ refused: Refused, _ lines: [String]) -> [SchemaVerdict] {
        lines.map { .init(refused: refused, text: session(strategy: ", " + $0)) }
    }

    static func parameters(_ refused: Refused, _ lines: [String]) -> [SchemaVerdict] {
        strategy(refused, lines.map { "parameters: {\($0)}" })
    }

    private static func session(top: String = "seed: 1", market: String = "", strategy: String = "") -> String
    {
        """
        \(top)
        markets:
          - {name: BTCUSDT, base: BTC, quote: USDT, tick: 0.01, lot: 0.00001\(market)}
        strategies:
          - {strategy: market-maker\(strategy)}

        """
    }
}

extension SchemaVerdict {
    static let corpus = runs + sections + limits + markets + strategies

    private static let runs =
        top(
            .byNobody,
            [
                "mode: backtest", "seed: 9223372036854775807", "pace: max", "pace: 0.5", "duration: 1.5h",
                "duration: '90s'", "venue: coinex",
            ])
        + top(
            .byBoth,
            [
                "mode: papr", "mode: ~", "mod: paper", "seed: -1", "seed: 1.5", "seed: '7'", "seed: many",
                "duration: 60", "duration: soon", "duration: 1 h", "duration: 01h", "pace: fast", "pace: 0",
                "pace: '2'", "venue: binance", "markets_: []",
            ])
        + top(.byReaderAlone, ["duration: 0s", "duration: 400d", "seed: 1e3", "pace: 01"])

    private static let sections =
        top(
            .byNobody,
            [
                "data: {source: recording, files: [a.gz, 'b.gz', 7]}",
                "data: {synthetic: {price: '61000.5'}}",
                "data: {source: synthetic, synthetic: {volatility: 0, spread_ticks: 2}}", "data: {}",
                "balances: {BTC: 1, USDT: '5.5'}", "balances: {}", "journal: {folder: 2024, tape: false}",
                "simulation: {latency: {feed: 1.5ms, jitter: 0s}, queue: optimistic}",
            ])
        + top(
            .byBoth,
            [
                "data: synthetic", "data: {source: live}", "data: {source: recording}", "data: {files: [a]}",
                "data: {source: recording, files: []}", "data: {source: recording, files: [a, a]}",
                "data: {source: recording, files: a}", "data: {source: recording, files: [~]}",
                "data: {synthetic: {prize: 1}}", "data: {synthetic: {price: 0}}",
                "data: {synthetic: {price: high}}", "data: {synthetic: {spread_ticks: 0}}",
                "data: {synthetic: {spread_ticks: 1.5}}", "data: {synthetic: {volatility: 60%}}",
                "balances: {BTC: -1}", "balances: {BTC: lots}", "balances: [BTC]", "balances: {BTC: '1e3'}",
                "simulation: {latency: {feed: 5}}", "simulation: {latency: 5ms}",
                "simulation: {queue: lucky}",
                "simulation: {queu: optimistic}", "journal: {tape: on}", "journal: {tape: 'true'}",
                "journal: ~", "journal: {durability: disk}", "journal: {folder: ''}",
            ])
        + top(
            .byReaderAlone,
            [
                "balances: {DOGE: 1}", "data: {synthetic: {price: 0.5}}", "journal: {tape: True}",
                "simulation: {latency: {feed: 2m}}", "simulation: {latency: {order: -5ms}}",
            ])

    private static let limits =
        top(
            .byNobody,
            [
                "limits: {place: 30/2s, cancel_reserve: 20}", "risk: {price_band: 0.05, order_rate: 50/1s}",
                "risk: {drawdown: {warn: 100, halt: '300'}, daily_loss: 5, stale_after: 5s}",
            ])
        + top(
            .byBoth,
            [
                "limits: {place: 60}", "limits: {place: 60/s}", "limits: {place: fast}",
                "limits: {plase: 6/1s}",
                "limits: {batch_size: 0}", "risk: {price_band: 5}", "risk: {position_max: 0}",
                "risk: {position_max: -1}", "risk: {open_orders_max: 5000}", "risk: {needs_fresh_quote: 1}",
                "risk: {order_rate: 50}", "risk: {stale_after: 5}", "risk: {drawdown: {panic: 1}}",
                "risk: {drawdown: 100}", "risk: {max_orders: 3}",
            ])
        + top(
            .byReaderAlone,
            [
                "limits: {place: 0/2s}", "limits: {place: 6/2d}",
                "limits: {total: 50/1s, cancel_reserve: 50}",
                "risk: {drawdown: {warn: 200, halt: 100}}", "risk: {stale_after: 10ms}",
            ])

    private static let markets =
        market(.byNobody, ["maker_fee: -0.0002", "minimum: '0.0001'", "minimum_notional: 5"])
        + market(
            .byBoth,
            [
                "makr_fee: 0", "maker_fee: 0.2", "taker_fee: 0.1%", "minimum: many", "minimum: 0",
                "minimum_notional: -1", "minimum: ~",
            ])
        + market(
            .byReaderAlone, ["minimum: 0.000015", "taker_fee: 1e-3", "minimum_notional: 0.1234567890123"])
        + [
            .init(refused: .byBoth, text: "markets: []\nstrategies: [{strategy: market-maker}]\n"),
            .init(refused: .byBoth, text: "markets: [BTCUSDT]\nstrategies: [{strategy: market-maker}]\n"),
            .init(refused: .byBoth, text: "strategies: [{strategy: market-maker}]\n"),
            .init(refused: .byBoth, text: "just words\n"), .init(refused: .byBoth, text: "[]\n"),
        ]

    private static let strategies =
        strategy(
            .byNobody,
            [
                "name: 12, markets: [BTCUSDT]", "risk: {open_orders_max: 4}", "parameters: {}",
                "parameters: {order_size: '0.02', horizon: 90s, cover_fees: false, risk_aversion: 1e-3}",
            ])
        + strategy(
            .byBoth,
            [
                "name: a b", "name: -a", "markets: []", "markets: BTCUSDT", "markets: [BTCUSDT, BTCUSDT]",
                "market: [BTCUSDT]", "risk: {stale_after: 5s}", "parameters: 3",
            ])
        + strategy(.byReaderAlone, ["markets: [ETHUSDT]"])
        + parameters(
            .byBoth,
            [
                "ordr_size: 1", "fast: 3s", "order_size: 0", "order_size: -1", "order_size: much",
                "cover_fees: 1", "cover_fees: yes", "horizon: 60", "risk_aversion: 101", "fill_depth: 0",
                "fill_depth: '2'", "order_size: ~",
            ])
        + parameters(.byReaderAlone, ["order_size: 0.01234567890123", "order_size: 1e-2", "horizon: 2d"])
        + [
            .init(
                refused: .byBoth,
                text:
                    "markets: [{name: A, base: B, quote: C, tick: 1, lot: 1}]\nstrategies: [{strategy: mm}]\n"
            )
        ]
}
