import Configuration
import MarketModel
import Quantities
import StrategyKit

/// A strategy with a parameter of every kind.
struct Quoting: Strategy {
    enum Style: String, CaseIterable {
        case calm, eager
    }

    struct Parameters: StrategyParameters {
        var spread = 0.0005
        var levels = 3
        var isPassive = true
        var pause = Interval.milliseconds(250)
        var floor = Price(1)
        var size = Quantity(raw: 1_000_000_000)
        var budget = Notional(1_000)
        var style = Style.calm

        static var schema: [Parameter<Self>] {
            [
                .number(
                    "spread", \.spread, in: 0.00001...0.1, unit: "of the price", "Distance of the quotes."),
                .integer("levels", \.levels, in: 1...10, "Quotes on each side."),
                .flag("passive", \.isPassive, "Whether it only adds liquidity."),
                .interval("pause", \.pause, in: .zero...Interval.minutes(1), "Time between two quotes."),
                .price("floor", \.floor, in: .zero...Price(1_000_000), "Lowest quote."),
                .quantity("size", \.size, in: Quantity(raw: 1)...Quantity(100), "Size of a quote."),
                .notional("budget", \.budget, in: .zero...Notional(1_000_000), "Value at work."),
                .choice("style", \.style, "How it quotes."),
            ]
        }
    }

    static let name = "quoting"
    init(_ parameters: Parameters, _ setup: StrategySetup) {}
}

/// A strategy without parameters.
struct Watching: Strategy {
    struct Parameters: StrategyParameters {
        static var schema: [Parameter<Self>] { [] }
    }

    static let name = "watching"
    init(_ parameters: Parameters, _ setup: StrategySetup) {}
}

/// Files for the tests, and what the reader says of them.
enum SessionSample {
    static let strategies = [StrategyDescription(Quoting.self), StrategyDescription(Watching.self)]

    static let markets = """
        markets:
          - name: BTCUSDT
            base: BTC
            quote: USDT
            tick: 0.01
            lot: 0.00001

        """

    static let minimal = markets + "strategies: [{strategy: watching}]\n"

    static let complete = """
        mode: paper
        seed: 7
        duration: 90s
        pace: max
        venue: coinex
        limits:
          place: 30/2s
          cancel: 30/2s
          batch: 10/2s
          query: 50/2s
          total: 200/1s
          cancel_reserve: 20
          batch_size: 50
        data:
          source: synthetic
          synthetic:
            price: 61000.5
            order_value: 1500
            spread_ticks: 2
            depth_levels: 40
            events_per_second: 250.5
            volatility: 0.75
            clustering: 0.5
        markets:
          - name: BTCUSDT
            base: BTC
            quote: USDT
            tick: 0.01
            lot: 0.00001
            minimum: 0.0001
            minimum_notional: 5
            maker_fee: -0.0002
            taker_fee: 0.001
          - {name: ETHUSDT, base: ETH, quote: USDT, tick: 0.01, lot: 0.0001}
        balances: {USDT: 250000.5, BTC: 1}
        strategies:
          - strategy: quoting
            name: mm-btc
            markets: [BTCUSDT]
            parameters:
              style: eager
              spread: 1e-3
              levels: 5
              passive: false
              pause: 1.5s
              floor: 10000
              size: 0.002
              budget: 500.25
            risk: {order_rate: 5/1s, open_orders_max: 4, drawdown: {warn: 50, halt: 250}}
          - strategy: watching
          - strategy: watching
        risk:
          order_quantity_max: 2
          order_notional_max: 50000
          price_band: 0.05
          open_orders_max: 20
          position_max: 3
          order_rate: 50/1s
          refusal_rate: 20/1s
          needs_fresh_quote: false
          stale_after: 5s
          drawdown: {warn: 100, reduce_only: 200, halt: 300, flatten: 400}
          daily_loss: 500
        simulation:
          latency: {feed: 1ms, order: 2ms, response: 3ms, jitter: 0s}
          queue: optimistic
        journal:
          folder: "my runs"
          tape: true
          ledger: false
          durability: power

        """

    static func read(_ text: String, _ overrides: SessionOverrides = SessionOverrides())
        throws(InvalidConfiguration) -> SessionReading
    {
        try SessionConfiguration.read(
            text: text, name: "x.yaml", strategies: strategies, overrides: overrides)
    }

    /// What is wrong with a text, one line each, in the order of the file; warnings too.
    static func faults(_ text: String) -> [String] {
        do {
            return try read(text).warnings.map(\.description)
        } catch {
            return error.diagnostics.map(\.description)
        }
    }
}
