import DcaStrategy
import EmaCrossStrategy
import GridStrategy
import MarketMakerStrategy
import MarketModel
import MomentumStrategy
import Quantities
import Runtime
import Simulation
import StopLossStrategy
import StrategyKit
import Testing
import TradingCore
import VenueKit

/// Five minutes in a synthetic market with slow and uneven connections: what must hold at any moment.
struct SyntheticSessionTests {
    private struct Outcome: Equatable {
        var chain: String
        var fills = 0
        var makerFills = 0
        var refusedByRisk = 0
        /// The most living orders of one side at once.
        var crowd = 0
        /// The largest position on either side.
        var reach = Quantity.zero
        var openAtEnd = 0
        var position = Quantity.zero
        var turnover = Notional.zero
        var notices: [String] = []
    }

    private func run<S: Strategy>(
        _ type: S.Type, seed: UInt64, _ change: (inout S.Parameters) -> Void
    ) throws -> Outcome {
        var table = MarketTable()
        let rules = MarketRules(
            tick: try Price("0.01"), lot: try Quantity("0.00001"),
            minimumQuantity: try Quantity("0.0001"), minimumNotional: Notional(5))
        let market = table.add("OAKPINE", base: "OAK", quote: "PINE", rules: rules)
        var parameters = S.Parameters()
        change(&parameters)
        let start = Instant(milliseconds: 1_000_000_000)
        let desk = Desk(table: table, strategies: 1, seed: seed)
        let floor = TradingFloor(risk: [RiskRules(RiskLimits())], limits: .coinExV1, desk)
        let engine = Engine(
            strategy: try S(parameters, StrategySetup(markets: [market])), desk: desk, floor: floor)
        let way = LatencyModel(base: .milliseconds(20), jitter: .milliseconds(200))
        var venue = SimulatedVenue(
            table: table, limits: .coinExV1,
            latency: VenueLatency(feed: way, order: way, response: way), queue: .pessimistic, seed: seed)
        venue.deposit(Amount(1), market.base, at: start)
        venue.deposit(Amount(100_000), market.quote, at: start)
        venue.add(try synthetic(market, start, seed), at: start)
        var session = SimulatedSession(engine: engine, venue: venue, observer: NoObserver())
        session.start(at: start)

        var outcome = Outcome(chain: "")
        for step in 1...1_500 {
            _ = session.runMarkets(to: start + .milliseconds(200) * step)
            let bids = session.engine.desk.openOrders(in: market.id).count { $0.side == .buy }
            let asks = session.engine.desk.openOrders(in: market.id).count { $0.side == .sell }
            outcome.crowd = max(outcome.crowd, bids, asks)
            let position = session.engine.desk.position(market.id)
            outcome.reach = max(outcome.reach, position.quantity.magnitude)
        }
        session.stop(at: start + .minutes(5))
        outcome.chain = session.engine.floor.chain.text
        outcome.fills = session.engine.floor.counters.fills
        outcome.makerFills = session.engine.desk.position(market.id).makerFillCount
        outcome.refusedByRisk = session.engine.floor.counters.refusedByRisk
        outcome.openAtEnd = session.engine.desk.openOrders(in: market.id).count
        outcome.position = session.engine.desk.position(market.id).quantity
        outcome.turnover = session.engine.desk.position(market.id).turnover
        outcome.notices = session.engine.desk.notices.map(\.text)
        return outcome
    }

    private func synthetic(_ market: Market, _ start: Instant, _ seed: UInt64) throws
        -> SyntheticMarket
    {
        var configuration = SyntheticMarketConfiguration(
            market: market.id, startsAt: start, startPrice: Price(60_000), tick: market.rules.tick,
            lot: market.rules.lot, typicalQuantity: try Quantity("0.01"))
        configuration.eventsPerSecond = 20
        configuration.spreadTicks = 10
        configuration.annualVolatility = 2
        return try SyntheticMarket(configuration: configuration, seed: seed)
    }

    @Test(arguments: [1, 2] as [UInt64])
    func `the market maker keeps to one order a side and to its limits`(seed: UInt64) throws {
        let limit = try Quantity("0.003")
        let size = try Quantity("0.001")
        let change = { (parameters: inout MarketMaker.Parameters) in
            parameters.orderSize = size
            parameters.maxInventory = limit
            parameters.riskAversion = 0.1
            parameters.fillDepth = 2
        }
        let outcome = try run(MarketMaker.self, seed: seed, change)
        #expect(outcome.fills > 0)
        #expect(outcome.makerFills == outcome.fills)
        #expect(outcome.crowd == 1)
        #expect(outcome.reach <= limit)
        #expect(outcome.refusedByRisk == 0)
        #expect(outcome.openAtEnd == 0)
        #expect(outcome.notices == [])
        let again = try run(MarketMaker.self, seed: seed, change)
        #expect(again == outcome)
    }

