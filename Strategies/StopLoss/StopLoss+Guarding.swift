import MarketModel
import Quantities
import StrategyKit

extension StopLoss {
    /// Looks at everything and takes the next step, if there is one.
    ///
    /// - Parameter traded: the price of a public trade that led here.
    @usableFromInline
    mutating func review(_ desk: inout Desk, traded: Price? = nil) {
        quietLow = Price(raw: .max)
        quietHigh = .zero
        if startPrice == nil { startPrice = desk.quote(market)?.mid }
        let sight = look(desk)
        switch phase {
        case .starting, .ended: return
        case .guarding: guardPosition(sight, traded, &desk)
        case .closing: close(sight, &desk)
        case .done:
            if isTradeable(sight.held, at: sight.touch ?? .zero) {
                beginClosing("more was opened after the end", &desk)
                close(sight, &desk)
            }
        }
        noteGap(&desk)
    }

    private mutating func guardPosition(_ sight: Sight, _ traded: Price?, _ desk: inout Desk) {
        for id in sight.surplus { desk.cancel(id) }
        if entry == .over, let rest = sight.entry { desk.cancel(rest.id) }
        guard let price = sight.touch ?? sight.exit?.ticket.stopPrice ?? startPrice else { return }
        guard isTradeable(sight.held, at: price) else { return waitForPosition(sight, &desk) }
        hasHeld = true
        if let touch = sight.touch { level.follow(touch) }
        guard let wanted = wantedLevel(sight, desk) else { return }
        if isReached(wanted, sight, traded, &desk) { return close(sight, &desk) }
        if sight.touch != nil { considerProfit(sight, &desk) }
        if let exit = sight.exit {
            keep(exit, wanted, sight, &desk)
        } else if desk.now >= resumeAt {
            protect(wanted, sight, &desk)
        } else {
            wake(at: resumeAt, &desk)
        }
    }

    /// Nothing is held that the market would take.
    private mutating func waitForPosition(_ sight: Sight, _ desk: inout Desk) {
        // Before anything was held, a stop of an earlier session waits for the account to be known.
        if hasHeld, let exit = sight.exit { desk.cancel(exit.id) }
        enter(sight, &desk)
        guard hasHeld, entry == .over, sight.exit == nil, sight.entry == nil else { return }
        finish(sight, &desk)
    }

    /// Where the stop belongs: where it stands, unless it has to move.
    private func wantedLevel(_ sight: Sight, _ desk: borrowing Desk) -> Price? {
        let reference = reference(desk)
        guard let exit = sight.exit, exit.ticket.kind.isStop else { return level.level(reference: reference) }
        return level.renewed(exit.ticket.stopPrice, reference: reference)
    }

    /// Whether the position has to be closed from here, because the market is at the level and no order at
    /// the venue sees to it.
    private mutating func isReached(
        _ wanted: Price, _ sight: Sight, _ traded: Price?, _ desk: inout Desk
    ) -> Bool {
        let prices = [sight.touch, traded].compactMap { $0 }
        guard let exit = sight.replaced ?? sight.exit, exit.ticket.kind.isStop, exit.isProtecting else {
            guard prices.contains(where: { level.isReached(wanted, by: $0) }) else { return false }
            beginClosing("the level \(wanted) was reached without a stop order", &desk)
            return true
        }
        let trigger = exit.ticket.stopPrice
        if prices.contains(where: { level.isReached(trigger, by: $0) }) {
            reachedSince = min(reachedSince, desk.now)
            guard desk.now - reachedSince >= parameters.triggerPatience else {
                wake(at: reachedSince + parameters.triggerPatience, &desk)
                return false
            }
            beginClosing("the stop at \(trigger) has not fired", &desk)
            return true
        }
        if sight.touch != nil { reachedSince = .distantFuture }
        // The stop is to move to where the market is already: there is nothing to wait for.
        guard prices.contains(where: { level.isReached(wanted, by: $0) }) else { return false }
        beginClosing("the level \(wanted) was reached while the stop moved there", &desk)
        return true
    }

    // MARK: Orders

    /// Places what protects the position, or takes the profit of it.
    private mutating func protect(_ wanted: Price, _ sight: Sight, _ desk: inout Desk) {
        let ticket: OrderTicket
        if isTakingProfit, let target = profitPrice(desk) {
            ticket = .limit(exitSide, sight.held, at: target, in: market)
        } else {
            switch parameters.order {
            case .market: ticket = .stopMarket(exitSide, sight.held, when: wanted, in: market)
            case .limit:
                ticket = .stopLimit(
                    exitSide, sight.held, at: bound(wanted), when: wanted, in: market, .immediateOrCancel)
            }
        }
        guard let id = desk.place(ticket) else { return pause(&desk) }
        if parameters.onStop == .leave { desk.leaveAtVenue(id) }
    }

