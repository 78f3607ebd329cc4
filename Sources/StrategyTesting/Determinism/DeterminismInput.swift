import MarketModel
import Quantities
import Simulation

/// The market that a strategy is to decide twice about.
public struct DeterminismInput: Sendable {
    enum Kind: Sendable {
        case tape(String)
        case events([MarketEvent])
        case synthetic(SyntheticCrowd, duration: Interval)
    }

    let kind: Kind

    /// The market column of a tape; what it expects does not count.
    public static func tape(_ text: String) -> DeterminismInput { DeterminismInput(kind: .tape(text)) }

    /// Events in the order of their time, none before `startTime`.
    public static func events(_ events: [MarketEvent]) -> DeterminismInput {
        DeterminismInput(kind: .events(events))
    }

    /// The embedded market, in which the strategy's orders meet those of a seeded crowd.
    public static func synthetic(
        _ crowd: SyntheticCrowd = SyntheticCrowd(), duration: Interval = .minutes(5)
    ) -> DeterminismInput {
        DeterminismInput(kind: .synthetic(crowd, duration: duration))
    }

    /// When sessions of tests begin.
    public static var startTime: Instant { TapeClock.start }
}

/// What the crowd of a synthetic market is like.
public struct SyntheticCrowd: Sendable {
    public var seed: UInt64 = 1
    /// At least 100 ticks.
    public var price = Price(100)
    /// The mean size of an order.
    public var typicalQuantity = Quantity(1)
    /// 1 to 1,000.
    public var spreadTicks = 2
    /// 0.1 to 10,000.
    public var eventsPerSecond = 20.0
    /// Standard deviation of a year's returns: 0 to 10.
    public var annualVolatility = 2.0

    public init() {}
    public init(_ change: (inout SyntheticCrowd) throws -> Void) rethrows { try change(&self) }

    func market(_ market: Market) throws -> SyntheticMarket {
        var configuration = SyntheticMarketConfiguration(
            market: market.id, startsAt: TapeClock.start, startPrice: price, tick: market.rules.tick,
            lot: market.rules.lot, typicalQuantity: typicalQuantity)
        configuration.spreadTicks = spreadTicks
        configuration.eventsPerSecond = eventsPerSecond
        configuration.annualVolatility = annualVolatility
        return try SyntheticMarket(configuration: configuration, seed: seed)
    }
}
