import MarketModel
import Quantities
import StrategyKit

extension Twap {
    /// Does what has to be done at these prices: sends a child order, or cancels the one that rests.
    mutating func work(_ quote: Quote, _ desk: inout Desk) {
        let crosses = isCrossing(at: desk.now) && reaches(quote)
        switch parent.child?.role {
        case .leaving, .crossing: return
        case nil:
            isNewSlice = false
            guard desk.now >= pausedUntil, crosses || phase == .working else { return }
            send(crosses, quote, &desk)
        case .resting:
            let hasNewSlice = isNewSlice
            isNewSlice = false
            if exceedsParticipation(at: desk.now) { return withdraw(&desk) }
            guard desk.now >= pausedUntil, let child = parent.child else { return }
            // One that could not be sent anew is left where it is.
            guard let wanted = wanted(quote, allowed(at: desk.now)) else { return }
            let isBehind = isBetter(restingPrice(quote), than: child.price)
            let mayFollow = desk.now >= child.sentAt + parameters.requotePause
            if crosses || isBehind && mayFollow || hasNewSlice && wanted > parent.living {
                withdraw(&desk)
            }
        }
    }

    private mutating func send(_ crosses: Bool, _ quote: Quote, _ desk: inout Desk) {
        guard let quantity = wanted(quote, allowed(at: desk.now)),
            let price = crosses ? crossingPrice(quote) : restingPrice(quote),
            isWorthTrading(quantity, at: price)
        else { return }
        let duration = crosses ? OrderDuration.immediateOrCancel : .makerOnly
        let ticket = OrderTicket.limit(side, quantity, at: price, in: market, duration)
        guard let id = desk.place(ticket) else { return pause(parameters.refusalPause, &desk) }
        parent.send(id, ticket, crosses ? .crossing : .resting, at: desk.now)
    }

    /// Cancels the child order where one rests; after a refused cancel, when the pause is over.
    mutating func withdraw(_ desk: inout Desk) {
        guard let child = parent.child, child.role == .resting, desk.now >= pausedUntil else { return }
        parent.leave()
        desk.cancel(child.id)
    }

    private mutating func pause(_ interval: Interval, _ desk: inout Desk) {
        pausedUntil = desk.now + interval
    }
}

// MARK: - Own orders

extension Twap {
    public mutating func onFill(_ fill: Fill, _ desk: inout Desk) throws {
        guard fill.market == market, fill.side == side else { return }
        try parent.book(fill.quantity)
        try record.book(fill)
        if participationMillionths > 0 { try ownVolume.add(fill.quantity, at: desk.now) }
    }

    public mutating func onOrder(_ order: OwnOrder, _ desk: inout Desk) {
        guard order.market == market else { return }
        switch order.state {
        case .active(.created), .active(.submitting), .active(.open), .active(.unknown):
            guard let child = parent.child, child.id == order.id else { return }
            // The news may be older than our cancel: what counts is how the order stands now.
            if child.role == .leaving, desk.order(order.id)?.isCancelRequested == false {
                // The venue refused the cancel: it is tried again after a pause.
                parent.stay()
                pause(parameters.refusalPause, &desk)
            }
        case .closed(let closing):
            // One of an earlier run has only been in the way.
            if parent.child?.id == order.id { takeEnd(order, closing, &desk) }
        }
        review(&desk)
    }

    private mutating func takeEnd(_ order: OwnOrder, _ closing: Closing, _ desk: inout Desk) {
        let role = parent.child?.role
        parent.close(filled: order.filled)
        switch closing {
        case .filled: lastRefusal = nil
        case .cancelled:
            lastRefusal = nil
            switch role {
            case .crossing: pause(parameters.retryPause, &desk)
            // Taken away by the venue: it has a reason that we do not know.
            case .resting: pause(parameters.refusalPause, &desk)
            case .leaving, nil: break
            }
        case .rejected(.withdrawn): break
        case .rejected(.venueWouldTake):
            // The market has moved and our feed has not shown it yet.
            pause(parameters.retryPause, &desk)
        case .rejected(let refusal): takeRefusal(refusal, &desk)
        case .triggerFailed: pause(parameters.refusalPause, &desk)
        }
    }

    private mutating func takeRefusal(_ refusal: Refusal, _ desk: inout Desk) {
        // Of rate limits the engine tells by itself.
        if refusal != lastRefusal, refusal != .venueRateLimited { desk.note("order refused: \(refusal)") }
        lastRefusal = refusal
        pause(parameters.refusalPause, &desk)
    }
}

