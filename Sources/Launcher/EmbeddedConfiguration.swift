/// The configuration that a bot runs with when it is given none: a market of its own, no network, no account.
enum EmbeddedConfiguration {
    static let name = "embedded configuration"

    static func text(strategy: String) -> String {
        """
        # Half an hour of a synthetic BTCUSDT market, 300 times as fast as it would pass.
        mode: paper
        seed: 1
        duration: 30m
        pace: 300
        data:
          source: synthetic
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
          - strategy: \(strategy)
            markets: [BTCUSDT]
        """
    }
}
