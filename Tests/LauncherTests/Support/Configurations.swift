/// Configurations of one market, BTCUSDT, for the programs under test.
enum Configurations {
    static func text(
        strategy: String = "market-maker", duration: String? = "2m", pace: String = "max",
        folder: String = "runs", extra: String = ""
    ) -> String {
        """
        mode: paper
        \(duration.map { "duration: \($0)" } ?? "# no duration")
        pace: \(pace)
        data: {source: synthetic, synthetic: {price: 60000, events_per_second: 40}}
        markets:
          - {name: BTCUSDT, base: BTC, quote: USDT, tick: 0.01, lot: 0.00001, minimum: 0.0001}
        balances: {BTC: 1, USDT: 100000}
        strategies:
          - {strategy: \(strategy), markets: [BTCUSDT]}
        journal: {folder: \(folder)}
        \(extra)
        """
    }
}
