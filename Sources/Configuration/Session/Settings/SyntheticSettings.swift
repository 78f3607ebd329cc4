import MarketModel
import Quantities
import Simulation

/// The shape of the embedded market, the same for each market of the session.
package struct SyntheticSettings: Equatable, Sendable {
    /// The price at the start of markets that name none of their own, in the quote asset.
    package var price = Price(60_000)
    /// The mean value of an order, in the quote asset.
    package var orderValue = Notional(2_000)
    /// The distance between best bid and best ask of a quiet market, in ticks.
    package var spreadTicks = 1
    /// About how many price levels stand on each side.
    package var depthLevels = 30
    /// Orders, cancels and trades per second of market time, on the average.
    package var eventsPerSecond = 100.0
    /// The standard deviation of a year's return: 0.6 is 60 %.
    package var volatility = 0.6
    /// How strongly trades and volatility come in clusters: 0 is not at all.
    package var clustering = 0.6

    package static let prices = DecimalBounds<Price>.between("0.000000000001", "1000000000")
    package static let orderValues = DecimalBounds<Notional>.between("0.000001", "1000000000")
    package static let spreadTicksRange = 1...1_000
    package static let depthLevelsRange = 5...200
    package static let eventsPerSecondRange = 0.1...10_000.0
    package static let volatilityRange = 0.0...10.0
    package static let clusteringRange = 0.0...0.9

    package init() {}

    /// The synthetic market that takes the place of a market with these rules.
    ///
    /// - Parameter startPrice: of this market; nil is the price of all.
    package func configuration(
        for market: MarketID, _ rules: MarketRules, startPrice: Price? = nil, startsAt: Instant
    ) -> SyntheticMarketConfiguration {
        let price = startPrice ?? price
        var configuration = SyntheticMarketConfiguration(
            market: market, startsAt: startsAt, startPrice: price, tick: rules.tick, lot: rules.lot,
            typicalQuantity: typicalQuantity(rules.lot, at: price))
        configuration.spreadTicks = spreadTicks
        configuration.depthLevels = depthLevels
        configuration.eventsPerSecond = eventsPerSecond
        configuration.annualVolatility = volatility
        configuration.clustering = clustering
        return configuration
    }

    /// What the order value buys at the price, in whole lots, as far as the market takes it.
    private func typicalQuantity(_ lot: Quantity, at price: Price) -> Quantity {
        let most = min(lot * 1_000_000_000, Quantity(1_000_000_000_000).rounded(to: lot, .down))
        do throws(ArithmeticError) {
            let exact = try orderValue.divided(by: price, .down)
            return min(max(exact.rounded(to: lot, .down), lot), most)
        } catch {
            return most
        }
    }

    var effectiveLines: [String] {
        [
            "price: \(price)", "order_value: \(orderValue)", "spread_ticks: \(spreadTicks)",
            "depth_levels: \(depthLevels)",
            "events_per_second: \(EffectiveText.number(eventsPerSecond))",
            "volatility: \(EffectiveText.number(volatility))",
            "clustering: \(EffectiveText.number(clustering))",
        ]
    }
}
