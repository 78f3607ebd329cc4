import MarketModel
import Quantities

/// Everything that a session is started with, checked and complete.
///
/// It is made by `read(path:strategies:)` from a YAML file; whatever the file leaves out has its default,
/// except the markets and the strategies. Paths are relative to the working directory.
package struct SessionConfiguration: Equatable, Sendable {
    /// How long a backtest of a synthetic market lasts that is given no duration: it has no other end.
    package static let syntheticBacktestDuration = Interval.minutes(60)
    /// The durations that can be asked for.
    package static let durations = Interval.milliseconds(1)...Interval.minutes(366 * 24 * 60)
    /// The seeds that can be asked for.
    package static let seeds = 0...Int.max

    package var mode = SessionMode.paper
    /// The seed of everything that is random in the session.
    package var seed: UInt64 = 1
    /// How much market time the session lasts; nil until it is stopped, or the data ends.
    package var duration: Interval?
    /// How fast market time passes on paper.
    package var pace = Pace.normal
    package var venue = VenueSettings()
    /// How the venue is reached, where its own data are used.
    package var connection = ConnectionSettings()
    /// Where market data come from beside that venue, each once; those that a market names.
    package var sources: [SourceSettings] = []
    package var data = DataSettings.synthetic(SyntheticSettings())
    /// At least one, at most `MarketID.marketsMax`; names are unique. Those of the venue that is traded at come first.
    package var markets: [MarketSettings]
    /// The paper money, in the order of the assets of `marketTable()`.
    package var balances: [PaperBalance] = []
    /// At least one, at most `StrategyID.strategiesMax`; labels are unique.
    package var strategies: [StrategySelection]
    package var risk = RiskSettings()
    package var simulation = SimulationSettings()
    package var journal = JournalSettings()

    package init(markets: [MarketSettings], strategies: [StrategySelection]) {
        self.markets = markets
        self.strategies = strategies
    }

    /// The markets and their assets, numbered in the order of the configuration.
    package func marketTable() -> MarketTable {
        var table = MarketTable()
        for market in markets {
            table.add(market.name, base: market.base, quote: market.quote, rules: market.rules)
        }
        // Profit is counted in what the first market is paid in that is traded.
        let first = markets.first { market in strategies.contains { $0.markets.contains(market.name) } }
        if let first { table.count(in: table.asset(first.quote)) }
        return table
    }
}
