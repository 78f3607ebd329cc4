import CoinExVenue
import MarketModel
import Quantities
import StrategyKit
import TradingCore
import VenueKit

/// What the strategy of the stage is to do, and what it has heard; a test and its engine share it on one thread.
final class StageDiary: @unchecked Sendable {
    var wishes: [(inout Desk) -> Void] = []
    var orders: [OwnOrder] = []
    var fills: [Fill] = []
}

/// A strategy that does what the test wishes, at the next ticker.
struct StagePlayer: StrategyCallbacks {
    let diary: StageDiary

    mutating func onTicker(_ ticker: Ticker, _ desk: inout Desk) {
        let wishes = diary.wishes
        diary.wishes = []
        for wish in wishes { wish(&desk) }
    }
    mutating func onOrder(_ order: OwnOrder, _ desk: inout Desk) { diary.orders.append(order) }
    mutating func onFill(_ fill: Fill, _ desk: inout Desk) { diary.fills.append(fill) }
}

/// An engine whose venue is the private stream: messages in, orders and fills out.
final class OwnOrderStage {
    private var engine: Engine<StagePlayer>
    private let diary = StageDiary()
    private var feed = CoinExFeed(Exchange.table, Exchange.naming)
    private(set) var faults: [String] = []
    /// Orders about which the engine has asked the venue.
    private(set) var asked: [OrderID] = []
    private(set) var modifications: [Modification] = []
    var now = Exchange.start

    init() {
        let desk = Desk(table: Exchange.table, strategies: 1, seed: 1, now: Exchange.start)
        let limit = RateLimit(requests: 1_000, window: .seconds(1))
        let limits = VenueLimits(
            place: limit, cancel: limit, batch: limit, query: limit, total: limit, cancelReserve: 0,
            batchSize: 1)
        let floor = TradingFloor(risk: [RiskRules(RiskLimits())], limits: limits, desk)
        engine = Engine(strategy: StagePlayer(diary: diary), desk: desk, floor: floor)
        for asset in Exchange.table.assets.indices {
            engine.feed(
                .balance(
                    Balance(
                        asset: AssetID(asset), total: Amount(1_000_000), frozen: .zero, venueTime: now)),
                at: now)
        }
        engine.start(at: now)
        engine.feed(
            .quote(
                Quote(
                    market: MarketID(0), bid: price("99.9"), bidSize: Quantity(9), ask: price("100.1"),
                    askSize: Quantity(9), sequence: 0, venueTime: now, receivedAt: now)))
    }

    func wish(_ body: @escaping (inout Desk) -> Void) {
        diary.wishes.append(body)
        let price = Price(100)
        engine.feed(
            .ticker(
                Ticker(
                    market: MarketID(0), last: price, open: price, high: price, low: price,
                    volume: Quantity(1), venueTime: now, receivedAt: now)))
        drain()
    }

    func place(_ ticket: OrderTicket) -> OrderID {
        var id = OrderID.none
        wish { id = $0.place(ticket) ?? .none }
        return id
    }

    func willReplace(_ modification: Modification) { feed.orders.willReplace(modification) }

    /// The reply to a placement, which names the order's number.
    func reply(_ order: OrderID, _ number: UInt64) {
        tell(
            .accepted(OrderAccepted(order: order, venueOrder: VenueOrderID(number), venueTime: now)))
        var facts: [VenueFact] = []
        feed.orders.claim(VenueOrderID(number), order, in: MarketID(0), into: &facts)
        for fact in facts { tell(fact) }
    }

    func push(_ text: String) {
        var events: [MarketEvent] = []
        var facts: [VenueFact] = []
        withWire(text) { bytes in
            do throws(CoinExFeedError) {
                _ = try feed.receive(bytes, at: now, events: &events, facts: &facts)
            } catch {
                faults.append(error.description)
            }
        }
        for fact in facts { tell(fact) }
    }

    func tell(_ fact: VenueFact) {
        engine.feed(fact, at: now)
        drain()
    }

    func run(_ interval: Interval) {
        let end = now + interval
        while engine.nextDue <= end {
            now = max(now, engine.nextDue)
            engine.advance(to: now)
            drain()
        }
        now = end
        engine.advance(to: now)
        drain()
    }

    private func drain() {
        engine.drain { dispatch in
            switch dispatch.command {
            case .query(let query): asked.append(query.order)
            case .modify(let modification): modifications.append(modification)
            case .place, .cancel: break
            }
        }
    }

    // MARK: - What became of it

    func state(_ id: OrderID) -> OrderState? { diary.orders.last { $0.id == id }?.state }
    func fills(_ id: OrderID) -> [Fill] { diary.fills.filter { $0.order == id }.sorted { $0.deal < $1.deal } }
    var alerts: [Alert.Kind] { engine.floor.alerts.map(\.kind) }
    var counts: CoinExOwnOrderCounts { feed.orders.counts }
}
