import MarketModel
import Quantities
import StrategyKit

extension StopLoss {
    /// Opens the position, once.
    mutating func enter(_ sight: Sight, _ desk: inout Desk) {
        guard entry == .wanted, sight.entry == nil, sight.exit == nil, let quote = desk.quote(market),
            let touch = sight.touch
        else { return }
        guard desk.now >= enterAt else { return wake(at: enterAt, &desk) }
        // A position that is opened beyond its own stop would be closed at once.
        if parameters.stop == .fixed, level.isReached(parameters.stopPrice, by: touch) { return }
        let side = exitSide.opposite
        let ticket: OrderTicket
        switch parameters.entry {
        case .market: ticket = .market(side, parameters.entryQuantity, in: market)
        case .limit:
            let best = isLong ? quote.bid : quote.ask
            let price = parameters.entryPrice.isPositive ? parameters.entryPrice : best
            ticket = .limit(side, parameters.entryQuantity, at: price, in: market)
        }
        guard let id = desk.place(ticket) else {
            enterAt = desk.now + parameters.refusalPause
            return wake(at: enterAt, &desk)
        }
        entry = .placed(id)
    }
}
