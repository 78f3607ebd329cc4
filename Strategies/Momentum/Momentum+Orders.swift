import MarketModel
import Quantities
import StrategyKit

// What is done about the stance: one order at a time.

extension Momentum {
    /// Brings orders and position one step closer to what they should be.
    @usableFromInline
    mutating func act(_ desk: inout Desk) {
        guard !isStopped else { return }
        let held = heldSide(desk)
        protect(held, desk)
        watch(desk)
        if let living = livingOrder(desk) {
            review(living, held, &desk)
        } else if let held {
            close(held, &desk)
        } else {
            enter(&desk)
        }
    }

    /// The order that keeps all others waiting: ours, or one of an earlier run that is on its way out.
    private func livingOrder(_ desk: borrowing Desk) -> OwnOrder? {
        var orders = desk.openOrders(in: market)
        return orders.next()
    }

    /// Gives a new position its stop, and forgets that of one that is gone.
    private mutating func protect(_ held: Side?, _ desk: borrowing Desk) {
        guard held != stop.side else { return }
        beyondSince = nil
        stop.clear()
        guard let held, let price = referencePrice(held, desk) else { return }
        let distance = stopDistance(at: price) ?? parameters.restartStop / 10_000 * price
        // False only where prices are too large to count: nothing could be traded there either.
        _ = stop.begin(held, at: price, distance: distance)
    }

    /// Where a position began: what it cost, or what it would bring where an earlier run has opened it.
    private func referencePrice(_ held: Side, _ desk: borrowing Desk) -> Double? {
        guard let paid = desk.position(market).averagePrice else { return nil }
        // A position of an earlier run may have been opened far from here.
        guard isEntering else {
            return desk.quote(market).map { Double(held == .buy ? $0.bid : $0.ask) }
        }
        return Double(paid)
    }

    /// Notes how long the market has been beyond the stop.
    private mutating func watch(_ desk: borrowing Desk) {
        guard stop.side != nil, let quote = desk.quote(market) else { return }
        if stop.isBeyond(bid: quote.bid, ask: quote.ask) {
            beyondSince = beyondSince ?? desk.now
        } else {
            beyondSince = nil
        }
    }

    /// Ends the following of a side; a break-out to the other side stands.
    private mutating func giveUp(_ side: Side?) {
        if let side, stance == .following(side) { stance = .out }
    }

    /// Whether the stop order had its time, and the market is still beyond its level.
    private func isOverdue(_ desk: borrowing Desk) -> Bool {
        beyondSince.map { desk.now - $0 >= parameters.stopPatience } ?? false
    }
}

// MARK: - Living orders

extension Momentum {
    /// Leaves an entry or exit alone; takes a stop away that is not what it should be.
    private mutating func review(_ order: OwnOrder, _ held: Side?, _ desk: inout Desk) {
        guard errand == .stop(order.id) else { return }
        if isOverdue(desk) { giveUp(held) }
        let isWanted = held.map { stance == .following($0) } ?? false
        let isRight = order.ticket.stopPrice == stop.level && order.remaining == closingQuantity(desk)
        isSettled = isWanted && isRight && beyondSince == nil
        guard !isWanted || !isRight, desk.now >= resumeStopAt else { return }
        // Without a quote there would be no exit either: better an old stop than none.
        guard held == nil || desk.quote(market) != nil else { return }
        errand = .leaving(order.id)
        desk.cancel(order.id)
    }

    public mutating func onFill(_ fill: Fill, _ desk: inout Desk) {
        guard fill.market == market else { return }
        isSettled = false
    }

    public mutating func onOrder(_ order: OwnOrder, _ desk: inout Desk) {
        guard order.market == market else { return }
        isSettled = false
        switch order.state {
        case .active:
            // The news may be older than our cancel: what counts is how the order stands now.
            if errand == .leaving(order.id), desk.order(order.id)?.isCancelRequested == false {
                // The venue refused the cancel: the order stays, and is cancelled again after a pause.
                errand = .stop(order.id)
                resumeStopAt = desk.now + parameters.retryPause
            }
        case .closed(let closing): takeEnd(order, closing, &desk)
        }
    }

    private mutating func takeEnd(_ order: OwnOrder, _ closing: Closing, _ desk: inout Desk) {
        let ended = errand
        switch ended {
        case .entry(order.id), .exit(order.id), .stop(order.id), .leaving(order.id): errand = .none
        case .none, .entry, .exit, .stop, .leaving: return act(&desk)
        }
        switch closing {
        case .filled: lastRefusal = nil
        case .cancelled:
            lastRefusal = nil
            // A stop that we took away is replaced at once.
            if ended != .leaving(order.id) { pause(parameters.retryPause, after: order, desk) }
        case .triggerFailed: break
        case .rejected(let refusal): takeRefusal(refusal, order, &desk)
        }
        noteFate(ended, order, closing, desk)
        act(&desk)
    }

