import MarketModel
import Quantities
import StrategyKit

extension CrossVenueMaker {
    /// Looks what is wanted now, and brings the quotes nearer to it.
    mutating func review(_ desk: inout Desk) {
        guard phase != .stopped else { return }
        switch outlook(desk) {
        case .silent(let reason):
            fall(silent: reason, &desk)
        case .fair(let fair, let quote):
            rise(&desk)
            want(.buy, fair, quote, &desk)
            want(.sell, fair, quote, &desk)
        }
    }

    private enum Outlook {
        case silent(Silence)
        case fair(Double, Quote)
    }

    /// The fair price at the own venue, or why there is none.
    private mutating func outlook(_ desk: borrowing Desk) -> Outlook {
        guard heardAt != .distantPast else { return .silent(.beginning) }
        guard let lead = desk.quote(leader.id) else { return .silent(.leaderUnreadable) }
        guard desk.now - heardAt <= parameters.leaderTimeout else { return .silent(.leaderSilent) }
        guard let own = desk.quote(market.id) else { return .silent(.marketUnreadable) }
        let leading = parameters.leaderPrice.price(lead)
        let difference = Double(own.mid) / leading - 1
        basis.sample(difference, within: parameters.maxDeviation / 10_000, at: desk.now)
        guard let slow = basis.value else { return .silent(.beginning) }
        guard (difference - slow).magnitude * 10_000 <= parameters.maxDeviation else {
            return .silent(.venuesDisagree)
        }
        return .fair(leading * (1 + slow), own)
    }

    private mutating func want(_ side: Side, _ fair: Double, _ own: Quote, _ desk: inout Desk) {
        let slack = Price(
            signal: fair * parameters.requoteThreshold / 10_000, step: Price(raw: 1), .down)
        let wish = price(side, fair, own, desk).flatMap { price in
            desk.fitting(min(parameters.orderSize, room(side, desk)), side, at: price, in: market.id)
                .map { QuotePair.Wish(price: price, quantity: $0) }
        }
        pair.want(side, wish, slack: max(slack ?? .zero, market.rules.tick), &desk)
    }

    /// On the tick, away from the fair price, and never across the own market; nil when there is none.
    private func price(_ side: Side, _ fair: Double, _ own: Quote, _ desk: borrowing Desk) -> Price? {
        let shift = Double(inventory(desk)) / Double(parameters.maxInventory) * parameters.skew / 10_000
        let tick = market.rules.tick
        switch side {
        case .buy:
            guard let price = Price(signal: fair * (1 - half - shift), step: tick, .down) else { return nil }
            return min(price, own.ask - tick)
        case .sell:
            guard let price = Price(signal: fair * (1 + half - shift), step: tick, .up) else { return nil }
            return max(price, own.bid + tick)
        }
    }

    /// What is held beyond the target.
    private func inventory(_ desk: borrowing Desk) -> Quantity {
        desk.position(market.id).quantity - parameters.targetInventory
    }

    /// How much may be added on a side until the inventory is at its limit.
    private func room(_ side: Side, _ desk: borrowing Desk) -> Quantity {
        switch side {
        case .buy: parameters.maxInventory - inventory(desk)
        case .sell: parameters.maxInventory + inventory(desk)
        }
    }

    private mutating func rise(_ desk: inout Desk) {
        if case .silent(let reason) = phase, reason != .beginning { desk.note("quotes again") }
        phase = .quoting
    }

    private mutating func fall(silent reason: Silence, _ desk: inout Desk) {
        if phase != .silent(reason) {
            phase = .silent(reason)
            if let text = reason.text(leader.name, market.name) { desk.note("quotes withdrawn: \(text)") }
        }
        pair.withdraw(&desk)
    }
}

extension CrossVenueMaker.Silence {
    /// Nil for what is to be expected.
    fileprivate func text(_ leader: String, _ market: String) -> String? {
        switch self {
        case .beginning: nil
        case .leaderUnreadable: "\(leader) cannot be read"
        case .leaderSilent: "\(leader) is silent"
        case .marketUnreadable: "\(market) cannot be read"
        case .venuesDisagree: "\(leader) and \(market) are too far apart"
        }
    }
}
