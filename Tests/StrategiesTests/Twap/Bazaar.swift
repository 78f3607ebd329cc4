import MarketModel
import Quantities
import StrategyKit
import TradingCore
import TwapStrategy
import VenueKit

/// A market and a venue that do what a seed says: fills in parts, answers late or lost, cancels refused.
///
/// The venue knows the truth about every order, so that what the strategy dares can be held against it.
final class Bazaar {
    /// How bad a day the venue has.
    struct Weather {
        /// The probability that an answer or a deal is not told.
        var loss = 0.0
        /// The probability per step that the book cannot be read for some time.
        var gaps = 0.0
        /// The probability that an order or a cancel is refused.
        var refusal = 0.0
    }

    /// An order as the venue has it.
    private struct Standing {
        var ticket: OrderTicket
        var filled = Quantity.zero
        var phase = OrderProgress.Phase.open
        var deals: [Deal] = []
    }

    static let step = Interval.milliseconds(200)
    let market: Market
    let start = Instant(milliseconds: 86_400_000)
    private(set) var engine: Engine<Twap>
    private(set) var now: Instant
    private var random: SeededRandom
    private let weather: Weather
    private var orders: [OrderID: Standing] = [:]
    private var messages: [(at: Instant, fact: VenueFact)] = []
    private var arrivals: [(at: Instant, command: Command)] = []
    private var mid = 10_000
    private var silentUntil = Instant.distantPast
    private var deals: UInt64 = 0
    private var trades: UInt64 = 0

    /// What the public has traded, and when it reached us.
    private(set) var publicTrades: [(at: Instant, quantity: Quantity)] = []
    /// Own deals, each once, and when the first news of it reached us.
    private(set) var knownDeals: [(at: Instant, quantity: Quantity)] = []
    private var toldDeals: Set<UInt64> = []
    /// The orders as the strategy sent them.
    private(set) var placements: [(at: Instant, ticket: OrderTicket)] = []

    init(_ parameters: Twap.Parameters, seed: UInt64, _ weather: Weather) throws {
        var table = MarketTable()
        let rules = MarketRules(
            tick: try Price("0.01"), lot: try Quantity("0.001"), minimumQuantity: try Quantity("0.01"),
            minimumNotional: Notional(1))
        market = table.add("OAKPINE", base: "OAK", quote: "PINE", rules: rules)
        let desk = Desk(table: table, strategies: 1, seed: seed)
        let floor = TradingFloor(risk: [RiskRules(RiskLimits())], limits: .coinExV1, desk)
        engine = Engine(
            strategy: try Twap(parameters, StrategySetup(markets: [market])), desk: desk, floor: floor)
        random = SeededRandom(seed: seed)
        now = start
        self.weather = weather
        for asset in [market.base, market.quote] {
            let balance = Balance(asset: asset, total: Amount(1_000_000), frozen: .zero, venueTime: now)
            engine.feed(.balance(balance), at: now)
        }
        engine.start(at: now)
    }

    /// What the venue has filled, and what lives there or is on its way there.
    var truth: (filled: Quantity, living: Quantity) {
        var truth = (filled: Quantity.zero, living: Quantity.zero)
        for order in orders.values {
            truth.filled += order.filled
            if order.phase == .open { truth.living += order.ticket.quantity - order.filled }
        }
        for arrival in arrivals {
            if case .place(let placement) = arrival.command { truth.living += placement.ticket.quantity }
        }
        return truth
    }

    /// What was filled as far as the strategy can know.
    var knownFilled: Quantity { engine.desk.position(market.id).quantity.magnitude }

    var isOver: Bool { !engine.desk.statuses[0].isRunning }

    /// Lets a step of time pass.
    func pass() throws {
        let end = now + Self.step
        while true {
            let next = min(
                engine.nextDue, messages.map(\.at).min() ?? .distantFuture,
                arrivals.map(\.at).min() ?? .distantFuture)
            guard next <= end else { break }
            now = max(now, next)
            try deliver()
            engine.advance(to: now)
            drain()
        }
        now = end
        try moveMarket()
        drain()
    }

    private func deliver() throws {
        while let index = arrivals.firstIndex(where: { $0.at <= now }) {
            try arrive(arrivals.remove(at: index).command)
        }
        while let index = messages.firstIndex(where: { $0.at <= now }) {
            let fact = messages.remove(at: index).fact
            if case .deal(let deal) = fact, toldDeals.insert(deal.id.raw).inserted {
                knownDeals.append((now, deal.quantity))
            }
            engine.feed(fact, at: now)
            drain()
        }
    }