    private mutating func pause(_ pause: Interval, after order: OwnOrder, _ desk: borrowing Desk) {
        if order.ticket.kind.isStop {
            resumeStopAt = desk.now + pause
        } else {
            resumeAt = desk.now + pause
        }
    }

    /// What the end of an order says about the stance.
    private mutating func noteFate(
        _ ended: Errand, _ order: OwnOrder, _ closing: Closing, _ desk: borrowing Desk
    ) {
        switch ended {
        case .stop, .leaving:
            // It fired: whatever it left is sold without it.
            if order.filled.isPositive || closing == .triggerFailed { giveUp(order.side.opposite) }
        case .entry:
            guard order.filled.isPositive else { return }
            protect(heldSide(desk), desk)
            isEntering = false
        case .exit, .none: break
        }
    }

    private mutating func takeRefusal(_ refusal: Refusal, _ order: OwnOrder, _ desk: inout Desk) {
        if refusal != lastRefusal {
            let what = order.ticket.kind.isStop ? "stop" : order.side == .buy ? "buy" : "sell"
            desk.note("\(what) refused: \(refusal)")
        }
        lastRefusal = refusal
        pause(parameters.refusalPause, after: order, desk)
    }
}

// MARK: - New orders

extension Momentum {
    /// With a position and no order: places its stop, or closes it.
    private mutating func close(_ held: Side, _ desk: inout Desk) {
        // Beyond the level already: no stop order would do what it is for.
        if beyondSince != nil { giveUp(held) }
        guard stance == .following(held) else { return exit(held, &desk) }
        guard desk.now >= resumeStopAt, stop.side == held, isAhead(held, desk) else { return }
        let ticket = OrderTicket.stopMarket(
            held.opposite, closingQuantity(desk), when: stop.level, in: market)
        if let id = place(ticket, &desk) { errand = .stop(id) }
    }

    private mutating func exit(_ held: Side, _ desk: inout Desk) {
        guard desk.now >= resumeAt, let quote = desk.quote(market),
            let ticket = taking(held.opposite, closingQuantity(desk), quote)
        else { return }
        if let id = place(ticket, &desk) { errand = .exit(id) }
    }

    /// Whether the last trade has not reached the level: the venue would take a stop on the wrong side of it for
    /// one that waits for the market to come back.
    private func isAhead(_ held: Side, _ desk: borrowing Desk) -> Bool {
        guard let trade = desk.lastTrade(market) else { return false }
        return held == .buy ? trade.price > stop.level : trade.price < stop.level
    }

    /// Without position and order: follows a break-out that is fresh.
    private mutating func enter(_ desk: inout Desk) {
        guard case .following(let side) = stance, isEntering else {
            stance = .out
            isSettled = true
            return
        }
        guard desk.now >= resumeAt, let quote = desk.quote(market) else { return }
        guard let ticket = taking(side, entryQuantity(side, quote), quote) else {
            desk.note("a break-out was not followed: the market does not trade so little")
            isEntering = false
            return
        }
        if let id = place(ticket, &desk) { errand = .entry(id) }
    }

    private mutating func place(_ ticket: OrderTicket, _ desk: inout Desk) -> OrderID? {
        isSettled = false
        let id = desk.place(ticket)
        if id == nil {
            // The desk has no room: not for any order.
            resumeAt = desk.now + parameters.refusalPause
            resumeStopAt = resumeAt
        }
        return id
    }

    private func entryQuantity(_ side: Side, _ quote: Quote) -> Quantity {
        switch parameters.sizing {
        case .fixed: return parameters.quantity
        case .risk:
            let price = Double(side == .buy ? quote.ask : quote.bid)
            guard let distance = stopDistance(at: price), distance > 0,
                let quantity = Quantity(
                    signal: Double(parameters.risk) / distance, step: rules.lot, .down)
            else { return .zero }
            return min(quantity, parameters.quantity)
        }
    }

    /// An order that trades at once or not at all; nil when the market does not take so little.
    private func taking(_ side: Side, _ quantity: Quantity, _ quote: Quote) -> OrderTicket? {
        let touch = side == .buy ? quote.ask : quote.bid
        guard quantity >= leastQuantity, isWorthTrading(quantity, at: touch) else { return nil }
        // Only the slippage is a signal; rounded down to ticks, it never allows more than was asked.
        let share = parameters.slippage / 10_000
        guard let slippage = Price(signal: Double(touch) * share, step: rules.tick, .down) else { return nil }
        let limit = side == .buy ? touch + slippage : max(touch - slippage, rules.tick)
        return .limit(side, quantity, at: limit, in: market, .immediateOrCancel)
    }
}
