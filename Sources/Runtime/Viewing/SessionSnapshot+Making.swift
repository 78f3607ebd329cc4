import Configuration
import MarketModel
import Quantities
import StrategyKit
import TradingCore
import VenueKit

extension SessionSnapshot {
    /// What the session is like now: read from its engine between events.
    init(
        _ request: SnapshotRequest, _ parts: SessionParts, _ progress: Progress, _ news: RecentNews,
        _ curve: EquityCurve, _ desk: borrowing Desk, _ floor: borrowing TradingFloor
    ) {
        let markets = parts.table.markets
        self.progress = progress
        title = Title(
            mode: parts.configuration.mode.rawValue, seed: parts.configuration.seed,
            markets: markets.map(\.name), currency: parts.table.name(of: markets[0].quote),
            isSimulated: parts.configuration.mode != .live)
        book = Book(request, parts.table, desk, at: progress.now)
        strategies = Self.strategies(parts, desk, floor)
        standings = Self.standings(parts, desk)
        rates = Self.rates(floor, at: progress.now)
        waiting = floor.pacer.waitingCount
        counters = floor.counters
        fills = news.fills
        messages = news.messages
        profits = Self.thinned(curve.samples.map(\.profit))
    }

    private static func strategies(
        _ parts: SessionParts, _ desk: borrowing Desk, _ floor: borrowing TradingFloor
    ) -> [Strategy] {
        var open = Array(repeating: 0, count: parts.configuration.strategies.count)
        var unknown = open
        for slot in desk.orders.active {
            let order = desk.orders.slots[Int(slot)]
            guard case .active(let phase) = order.state else { continue }
            open[Int(order.strategy.index)] += 1
            if phase == .unknown { unknown[Int(order.strategy.index)] += 1 }
        }
        var strategies: [Strategy] = []
        for (index, selection) in parts.configuration.strategies.enumerated() {
            let ladder = floor.risk[index].ladder
            var drawdown = Notional.zero
            do throws(ArithmeticError) {
                drawdown = max(.zero, ladder.peak - (try floor.profit(of: StrategyID(index), desk)))
            } catch {
                drawdown = ladder.drawdownMax
            }
            let market = selection.markets.first.flatMap { parts.table.market(named: $0) }
            strategies.append(
                Strategy(
                    label: selection.label, status: desk.statuses[index], step: ladder.step,
                    limits: ladder.limits, drawdown: drawdown,
                    drawdownMax: max(drawdown, ladder.drawdownMax), openOrders: open[index],
                    unknownOrders: unknown[index], market: Int(market?.id.index ?? 0)))
        }
        return strategies
    }

    private static func standings(_ parts: SessionParts, _ desk: borrowing Desk) -> [Standing] {
        var standings: [Standing] = []
        for (index, selection) in parts.configuration.strategies.enumerated() {
            for name in selection.markets {
                guard let market = parts.table.market(named: name) else { continue }
                let place = Int(market.id.index)
                let position = desk.positions[index * parts.table.markets.count + place]
                var profit = Notional.zero
                do throws(ArithmeticError) {
                    profit = try desk.valuation(of: StrategyID(index), in: market.id).profit()
                } catch {
                    // A figure that cannot be told is left out, as in the summary.
                    continue
                }
                standings.append(
                    Standing(
                        strategy: index, market: place, position: position.quantity,
                        averagePrice: position.averagePrice, profit: profit, fills: position.fillCount,
                        priceDecimals: market.rules.tick.decimals,
                        quantityDecimals: market.rules.lot.decimals))
            }
        }
        return standings
    }

    private static func rates(_ floor: borrowing TradingFloor, at now: Instant) -> [Rate] {
        let limits = floor.pacer.limits
        var rates: [Rate] = []
        for group in RateGroup.allCases {
            rates.append(Rate(name: group.name, used: floor.pacer.used(group, at: now), limit: limits[group]))
        }
        rates.append(Rate(name: "all", used: floor.pacer.usedOfTotal(at: now), limit: limits.total))
        return rates
    }

    /// At most `profitsMax` of the values, evenly, the newest among them.
    private static func thinned(_ values: [Notional]) -> [Notional] {
        let step = (values.count + profitsMax - 1) / profitsMax
        guard step > 1 else { return values }
        return stride(from: (values.count - 1) % step, to: values.count, by: step).map { values[$0] }
    }
}

extension SessionSnapshot.Book {
    init(_ request: SnapshotRequest, _ table: MarketTable, _ desk: borrowing Desk, at now: Instant) {
        market = min(max(0, request.market), table.markets.count - 1)
        let rules = table.markets[market].rules
        priceDecimals = rules.tick.decimals
        quantityDecimals = rules.lot.decimals
        let levels = min(max(1, request.levels), SessionSnapshot.levelsMax)
        bids = Self.levels(.buy, levels, market, desk)
        asks = Self.levels(.sell, levels, market, desk)
        lastTrade = desk.states[market].lastTrade
        switch desk.readability[market] {
        case .live: state = .live
        case .stale: state = .stale
        case .suspect:
            let isNew = desk.states[market].updatedAt == .distantPast
            state = isNew ? .empty : .suspect
        }
        orders = []
        for slot in desk.orders.active {
            let order = desk.orders.slots[Int(slot)]
            guard Int(order.market.index) == market, case .active(let phase) = order.state else { continue }
            let isStop = order.ticket.kind.isStop
            orders.append(
                Order(
                    strategy: Int(order.strategy.index), side: order.side,
                    price: isStop ? order.ticket.stopPrice : order.price, remaining: order.remaining,
                    phase: phase, isCancelRequested: order.isCancelRequested, isStop: isStop))
        }
        if orders.count > SessionSnapshot.ordersMax {
            orders.removeFirst(orders.count - SessionSnapshot.ordersMax)
        }
    }

    /// The best levels of a side: of the book where there is one, else the quote.
    private static func levels(
        _ side: Side, _ count: Int, _ market: Int, _ desk: borrowing Desk
    ) -> [Level] {
        let book = desk.states[market].book[side]
        if !book.isEmpty { return (0..<min(count, book.count)).map { book[$0] } }
        return desk.states[market].touch(side).map { [$0] } ?? []
    }
}

extension RateGroup {
    fileprivate var name: String {
        switch self {
        case .place: "place"
        case .cancel: "cancel"
        case .batch: "batch"
        case .query: "query"
        }
    }
}
