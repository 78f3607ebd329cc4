import MarketModel
import Quantities
import StrategyKit
import TradingCore
import VenueKit

/// An engine under test with a market, money and a clock: the test is the venue and the strategy.
final class Stage<S: StrategyCallbacks> {
    var engine: Engine<S>
    let diaries: [Diary]
    /// Everything that was sent so far.
    private(set) var sent: [Dispatch] = []
    private(set) var now = Money.start

    init(_ engine: consuming Engine<S>, _ diaries: [Diary]) {
        self.engine = engine
        self.diaries = diaries
    }

    var diary: Diary { diaries[0] }

    // MARK: Time and market

    func advance(_ interval: Interval) {
        now = now + interval
        engine.advance(to: now)
        collect()
    }

    /// Lets time pass as a driver does: from one moment at which something is due to the next.
    func run(_ interval: Interval) {
        let end = now + interval
        while engine.nextDue <= end {
            now = max(now, engine.nextDue)
            engine.advance(to: now)
            collect()
        }
        advance(end - now)
    }

    func feed(_ event: MarketEvent) {
        engine.feed(event)
        collect()
    }

    func quote(_ bid: String, _ ask: String, _ market: Int = 0) {
        feed(.quote(Money.quote(bid, ask, market, at: now)))
    }

    func feed(_ fact: VenueFact) {
        engine.feed(fact, at: now)
        collect()
    }

    func feed(_ facts: [VenueFact]) { for fact in facts { feed(fact) } }

    func collect() { engine.drain { sent.append($0) } }

    // MARK: Speaking as a strategy

    /// Does something with the desk as strategy `strategy`, inside one of its callbacks.
    func wish(as strategy: Int = 0, _ body: @escaping (inout Desk) throws -> Void) {
        diaries[strategy].wishes.append(body)
        let price = Money.price("100")
        feed(
            .ticker(
                Ticker(
                    market: MarketID(0), last: price, open: price, high: price, low: price,
                    volume: Quantity(1), venueTime: now, receivedAt: now)))
    }

    @discardableResult
    func place(_ ticket: OrderTicket, as strategy: Int = 0) -> OrderID {
        var id: OrderID?
        wish(as: strategy) { id = $0.place(ticket) }
        return id ?? .none
    }

    /// Places an order that the venue takes.
    @discardableResult
    func rest(_ ticket: OrderTicket, as strategy: Int = 0) -> OrderID {
        let id = place(ticket, as: strategy)
        feed(.accepted(OrderAccepted(order: id, venueOrder: VenueOrderID(id.sequence), venueTime: now)))
        return id
    }

    func cancel(_ id: OrderID, as strategy: Int = 0) { wish(as: strategy) { $0.cancel(id) } }

    // MARK: What became of it

    func state(_ id: OrderID) -> OrderState? {
        engine.desk.orders.slot(of: id).map { engine.desk.orders.slots[$0].state }
    }

    func filled(_ id: OrderID) -> Quantity {
        engine.desk.orders.slot(of: id).map { engine.desk.orders.slots[$0].filled } ?? .zero
    }

    /// How the order ended as its strategy was told; nil when it was not told of an end.
    func refusal(_ id: OrderID) -> Refusal? {
        for diary in diaries {
            for order in diary.orders where order.id == id {
                if case .closed(.rejected(let refusal)) = order.state { return refusal }
            }
        }
        return nil
    }

    func position(_ strategy: Int = 0, _ market: Int = 0) -> Position {
        engine.desk.positions[strategy * engine.desk.table.markets.count + market]
    }

    func balance(_ asset: Int) -> Amount { engine.desk.balances[asset].total }

    func exposure(_ strategy: Int = 0, _ market: Int = 0) -> Exposure {
        engine.floor.exposures[StrategyID(strategy), MarketID(market)]
    }

    func reserved(_ asset: Int) -> Amount { engine.floor.exposures.reserved(AssetID(asset)) }

    func openOrders(_ strategy: Int = 0) -> Int {
        engine.floor.exposures.openOrders(of: StrategyID(strategy))
    }

    func step(_ strategy: Int = 0) -> LadderStep { engine.floor.risk[strategy].ladder.step }

    var alerts: [Alert.Kind] { engine.floor.alerts.map(\.kind) }
    var counters: Counters { engine.floor.counters }
    var livingCount: Int { engine.desk.orders.active.count }
    var statuses: [StrategyStatus] { engine.desk.statuses.map { $0 } }
    var isOver: Bool { engine.desk.isOver }
    var chain: DecisionChain { engine.floor.chain }

    /// What was sent, without the time and the number of the request.
    var commands: [Command] { sent.map(\.command) }

    var placed: [OrderID] {
        commands.compactMap { if case .place(let placement) = $0 { placement.order } else { nil } }
    }
    var cancelled: [OrderID] {
        commands.compactMap { if case .cancel(let cancellation) = $0 { cancellation.order } else { nil } }
    }
    var queried: [OrderID] {
        commands.compactMap { if case .query(let query) = $0 { query.order } else { nil } }
    }
    var modified: [Modification] {
        commands.compactMap { if case .modify(let modification) = $0 { modification } else { nil } }
    }
}

extension Stage where S == Probe {
    /// A started engine with one probe, a quote of 99.50 to 100.50, 1,000,000 USDT and 1,000 of the others.
    static func one(
        risk: RiskLimits = RiskLimits(), venue: VenueLimits = Money.generous, seed: UInt64 = 1,
        started: Bool = true, reaction: @escaping @Sendable (Heard, inout Desk) throws -> Void = { _, _ in }
    ) -> Stage {
        let diary = Diary()
        let desk = Desk(table: Money.table, strategies: 1, seed: seed, now: Money.start)
        let floor = TradingFloor(risk: [RiskRules(risk)], limits: venue, desk)
        let stage = Stage(
            Engine(strategy: Probe(diary: diary, reaction: reaction), desk: desk, floor: floor), [diary])
        stage.fund()
        if started { stage.engine.start(at: stage.now) }
        stage.quote("99.50", "100.50")
        return stage
    }
}

extension Stage where S == Ensemble {
    /// A started engine with several probes that hear of the given markets, funded as the single one.
    static func many(
        _ risk: [RiskLimits], markets: [[Int]]? = nil, venue: VenueLimits = Money.generous,
        reactions: [@Sendable (Heard, inout Desk) throws -> Void] = []
    ) -> Stage {
        let diaries = risk.map { _ in Diary() }
        let desk = Desk(table: Money.table, strategies: risk.count, seed: 1, now: Money.start)
        let floor = TradingFloor(risk: risk.map { RiskRules($0) }, limits: venue, desk)
        var ensemble = Ensemble(markets: Money.table.markets.count)
        for (index, diary) in diaries.enumerated() {
            let probe =
                index < reactions.count
                ? Probe(diary: diary, reaction: reactions[index]) : Probe(diary: diary)
            ensemble.add(probe, markets: (markets?[index] ?? [0]).map { MarketID($0) })
        }
        let stage = Stage(Engine(strategy: ensemble, desk: desk, floor: floor), diaries)
        stage.fund()
        stage.engine.start(at: stage.now)
        stage.quote("99.50", "100.50")
        return stage
    }
}

extension Stage {
    private func fund() {
        for asset in Money.table.assets.indices {
            let total = asset == Money.usdt ? Amount(1_000_000) : Amount(1_000)
            feed(
                .balance(
                    Balance(asset: AssetID(asset), total: total, frozen: .zero, venueTime: Money.start)))
        }
    }
}