    @Test(arguments: [1, 2] as [UInt64])
    func `the crossing holds one order and at most its quantity`(seed: UInt64) throws {
        let change = { (parameters: inout EmaCross.Parameters) in
            parameters.quantity = Quantity(raw: 50_000_000_000)
            parameters.fast = .seconds(5)
            parameters.slow = .seconds(20)
            parameters.slippage = 0
        }
        let outcome = try run(EmaCross.self, seed: seed, change)
        #expect(outcome.fills > 0)
        #expect(outcome.makerFills == 0)
        #expect(outcome.crowd == 1)
        #expect(outcome.reach <= Quantity(raw: 50_000_000_000))
        #expect(outcome.refusedByRisk == 0)
        #expect(outcome.openAtEnd == 0)
        let again = try run(EmaCross.self, seed: seed, change)
        #expect(again == outcome)
    }

    @Test(arguments: [1, 2] as [UInt64], [Grid.Recentring.never, .both])
    func `the grid never holds more than its cells`(seed: UInt64, recentre: Grid.Recentring) throws {
        let size = try Quantity("0.001")
        let change = { (parameters: inout Grid.Parameters) in
            parameters.orderSize = size
            parameters.levels = 4
            parameters.spacing = 1
            parameters.recentre = recentre
        }
        let outcome = try run(Grid.self, seed: seed, change)
        #expect(outcome.fills > 0)
        #expect(outcome.makerFills == outcome.fills)
        #expect((2...8).contains(outcome.crowd))
        #expect(outcome.reach <= size * 8)
        #expect(outcome.refusedByRisk == 0)
        #expect(outcome.openAtEnd == 0)
        let again = try run(Grid.self, seed: seed, change)
        #expect(again == outcome)
    }

    @Test(arguments: [1, 2] as [UInt64])
    func `momentum holds one order and at most its quantity`(seed: UInt64) throws {
        let change = { (parameters: inout Momentum.Parameters) in
            parameters.quantity = Quantity(raw: 50_000_000_000)
            parameters.candle = .seconds(2)
            parameters.entryCandles = 6
            parameters.exitCandles = 4
            parameters.rangeCandles = 5
            parameters.minStop = 0.5
        }
        let outcome = try run(Momentum.self, seed: seed, change)
        #expect(outcome.fills > 2)
        #expect(outcome.makerFills == 0)
        #expect(outcome.crowd == 1)
        #expect(outcome.reach <= Quantity(raw: 50_000_000_000))
        #expect(outcome.refusedByRisk == 0)
        #expect(outcome.openAtEnd == 0)
        let again = try run(Momentum.self, seed: seed, change)
        #expect(again == outcome)
    }

    @Test(arguments: [1, 2] as [UInt64])
    func `the stop follows the market, fires, and leaves nothing`(seed: UInt64) throws {
        let size = try Quantity("0.002")
        let change = { (parameters: inout StopLoss.Parameters) in
            parameters.entryQuantity = size
            parameters.entry = .limit
            parameters.stop = .trailing
            parameters.stopDistance = 10
            parameters.trailStep = 1
        }
        let outcome = try run(StopLoss.self, seed: seed, change)
        #expect(outcome.fills > 1)
        #expect(outcome.reach == size)
        #expect(outcome.position.isZero)
        // A modification and what it replaces.
        #expect(outcome.crowd <= 2)
        #expect(outcome.refusedByRisk == 0)
        #expect(outcome.openAtEnd == 0)
        #expect(outcome.notices.last == "flat")
        let again = try run(StopLoss.self, seed: seed, change)
        #expect(again == outcome)
    }

    @Test(arguments: [1, 2] as [UInt64])
    func `the purchases of five intervals cost what they should, to the last lot`(seed: UInt64) throws {
        let change = { (parameters: inout Dca.Parameters) in
            parameters.spend = Notional(20)
            parameters.interval = .minutes(1)
            parameters.patience = .seconds(20)
        }
        let outcome = try run(Dca.self, seed: seed, change)
        // The session begins in the middle of an interval and ends in the middle of another one.
        #expect(outcome.turnover <= Notional(120))
        #expect(outcome.turnover > Notional(119))
        #expect(outcome.crowd == 1)
        #expect(outcome.refusedByRisk == 0)
        #expect(outcome.openAtEnd == 0)
        #expect(outcome.notices == [])
        let again = try run(Dca.self, seed: seed, change)
        #expect(again == outcome)
    }
}