    /// Sees to it that the order that stands is the right one.
    private mutating func keep(_ exit: OwnOrder, _ wanted: Price, _ sight: Sight, _ desk: inout Desk) {
        guard sight.replaced == nil, !exit.isCancelRequested, exit.state == .active(.open) else { return }
        guard exit.isTakeProfit == isTakingProfit, exit.ticket.kind.isStop || exit.isTakeProfit else {
            return desk.cancel(exit.id)
        }
        let isRight =
            exit.remaining == sight.held && (exit.isTakeProfit || exit.ticket.stopPrice == wanted)
        if isRight {
            mustRenew = false
            return rest(exit, desk)
        }
        guard desk.now >= resumeAt else { return wake(at: resumeAt, &desk) }
        // Nothing may be held beyond what is filled of a stop that is firing.
        guard exit.filled.isZero || exit.isTakeProfit else { return }
        if exit.isTakeProfit || mustRenew || parameters.adjust == .renew { return desk.cancel(exit.id) }
        let limit = exit.ticket.kind.hasLimit ? bound(wanted) : nil
        if desk.modify(exit.id, price: limit, quantity: sight.held, stopPrice: wanted) == nil { pause(&desk) }
    }

    /// Nothing has to be done until the touch leaves a range.
    private mutating func rest(_ exit: OwnOrder, _ desk: borrowing Desk) {
        guard exit.ticket.kind.isStop, reachedSince == .distantFuture else { return }
        let stop = exit.ticket.stopPrice
        var far = level.nextTouch(stop)
        if let target = profitPrice(desk), let zone = zoneEdge(target, 1), level.isTighter(far, than: zone) {
            far = zone
        }
        quietLow = isLong ? stop : far
        quietHigh = isLong ? far : stop
    }

    /// The limit of a stop order that stands at a level.
    private func bound(_ stop: Price) -> Price {
        level.away(from: stop, by: parameters.limitDistance / 10_000) ?? stop
    }

    // MARK: Taking profit

    /// Where the profit is taken; nil when it is not.
    private func profitPrice(_ desk: borrowing Desk) -> Price? {
        guard parameters.takeProfit > 0, let reference = reference(desk) else { return nil }
        return level.toward(reference, by: parameters.takeProfit / 10_000)
    }

    private func zoneEdge(_ target: Price, _ zones: Double) -> Price? {
        level.away(from: target, by: zones * parameters.takeProfitZone / 10_000)
    }

    /// Near the target the take-profit order has the stop's place, and loses it twice as far away: both at
    /// once could fill both, and the one that rests would hold the balance that the other one needs.
    private mutating func considerProfit(_ sight: Sight, _ desk: inout Desk) {
        guard let touch = sight.touch, let target = profitPrice(desk),
            let edge = zoneEdge(target, isTakingProfit ? 2 : 1)
        else { return }
        let isNear = !level.isTighter(edge, than: touch)
        guard isNear != isTakingProfit else { return }
        isTakingProfit = isNear
        if isNear {
            desk.note("the order at \(target) takes the stop's place: the stop is watched from here")
        }
    }
}

// MARK: - What is told, and when to look again

extension StopLoss {
    mutating func pause(_ desk: inout Desk) {
        resumeAt = desk.now + parameters.refusalPause
        wake(at: resumeAt, &desk)
    }

    /// Sees to it that a review happens at a time.
    mutating func wake(at time: Instant, _ desk: inout Desk) {
        guard time < wakeAt, desk.setAlarm(at: time) != nil else { return }
        wakeAt = time
    }

    /// Tells how much is unprotected when that lasts, and when it is over.
    private mutating func noteGap(_ desk: inout Desk) {
        switch phase {
        case .starting, .done, .ended:
            gap = ProtectionGap()
            return
        case .guarding, .closing: break
        }
        let sight = look(desk)
        switch gap.observe(sight, at: desk.now, patience: parameters.gapNotice) {
        case .none: break
        case .opened(let quantity): desk.note("\(quantity) unprotected: \(cause(sight))")
        case .closed(let length):
            if phase == .guarding { desk.note("protected again after \(length)") }
        }
        if let due = gap.dueAt(parameters.gapNotice) { wake(at: due, &desk) }
    }

    /// Why a part of the position has no order that protects it.
    private func cause(_ sight: Sight) -> String {
        if let exit = sight.exit {
            if exit.isTakeProfit { return "the take-profit order stands, the stop is watched from here" }
            if exit.state == .active(.unknown) { return "it is not known whether its order stands" }
            if exit.isCancelRequested { return "its order is being cancelled" }
            return "its order is smaller"
        }
        if let price = sight.touch ?? startPrice, !isTradeable(sight.held, at: price) {
            return "it is less than the market takes"
        }
        if let lastRefusal { return "\(lastRefusal); the level is watched from here" }
        return sight.touch == nil ? "the market cannot be read" : "its order is on its way"
    }
}