    private func drain() {
        var sent: [Command] = []
        engine.drain { sent.append($0.command) }
        for command in sent {
            if case .place(let placement) = command { placements.append((now, placement.ticket)) }
            arrivals.append((now + .milliseconds(Int64(1 + random.below(150))), command))
        }
    }
}

// MARK: - The market

extension Bazaar {
    private func moveMarket() throws {
        if random.chance(weather.gaps) {
            silentUntil = now + .milliseconds(Int64(500 + random.below(15_000)))
            engine.feed(
                BookReset(
                    market: market.id, reason: .disconnected, sequence: 0, venueTime: now, receivedAt: now))
        }
        guard now >= silentUntil else { return }
        mid += random.below(5) - 2
        let tick = market.rules.tick
        let (bid, ask) = (Price(raw: tick.raw * Int128(mid - 1)), Price(raw: tick.raw * Int128(mid + 1)))
        engine.feed(
            Quote(
                market: market.id, bid: bid, bidSize: Quantity(1), ask: ask, askSize: Quantity(1),
                sequence: 0, venueTime: now, receivedAt: now))
        drain()
        guard random.chance(0.4) else { return }
        trades += 1
        let quantity = Quantity(raw: Int128(1 + random.below(3_000)) * market.rules.lot.raw)
        publicTrades.append((now, quantity))
        engine.feed(
            Trade(
                market: market.id, aggressor: .buy, id: DealID(trades), price: ask, quantity: quantity,
                venueTime: now, receivedAt: now))
        for id in orders.keys.sorted() where orders[id]?.phase == .open && random.chance(0.3) {
            try fill(id, ends: false)
        }
    }

    /// Fills a part of an order, or all of it.
    private func fill(_ id: OrderID, ends: Bool) throws {
        guard var order = orders[id] else { return }
        let lots = Int((order.ticket.quantity - order.filled).raw / market.rules.lot.raw)
        let part = ends ? random.below(lots + 1) : 1 + random.below(lots)
        if part > 0 {
            deals += 1
            let quantity = Quantity(raw: Int128(part) * market.rules.lot.raw)
            let deal = Deal(
                id: DealID(deals), market: market.id, order: id, liquidity: ends ? .taker : .maker,
                price: order.ticket.price, quantity: quantity,
                notional: try quantity.times(order.ticket.price, .down), fee: .zero,
                feeAsset: market.quote, venueTime: now)
            order.deals.append(deal)
            order.filled += quantity
            tell(.deal(deal))
        }
        if order.filled == order.ticket.quantity {
            order.phase = .filled
        } else if ends {
            order.phase = .cancelled
        }
        orders[id] = order
        tell(progress(id, order))
    }
}

// MARK: - The venue

extension Bazaar {
    private func tell(_ fact: VenueFact, surely: Bool = false) {
        if !surely, random.chance(weather.loss) { return }
        messages.append((now + .milliseconds(Int64(1 + random.below(150))), fact))
    }

    private func progress(_ id: OrderID, _ order: Standing) -> VenueFact {
        .progress(
            OrderProgress(
                order: id, venueOrder: VenueOrderID(id.sequence), phase: order.phase, filled: order.filled,
                venueTime: now))
    }

    private func arrive(_ command: Command) throws {
        switch command {
        case .place(let placement):
            // Lost on its way there: only a question will tell.
            if random.chance(weather.loss) { return }
            if random.chance(weather.refusal) {
                let refused = OrderRefused(order: placement.order, reason: .venueOther, venueTime: now)
                return tell(.refused(refused), surely: true)
            }
            let id = placement.order
            orders[id] = Standing(ticket: placement.ticket)
            let accepted = OrderAccepted(order: id, venueOrder: VenueOrderID(id.sequence), venueTime: now)
            tell(.accepted(accepted))
            if placement.ticket.duration == .immediateOrCancel { try fill(id, ends: true) }
        case .cancel(let cancellation):
            guard var order = orders[cancellation.order], order.phase == .open else { return }
            if random.chance(weather.refusal) {
                let refused = OrderRefused(
                    order: cancellation.order, reason: .venueOther, venueTime: now)
                return tell(.actionRefused(refused), surely: true)
            }
            order.phase = .cancelled
            orders[cancellation.order] = order
            tell(progress(cancellation.order, order))
        case .modify: break
        case .query(let query):
            guard let order = orders[query.order] else {
                return tell(.absent(OrderUncertain(order: query.order, venueTime: now)))
            }
            for deal in order.deals { tell(.deal(deal)) }
            tell(progress(query.order, order))
        }
    }
}
