import MarketModel
import Quantities
import StrategyKit

extension StopLoss {
    /// The level was reached: from here on the position is closed, and nothing is opened.
    mutating func beginClosing(_ why: String, _ desk: inout Desk) {
        switch phase {
        case .starting, .closing, .ended: return
        case .guarding, .done: break
        }
        phase = .closing
        closingSince = desk.now
        entry = .over
        isTakingProfit = false
        desk.note(why)
    }

    /// Brings the position one order closer to its end, when one may be placed.
    mutating func close(_ sight: Sight, _ desk: inout Desk) {
        if let entry = sight.entry { desk.cancel(entry.id) }
        for id in sight.surplus { desk.cancel(id) }
        if let replaced = sight.replaced { endStanding(replaced, &desk) }
        if let exit = sight.exit { return endStanding(exit, &desk) }
        guard desk.now >= resumeAt else { return wake(at: resumeAt, &desk) }
        // A resting entry would meet the order that closes.
        if let entry = sight.entry, entry.ticket.kind == .limit { return }
        guard let touch = sight.touch else { return wake(at: desk.now + parameters.refusalPause, &desk) }
        guard isTradeable(sight.held, at: touch) else {
            if sight.entry == nil { finish(sight, &desk) }
            return
        }
        let ticket: OrderTicket
        switch parameters.order {
        case .market: ticket = .market(exitSide, sight.held, in: market)
        case .limit:
            let price = level.away(from: touch, by: parameters.limitDistance / 10_000) ?? touch
            ticket = .limit(exitSide, sight.held, at: price, in: market, .immediateOrCancel)
        }
        if desk.place(ticket) == nil { pause(&desk) }
    }

    /// Cancels an order that rests or waits; one that fired has a moment to end by itself, and one that was sent
    /// to trade at once does.
    private mutating func endStanding(_ order: OwnOrder, _ desk: inout Desk) {
        guard order.ticket.kind.isStop || order.isTakeProfit else { return }
        guard
            order.filled.isZero || order.isTakeProfit
                || desk.now - closingSince >= parameters.triggerPatience
        else { return wake(at: closingSince + parameters.triggerPatience, &desk) }
        desk.cancel(order.id)
    }

    /// Nothing is left that the market would take.
    mutating func finish(_ sight: Sight, _ desk: inout Desk) {
        phase = .done
        desk.note(sight.held.isZero ? "flat" : "flat but for \(sight.held), which the market does not take")
    }
}
