import MarketModel
import Quantities

/// What a synthetic market is like.
package struct SyntheticMarketConfiguration: Equatable, Sendable {
    package var market: MarketID
    /// When the market opens.
    package var startsAt: Instant
    /// At least 100 ticks, at most 10^12 ticks and 10^12 units.
    package var startPrice: Price
    package var tick: Price
    package var lot: Quantity
    /// The mean size of an order: at least one lot, at most 10^9 lots.
    package var typicalQuantity: Quantity
    /// The spread of a quiet market: 1 to 1,000 ticks, at most a tenth of the price.
    package var spreadTicks: Int = 1
    /// About how many levels each side shows: 5 to 200.
    package var depthLevels: Int = 30
    /// Steps per second on average (orders, cancels and their followers): 0.1 to 10,000.
    package var eventsPerSecond: Double = 100
    /// Standard deviation of a year's returns: 0 to 10; 0.6 is sixty percent.
    package var annualVolatility: Double = 0.6
    /// How strongly trades and volatility come in clusters: 0 (not at all) to 0.9.
    package var clustering: Double = 0.6
    /// The market whose moves it makes; nil for moves of its own.
    package var following: SyntheticFollowing?

    package init(
        market: MarketID, startsAt: Instant, startPrice: Price, tick: Price, lot: Quantity,
        typicalQuantity: Quantity
    ) {
        self.market = market
        self.startsAt = startsAt
        self.startPrice = startPrice
        self.tick = tick
        self.lot = lot
        self.typicalQuantity = typicalQuantity
    }

    /// The first field that is out of its range, nil when all are in it.
    package var defect: SyntheticMarketError? {
        // Not a step, and `steps(of:)` would trap on it.
        if !tick.isPositive { return .tickOutOfRange }
        if !lot.isPositive { return .lotOutOfRange }
        let startTicks = startPrice.steps(of: tick)
        if !(100...1_000_000_000_000).contains(startTicks)
            || startPrice > Price(1_000_000_000_000)
        {
            return .startPriceOutOfRange
        }
        if !(1...1_000_000_000).contains(typicalQuantity.steps(of: lot))
            || typicalQuantity > Quantity(1_000_000_000_000)
        {
            return .typicalQuantityOutOfRange
        }
        if !(1...1_000).contains(spreadTicks) || spreadTicks > startTicks / 10 {
            return .spreadOutOfRange
        }
        if !(5...200).contains(depthLevels) { return .depthOutOfRange }
        if !(0.1...10_000).contains(eventsPerSecond) { return .eventsPerSecondOutOfRange }
        if !(0...10).contains(annualVolatility) { return .volatilityOutOfRange }
        if !(0...0.9).contains(clustering) { return .clusteringOutOfRange }
        return nil
    }
}

/// The field of a configuration that is out of its range.
package enum SyntheticMarketError: Error, Equatable, Sendable {
    case tickOutOfRange
    case lotOutOfRange
    case startPriceOutOfRange
    case typicalQuantityOutOfRange
    case spreadOutOfRange
    case depthOutOfRange
    case eventsPerSecondOutOfRange
    case volatilityOutOfRange
    case clusteringOutOfRange
}