// MARK: - Quantities

extension Twap {
    /// The least that the market takes, in whole lots.
    var leastQuantity: Quantity { max(rules.minimumQuantity.rounded(to: rules.lot, .up), rules.lot) }

    /// What a child order should be now; nil when that is less than an order may be.
    ///
    /// A living child does not count: it is what would be sent in its place.
    func wanted(_ quote: Quote, _ allowed: Quantity) -> Quantity? {
        guard let least = leastQuantity(at: quote) else { return nil }
        var quantity = min(goal(least) - parent.done, parent.remaining, allowed)
        quantity = quantity.rounded(to: rules.lot, .down)
        let rest = parent.remaining - quantity
        // A rest that no order could be for waits until it can go with the last one.
        if rest.isPositive, rest < least {
            quantity = (parent.remaining - least).rounded(to: rules.lot, .down)
        }
        return quantity >= least ? quantity : nil
    }

    /// What may be done by now: what the schedule says, as far as this slice may catch up.
    private func goal(_ least: Quantity) -> Quantity {
        guard phase == .working else { return parent.quantity }
        let even = schedule.evenShare
        let bound = Quantity(signal: Double(even) * parameters.sliceMultiple, step: rules.lot, .up)
        return min(schedule.target, doneAtSlice + max(bound ?? even, least))
    }

    /// The least that the market takes at the price that costs less; nil when it cannot be counted.
    private func leastQuantity(at quote: Quote) -> Quantity? {
        do throws(ArithmeticError) {
            let byValue = try rules.minimumNotional.divided(by: quote.bid, .up)
            return max(leastQuantity, byValue.rounded(to: rules.lot, .up))
        } catch {
            return nil
        }
    }

    private func isWorthTrading(_ quantity: Quantity, at price: Price) -> Bool {
        do throws(ArithmeticError) {
            return try quantity.times(price, .down) >= rules.minimumNotional
        } catch {
            return false
        }
    }

    /// How much own fills and the living order may be in the window, less the fills.
    private mutating func allowed(at now: Instant) -> Quantity {
        guard participationMillionths > 0 else { return parent.quantity }
        let share = publicVolume.total(at: now).raw / 1_000_000 * participationMillionths
        return Quantity(raw: share) - ownVolume.total(at: now)
    }

    private mutating func exceedsParticipation(at now: Instant) -> Bool {
        participationMillionths > 0 && parent.living > allowed(at: now)
    }
}

// MARK: - Prices

extension Twap {
    /// Whether it is time to take what the schedule lacks.
    private func isCrossing(at now: Instant) -> Bool {
        switch phase {
        case .waiting, .over: false
        case .working: parameters.restShare < 1 && now >= schedule.moment(parameters.restShare)
        case .closing(let end): parameters.atEnd == .cross && now < end
        }
    }

    /// Whether the limit allows to trade with what is offered.
    private func reaches(_ quote: Quote) -> Bool {
        switch side {
        case .buy: parameters.limitPrice.isZero || quote.ask <= parameters.limitPrice
        case .sell: quote.bid >= parameters.limitPrice
        }
    }

    private func isBetter(_ price: Price?, than other: Price) -> Bool {
        guard let price else { return false }
        return side == .buy ? price > other : price < other
    }

    /// The touch of our side, or the limit where that is farther off.
    private func restingPrice(_ quote: Quote) -> Price? {
        switch side {
        case .buy:
            let price = quote.bid.rounded(to: rules.tick, .down)
            return parameters.limitPrice.isZero ? price : min(price, parameters.limitPrice)
        case .sell: return max(quote.ask.rounded(to: rules.tick, .up), parameters.limitPrice)
        }
    }

    /// The touch of the other side and what it may slip, within the limit; nil when it has none.
    private func crossingPrice(_ quote: Quote) -> Price? {
        let touch = side == .buy ? quote.ask : quote.bid
        // Only the slippage is a signal; rounded down to ticks, it never allows more than was asked.
        let share = parameters.slippage / 10_000
        guard let slippage = Price(signal: Double(touch) * share, step: rules.tick, .down) else {
            return nil
        }
        switch side {
        case .buy:
            let price = touch + slippage
            return parameters.limitPrice.isZero ? price : min(price, parameters.limitPrice)
        case .sell: return max(touch - slippage, max(rules.tick, parameters.limitPrice))
        }
    }
}
