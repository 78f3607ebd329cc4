import MarketModel
import Quantities
import Runtime
import Simulation
import StrategyKit
import TradingCore
import VenueKit

/// The engine and the simulated venue, joined as in a backtest.
final class SimulatedStage<S: StrategyCallbacks>: TapeStage {
    private var session: SimulatedSession<S, DispatchWatch>

    init(_ strategy: S, _ setup: TapeSetup, _ table: MarketTable, _ log: TapeLog, strategies: Int = 1) {
        let desk = setup.makeDesk(table, strategies: strategies)
        let floor = setup.makeFloor(desk, strategies: strategies)
        let latency = VenueLatency(
            feed: LatencyModel(base: .zero), order: LatencyModel(base: setup.orderLatency),
            response: LatencyModel(base: setup.answerLatency))
        var venue = SimulatedVenue(
            table: table, limits: setup.limits, latency: latency, queue: .pessimistic, seed: setup.seed)
        for (index, amount) in setup.amounts(table).enumerated() where amount.isPositive {
            venue.deposit(amount, AssetID(index), at: TapeClock.start)
        }
        session = SimulatedSession(
            engine: Engine(strategy: strategy, desk: desk, floor: floor), venue: venue,
            observer: DispatchWatch(log))
    }

    func start() { session.start(at: TapeClock.start) }

    func advance(to now: Instant) { session.catchUp(to: now) }

    func feed(_ event: MarketEvent) {
        session.feed(event)
        session.catchUp(to: event.receivedAt)
    }

    func play(_ action: VenueAction, at now: Instant) throws(TapeError) {
        throw action.place.error("the simulated venue decides by itself; add a column 'venue' to play it")
    }

    func stop(at now: Instant) { session.stop(at: now) }

    func look<Result>(_ body: (borrowing Desk) -> Result) -> Result { body(session.engine.desk) }

    var chain: DecisionChain { session.engine.floor.chain }
    var fillCount: Int { session.engine.floor.counters.fills }

    /// Adds a market that a seeded crowd makes.
    func add(_ market: SyntheticMarket) { session.venue.add(market, at: TapeClock.start) }

    /// Lets synthetic markets run.
    func runMarkets(to now: Instant) { _ = session.runMarkets(to: now) }
}

/// Writes down what is sent.
struct DispatchWatch: SessionObserver {
    private let log: TapeLog

    init(_ log: TapeLog) { self.log = log }

    func willStart(at now: Instant) {}
    func willAdvance(to now: Instant) {}
    func willFeed(_ event: MarketEvent) {}
    func willFeed(_ fact: VenueFact, at now: Instant) {}
    func willAdopt(_ adoption: Adoption) {}
    func willResume(_ gap: SequenceGap) {}
    func willHalt(_ step: LadderStep, at now: Instant) {}
    func willStop(at now: Instant) {}
    func didDispatch(_ dispatch: Dispatch) { log.sent(dispatch) }
    func willSend() {}
    func finish(at now: Instant) {}
    var failure: (any Error)? { nil }
    var isBroken: Bool { false }
}
