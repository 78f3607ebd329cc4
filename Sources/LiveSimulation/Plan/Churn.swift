import MarketModel
import Quantities
import StrategyKit

/// A strategy that does anything that a strategy may do, at random: limit, market and stop orders near the market,
/// modifications, cancels.
///
/// It is no good at trading; it finds what others never try.
package struct Churn: StrategyCallbacks {
    private let market: Market
    private let size: Quantity
    private static let pause = Interval.milliseconds(700)
    private static let ordersMax = 12

    package init(_ setup: StrategySetup, size: Quantity) {
        market = setup.market
        self.size = size
    }

    package mutating func onStart(_ desk: inout Desk) { desk.setAlarm(after: Self.pause, tag: 1) }

    package mutating func onAlarm(_ alarm: Alarm, _ desk: inout Desk) {
        desk.setAlarm(after: Self.pause, tag: 1)
        act(&desk)
    }

    package mutating func onFill(_ fill: Fill, _ desk: inout Desk) {
        if desk.random.chance(0.3) { act(&desk) }
    }

    private func act(_ desk: inout Desk) {
        guard let quote = desk.quote(market.id) else { return }
        let open = Array(desk.openOrders(in: market.id))
        let choice = desk.random.below(10)
        if open.count >= Self.ordersMax || choice < 3, !open.isEmpty {
            let order = open[desk.random.below(open.count)]
            if desk.random.chance(0.3), !order.ticket.kind.isStop {
                desk.modify(order.id, price: price(order.side, quote, &desk))
            } else {
                desk.cancel(order.id)
            }
            return
        }
        desk.place(ticket(choice, quote, &desk))
    }

    private func ticket(_ choice: Int, _ quote: Quote, _ desk: inout Desk) -> OrderTicket {
        let side: Side = desk.random.chance(0.5) ? .buy : .sell
        let quantity = size * (1 + desk.random.below(3))
        switch choice {
        case 3: return .market(side, quantity, in: market.id)
        case 4:
            let cross = side == .buy ? quote.ask : quote.bid
            return .limit(side, quantity, at: cross, in: market.id, .immediateOrCancel)
        case 5:
            let best = side == .buy ? quote.bid : quote.ask
            return .limit(side, quantity, at: best, in: market.id, .makerOnly)
        case 6:
            let away = offset(quote, 20)
            let stop = side == .buy ? quote.ask + away : quote.bid - away
            return .stopLimit(side, quantity, at: stop, when: stop, in: market.id)
        default: return .limit(side, quantity, at: price(side, quote, &desk), in: market.id)
        }
    }

    /// Up to 10 basis points from the market, now and then through it.
    private func price(_ side: Side, _ quote: Quote, _ desk: inout Desk) -> Price {
        let away = offset(quote, desk.random.below(12) - 1)
        return side == .buy ? quote.bid - away : quote.ask + away
    }

    /// So many basis points, as a whole number of ticks.
    private func offset(_ quote: Quote, _ points: Int) -> Price {
        Price(raw: quote.mid.raw / 10_000 * Int128(points)).rounded(to: market.rules.tick, .down)
    }
}
