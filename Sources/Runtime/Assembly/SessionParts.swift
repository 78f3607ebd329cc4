import Configuration
import MarketModel
import Quantities
import Simulation
import StrategyKit
import TradingCore
import VenueKit

/// The parts of a session as its configuration describes them.
public struct SessionParts: Sendable {
    package let configuration: SessionConfiguration
    package let table: MarketTable

    package init(_ configuration: SessionConfiguration) {
        self.configuration = configuration
        var table = configuration.marketTable()
        switch configuration.data {
        // The venue takes fees in it, and tells what there is of it.
        case .venue: _ = table.asset("CET")
        case .synthetic, .recording: break
        }
        self.table = table
    }

    /// Where sessions of the embedded market begin: the same time always, so that they can be compared.
    package static var syntheticStart: Instant { Instant(milliseconds: 1_767_225_600_000) }

    /// The engine around a strategy, or around an ensemble of all of them.
    @inlinable
    package func makeEngine<S: StrategyCallbacks>(_ strategy: S) -> Engine<S> {
        let desk = makeDesk()
        let floor = makeFloor(desk)
        return Engine(strategy: strategy, desk: desk, floor: floor)
    }

    @usableFromInline package func makeDesk() -> Desk {
        Desk(
            table: table, strategies: configuration.strategies.count, seed: configuration.seed,
            staleAfter: configuration.risk.staleAfter)
    }

    @usableFromInline
    package func makeFloor(_ desk: borrowing Desk) -> TradingFloor {
        var limits = configuration.venue.limits
        switch configuration.data {
        case .synthetic, .recording:
            limits.pacingMargin = configuration.simulation.latency.model.arrivalSpread
        case .venue: limits.pacingMargin = Self.venuePacingMargin
        }
        return TradingFloor(
            risk: configuration.strategies.map { selection in
                RiskRules(selection.risk, watched: markets(selection.watched).map(\.id))
            }, limits: limits, desk)
    }

    /// How much requests on a real way may be pressed together: what the venue sees is not when they left.
    package static var venuePacingMargin: Interval { .milliseconds(50) }

    /// How long before the session the paper money comes in: the strategies start with it, however slow the
    /// messages are.
    package static var depositLead: Interval { .minutes(60) }

    /// The simulated venue with the paper money in it; synthetic markets are opened at `now`.
    @usableFromInline package func makeVenue(at now: Instant) throws -> SimulatedVenue {
        var seeds = SeededRandom(seed: configuration.seed)
        var venue = SimulatedVenue(
            table: table, limits: configuration.venue.limits, latency: configuration.simulation.latency.model,
            queue: configuration.simulation.queue, seed: seeds.next())
        var assets = table
        for balance in configuration.balances {
            venue.deposit(balance.amount, assets.asset(balance.asset), at: now - Self.depositLead)
        }
        switch configuration.data {
        case .synthetic(let settings):
            for (market, described) in zip(table.markets, configuration.markets) {
                let seed = seeds.next()
                let following = described.follows.flatMap { self.following($0) }
                if described.source == .binanceOptions, let following {
                    venue.add(
                        SyntheticOption(
                            market.id, on: following.market, tick: market.rules.tick, startsAt: now))
                    continue
                }
                var shape = settings.configuration(
                    for: market.id, market.rules, startPrice: described.startPrice, startsAt: now)
                shape.following = following
                venue.add(try SyntheticMarket(configuration: shape, seed: seed), at: now)
            }
        case .recording, .venue: break
        }
        return venue
    }

    /// The same with the session's numbers of markets; nil where one is not of the session.
    private func following(_ settings: FollowSettings) -> SyntheticFollowing? {
        guard let market = table.market(named: settings.market)?.id else { return nil }
        var following = SyntheticFollowing(
            market, over: settings.over.flatMap { table.market(named: $0)?.id })
        following.lag = settings.lag
        following.deviation = settings.deviation / 10_000
        following.halfLife = settings.halfLife
        return following
    }

    /// What each strategy is given.
    package func setup(_ selection: StrategySelection) -> StrategySetup {
        StrategySetup(markets: markets(selection.markets), watched: markets(selection.watched))
    }

    private func markets(_ names: [String]) -> [Market] { names.compactMap { table.market(named: $0) } }

    /// The markets of the venue that is traded at.
    package var venueTable: MarketTable {
        table.prefix(markets: configuration.markets.prefix { $0.source == nil }.count)
    }

    /// The markets that a source brings, under its names for them.
    package func listings(of source: SourceVenue) -> [VenueListing] {
        zip(configuration.markets, table.markets).filter { $0.0.source == source }
            .map { VenueListing($0.0.symbol, $0.1.id) }
    }

    /// All strategies together.
    package func makeEnsemble(_ bindings: [StrategyBinding]) throws -> Ensemble {
        var ensemble = Ensemble(markets: table.markets.count)
        for selection in configuration.strategies {
            let binding = try binding(selection, bindings)
            let setup = setup(selection)
            ensemble.add(
                try binding.make(selection.parameters, setup),
                markets: (setup.markets + setup.watched).map(\.id))
        }
        return ensemble
    }

    package func binding(
        _ selection: StrategySelection, _ bindings: [StrategyBinding]
    ) throws(RunError) -> StrategyBinding {
        guard let binding = bindings.first(where: { $0.description.name == selection.strategy }) else {
            throw .unknownStrategy(selection.strategy)
        }
        return binding
    }
}
