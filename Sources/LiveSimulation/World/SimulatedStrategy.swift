import StrategyKit

/// A strategy of a simulated bot, and the markets that it trades.
package struct SimulatedStrategy: Sendable {
    package var name: String
    /// Names out of `SimulatedMarkets`.
    package var markets: [String]
    /// Whether it has orders at the venue whenever all is well.
    package var quotes: Bool
    package var make: @Sendable (StrategySetup) throws -> any StrategyCallbacks

    package init(
        _ name: String, markets: [String], quotes: Bool = false,
        make: @escaping @Sendable (StrategySetup) throws -> any StrategyCallbacks
    ) {
        self.name = name
        self.markets = markets
        self.quotes = quotes
        self.make = make
    }
}
