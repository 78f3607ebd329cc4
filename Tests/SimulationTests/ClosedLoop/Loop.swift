import MarketModel
import Quantities
import Runtime
import Simulation
import StrategyKit
import TradingCore
import VenueKit

/// An engine with one strategy and a simulated venue around one market, joined as a session joins them.
enum Loop {
    static let start = Instant(milliseconds: 86_400_000_000)

    struct Rules {
        var limits = VenueLimits.coinExV1
        var latency = VenueLatency.none
        var queue = QueueModel.pessimistic
        var makerFee = FeeRate.zero
        var takerFee = FeeRate.zero
    }

    static func market(_ rules: Rules) throws -> (table: MarketTable, market: Market) {
        var table = MarketTable()
        let market = table.add(
            "OAKPINE", base: "OAK", quote: "PINE",
            rules: MarketRules(
                tick: try Price("0.01"), lot: try Quantity("0.001"), minimumQuantity: try Quantity("0.01"),
                makerFee: rules.makerFee, takerFee: rules.takerFee))
        return (table, market)
    }

    static func session<S: StrategyCallbacks>(
        _ rules: Rules, base: Int, quote: Int, seed: UInt64, _ make: (Market) -> S
    ) throws -> SimulatedSession<S, NoObserver> {
        let (table, market) = try market(rules)
        let desk = Desk(table: table, strategies: 1, seed: seed)
        var risk = RiskLimits()
        risk.openOrdersMax = 1_000
        risk.needsFreshQuote = false
        risk.refusalRate = RateLimit(requests: 1_000_000, window: .seconds(1))
        let floor = TradingFloor(risk: [RiskRules(risk)], limits: rules.limits, desk)
        var limits = rules.limits
        limits.pacingMargin = .zero
        var venue = SimulatedVenue(
            table: table, limits: limits, latency: rules.latency, queue: rules.queue, seed: seed)
        venue.deposit(Amount(base), market.base, at: start)
        venue.deposit(Amount(quote), market.quote, at: start)
        let engine = Engine(strategy: make(market), desk: desk, floor: floor)
        return SimulatedSession(engine: engine, venue: venue, observer: NoObserver())
    }

    static func way(_ base: Int64, jitter: Int64) -> LatencyModel {
        LatencyModel(base: .milliseconds(base), jitter: .milliseconds(jitter))
    }

    /// Three ways with the same jitter, in milliseconds.
    static func latency(feed: Int64, order: Int64, response: Int64, jitter: Int64) -> VenueLatency {
        VenueLatency(
            feed: way(feed, jitter: jitter), order: way(order, jitter: jitter),
            response: way(response, jitter: jitter))
    }
}
