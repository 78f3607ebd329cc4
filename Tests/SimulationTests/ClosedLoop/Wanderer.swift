import MarketModel
import Quantities
import StrategyKit

/// A strategy without a plan: it places, cancels and modifies at random, and keeps account of what it is
/// told.
struct Wanderer: StrategyCallbacks {
    let market: Market
    /// How often an event makes it act.
    var restlessness = 0.2
    private(set) var placed: Set<OrderID> = []
    private(set) var endings: [OrderID: Int] = [:]
    private(set) var fills: [DealID: Int] = [:]
    private(set) var base = Amount.zero
    private(set) var quote = Amount.zero
    /// What orders said to be filled when they ended, less what the fills said.
    private(set) var filledByOrders = Quantity.zero
    private(set) var filledByFills = Quantity.zero
    /// When the strategy asked for an order's end.
    private(set) var unwanted: [OrderID: Instant] = [:]
    private(set) var kinds: [String: Int] = [:]

    init(market: Market) { self.market = market }

    mutating func onQuote(_ quote: Quote, _ desk: inout Desk) { wander(&desk) }
    mutating func onTrade(_ trade: Trade, _ desk: inout Desk) { wander(&desk) }

    mutating func onOrder(_ order: OwnOrder, _ desk: inout Desk) {
        if case .closed(let closing) = order.state {
            endings[order.id, default: 0] += 1
            filledByOrders += order.filled
            kinds["\(closing)", default: 0] += 1
        }
        if desk.random.chance(0.05) { act(&desk) }
    }

    mutating func onFill(_ fill: Fill, _ desk: inout Desk) {
        fills[fill.deal, default: 0] += 1
        filledByFills += fill.quantity
        base += fill.side == .buy ? Amount(fill.quantity) : -Amount(fill.quantity)
        quote += fill.side == .buy ? -Amount(fill.notional) : Amount(fill.notional)
        quote -= fill.fee
        if desk.random.chance(0.2) { act(&desk) }
    }

    private mutating func wander(_ desk: inout Desk) {
        if desk.random.chance(restlessness) { act(&desk) }
    }

    private mutating func act(_ desk: inout Desk) {
        switch desk.random.below(10) {
        case 0...4: place(&desk)
        case 5: for _ in 0..<3 { place(&desk) }
        case 6, 7: if let order = anyOrder(&desk) { cancel(order.id, &desk) }
        default: modify(&desk)
        }
        // It does not fill the whole table.
        if desk.openOrders().count > 60 {
            for order in desk.openOrders() { cancel(order.id, &desk) }
        }
    }

    private mutating func cancel(_ order: OrderID, _ desk: inout Desk) {
        unwanted[order] = unwanted[order] ?? desk.now
        desk.cancel(order)
    }

    private mutating func place(_ desk: inout Desk) {
        let side: Side = desk.random.chance(0.5) ? .buy : .sell
        let quantity = quantity(&desk)
        let ticket: OrderTicket
        switch desk.random.below(8) {
        case 0: ticket = .market(side, quantity, in: market.id)
        case 1:
            ticket = .stopMarket(side, quantity, when: price(&desk), in: market.id)
        case 2:
            ticket = .stopLimit(
                side, quantity, at: price(&desk), when: price(&desk), in: market.id, duration(&desk))
        default: ticket = .limit(side, quantity, at: price(&desk), in: market.id, duration(&desk))
        }
        if let id = desk.place(ticket) { placed.insert(id) }
    }

    private mutating func modify(_ desk: inout Desk) {
        guard let order = anyOrder(&desk) else { return }
        let price = order.ticket.kind.hasLimit ? price(&desk) : nil
        let quantity = desk.random.chance(0.5) ? quantity(&desk) : nil
        if let id = desk.modify(order.id, price: price, quantity: quantity) { placed.insert(id) }
    }

    private func anyOrder(_ desk: inout Desk) -> OwnOrder? {
        let orders = Array(desk.openOrders())
        return orders.isEmpty ? nil : orders[desk.random.below(orders.count)]
    }

    private func duration(_ desk: inout Desk) -> OrderDuration {
        let durations: [OrderDuration] = [
            .goodTillCancelled, .goodTillCancelled, .makerOnly, .immediateOrCancel, .fillOrKill,
        ]
        return durations[desk.random.below(durations.count)]
    }

    /// Near the market: within some ticks of the mid price.
    private func price(_ desk: inout Desk) -> Price {
        let mid = desk.quote(market.id)?.mid ?? desk.lastTrade(market.id)?.price ?? Price(100)
        let ticks = desk.random.below(41) - 20
        return (mid + market.rules.tick * ticks).rounded(to: market.rules.tick, .down)
    }

    private func quantity(_ desk: inout Desk) -> Quantity {
        market.rules.minimumQuantity + market.rules.lot * desk.random.below(2_000)
    }
}
