/// The configuration of a new strategy: it trades on paper at once, and explains every parameter.
struct ConfigurationTemplate {
    private let scaffold: StrategyScaffold

    init(_ scaffold: StrategyScaffold) { self.scaffold = scaffold }

    private var name: ScaffoldName { scaffold.name }

    var text: String {
        """
        # \(name.type) on paper, in a synthetic market or over recorded data:
        #   swift run -c release \(scaffold.bot) configs/\(name.dashed).yaml
        #   swift run -c release \(scaffold.bot) backtest configs/\(name.dashed).yaml --data FILE...
        mode: paper
        seed: 1
        duration: 30m
        pace: 300              # market seconds per second; max = as fast as it goes
        data:
          source: synthetic    # or: recording, with files: [...]
          synthetic: {price: 60000, events_per_second: 40, volatility: 0.6}
        markets:
          - name: BTCUSDT
            base: BTC
            quote: USDT
            tick: 0.01
            lot: 0.00001
            minimum: 0.0001
            maker_fee: 0
            taker_fee: 0.0005
        balances: {BTC: 1, USDT: 100000}
        strategies:
          - strategy: \(name.dashed)
            markets: [BTCUSDT]
            parameters:
              # How much is bought at a time.
              # above 0 (base asset); default 0.001
              quantity: 0.001
              # How far below the best bid it is bought.
              # 0 to 1000 (basis points); default 1
              discount: 1
              # How far above what was paid it is sold, fees not counted.
              # 0 to 1000 (basis points); default 2
              profit: 2
              # How much farther below the bid a buy may fall before it is moved.
              # 0 to 1000 (basis points); default 2
              lag: 2
              # How long to wait after a refused order.
              # 10ms to 1h; default 5s
              refusal_pause: 5s
        risk:
          order_notional_max: 5000
          position_max: 0.1
          price_band: 0.05
          drawdown: {warn: 200, reduce_only: 400, halt: 600, flatten: 800}
        simulation:
          latency: {feed: 5ms, order: 10ms, response: 10ms, jitter: 2ms}
          queue: pessimistic

        """
    }
}
