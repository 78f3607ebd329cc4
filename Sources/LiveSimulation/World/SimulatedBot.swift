import CoinExVenue
import LiveTrading
import MarketModel
import Quantities
import StrategyKit
import TradingCore
import VenueKit
import WireCodecs

/// The bot of a simulated world, from a start to a kill. Confined to the thread of its world.
final class SimulatedBot {
    var session: LiveSession<Ensemble, SimulatedLink, WorldObserver>
    /// The number of its start, from 1.
    let start: Int
    /// What an action carries.
    var wire = WireBuffer(capacity: 4_096)
    var socket: UInt64?

    init(
        _ engine: consuming Engine<Ensemble>, _ tape: WorldTape, _ plan: SimulationPlan, start: Int,
        settings: LiveSettings, mutant: SimulatedMutant?
    ) {
        self.start = start
        let table = SimulatedMarkets.table
        var linkSettings = CoinExLinkSettings(
            table, naming: SimulatedMarkets.naming, credentials: SimulatedMarkets.credentials,
            api: plan.api, bookLimit: 5)
        linkSettings.pacingMargin = plan.pacingMargin
        let link = CoinExLink(
            table, linkSettings, random: SeededRandom(seed: plan.seed).stream(UInt64(start)))
        session = LiveSession(
            engine: engine, link: SimulatedLink(link, mutant), observer: WorldObserver(tape: tape),
            settings: settings)
    }

    /// An engine as a live session has it.
    static func engine(
        _ strategies: [SimulatedStrategy], _ plan: SimulationPlan, _ mutant: SimulatedMutant? = nil
    ) throws -> Engine<Ensemble> {
        let table = SimulatedMarkets.table
        var ensemble = Ensemble(markets: table.markets.count)
        for strategy in strategies {
            let setup = StrategySetup(markets: strategy.markets.compactMap { table.market(named: $0) })
            ensemble.add(try strategy.make(setup), markets: setup.markets.map(\.id))
        }
        let desk = Desk(table: table, strategies: strategies.count, seed: plan.seed)
        var limits = CoinExExecutor.limits(in: plan.api)
        limits.pacingMargin = plan.pacingMargin
        if mutant == .outpaces {
            limits.place.requests *= 10
            limits.batch.requests *= 10
            limits.cancel.requests *= 10
        }
        let floor = TradingFloor(
            risk: strategies.map { _ in RiskRules(SimulatedMarkets.risk()) }, limits: limits, desk)
        var engine = Engine(strategy: ensemble, desk: desk, floor: floor)
        engine.floor.keepsTold = true
        engine.awaitLink()
        return engine
    }
}

extension LiveSession where Link: ~Copyable, Observer: ~Copyable {
    /// Hands over what strategies were told since the last time.
    mutating func takeTold() -> [TradingFloor.Delivery] {
        if engine.floor.told.isEmpty { return [] }
        defer { engine.floor.told.removeAll() }
        return engine.floor.told
    }

    mutating func takeEngineAlerts() -> [Alert] {
        if engine.floor.alerts.isEmpty { return [] }
        defer { engine.floor.alerts.removeAll() }
        return engine.floor.alerts
    }
}
