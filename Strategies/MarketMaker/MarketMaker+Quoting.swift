import MarketModel
import Quantities
import StrategyKit

extension MarketMaker {
    subscript(side: Side) -> QuoteSlot {
        get {
            switch side {
            case .buy: bid
            case .sell: ask
            }
        }
        set {
            switch side {
            case .buy: bid = newValue
            case .sell: ask = newValue
            }
        }
    }

    /// Looks at what is held, and leans accordingly.
    mutating func takeStock(_ desk: borrowing Desk) {
        inventory = desk.position(market).quantity - parameters.targetInventory
        updateDistances()
    }

    mutating func updateDistances() {
        distances = model.distances(
            variance: volatility.variancePerSecond,
            inventory: Double(inventory) / Double(parameters.maxInventory))
    }

    /// Cancels both quotes until the market can be read again.
    mutating func pull(_ desk: inout Desk) {
        switch phase {
        case .stopped: return
        case .idle, .quoting: phase = .idle
        }
        seenBid = .zero
        withdraw(.buy, &desk)
        withdraw(.sell, &desk)
    }

    /// Lets both sides look anew whether they can quote.
    mutating func wake() {
        bid.wake()
        ask.wake()
    }

    /// Reviews both quotes with what the market shows, after something else than the market has
    /// changed.
    mutating func reviewAgain(_ desk: inout Desk) {
        switch phase {
        case .idle, .stopped: return
        case .quoting: if let quote = desk.quote(market) { review(quote, &desk) }
        }
    }

    /// Places what is missing and cancels what has to move.
    @usableFromInline
    mutating func review(_ quote: Quote, _ desk: inout Desk) {
        switch phase {
        case .stopped: return
        case .idle:
            // Orders of an earlier run, or pulled ones, have to be over first.
            guard volatility.isReady, desk.openOrders(in: market).isEmpty else {
                seenBid = .zero
                return
            }
            phase = .quoting
        case .quoting: break
        }
        review(.buy, quote, &desk)
        review(.sell, quote, &desk)
    }

    private mutating func review(_ side: Side, _ quote: Quote, _ desk: inout Desk) {
        switch self[side].state {
        case .leaving: return
        case .empty: place(side, quote, &desk)
        case .standing:
            if hasRoom(side), self[side].isGood(target(side, quote)) { return }
            if desk.now >= self[side].pausedUntil { withdraw(side, &desk) }
        }
    }

    private mutating func withdraw(_ side: Side, _ desk: inout Desk) {
        switch self[side].state {
        case .empty, .leaving: return
        case .standing(let id):
            self[side].leave()
            desk.cancel(id)
        }
    }

    private mutating func place(_ side: Side, _ quote: Quote, _ desk: inout Desk) {
        guard hasRoom(side), hasStock(side, desk) else { return self[side].rest() }
        guard desk.now >= self[side].pausedUntil, let price = price(side, quote),
            !meetsOpposite(side, price), let quantity = quantity(side, at: price, desk)
        else { return }
        let ticket = OrderTicket.limit(side, quantity, at: price, in: market, .makerOnly)
        guard let id = desk.place(ticket) else { return pause(side, &desk) }
        let slack = max(Double(quote.mid) * parameters.requoteThreshold / 10_000, tick)
        self[side].stand(id, price, quantity, around: target(side, quote), slack: slack)
    }

    /// Lets a side rest for `refusal_pause`.
    mutating func pause(_ side: Side, _ desk: inout Desk) {
        self[side].pausedUntil = desk.now + parameters.refusalPause
        let tag = side == .buy ? AlarmTag.resumeBids : AlarmTag.resumeAsks
        desk.setAlarm(at: self[side].pausedUntil, tag: tag.rawValue)
    }
}

// MARK: - Prices and quantities

extension MarketMaker {
    /// Where the quote of a side should stand, before rounding: the signal that the slots compare
    /// with.
    private func target(_ side: Side, _ quote: Quote) -> Double {
        let bestBid = Double(quote.bid)
        let bestAsk = Double(quote.ask)
        let mid = (bestBid + bestAsk) * 0.5
        switch side {
        case .buy: return min(mid * distances.bidFactor, bestAsk - tick)
        case .sell: return max(mid * distances.askFactor, bestBid + tick)
        }
    }

    /// The price of the quote of a side, on the tick and not crossing; nil when there is none.
    ///
    /// Only the distance from the mid price is a signal, so that the price itself is exact.
    private func price(_ side: Side, _ quote: Quote) -> Price? {
        let mid = quote.mid
        let share = side == .buy ? distances.bid : distances.ask
        guard let distance = Price(signal: Double(mid) * share, step: Price(raw: 1), .up) else {
            return nil
        }
        switch side {
        case .buy:
            let price = min((mid - distance).rounded(to: rules.tick, .down), quote.ask - rules.tick)
            return price.isPositive ? price : nil
        case .sell:
            return max((mid + distance).rounded(to: rules.tick, .up), quote.bid + rules.tick)
        }
    }

    /// Whether the order would meet the own one on the other side, which may still be leaving.
    private func meetsOpposite(_ side: Side, _ price: Price) -> Bool {
        let opposite = self[side.opposite]
        switch opposite.state {
        case .empty: return false
        case .standing, .leaving: break
        }
        switch side {
        case .buy: return price >= opposite.price
        case .sell: return price <= opposite.price
        }
    }

    /// How much may be added on a side until the inventory is at its limit.
    private func room(_ side: Side) -> Quantity {
        switch side {
        case .buy: parameters.maxInventory - inventory
        case .sell: parameters.maxInventory + inventory
        }
    }

    private func hasRoom(_ side: Side) -> Bool {
        room(side) >= max(rules.minimumQuantity, rules.lot)
    }

    /// Whether the account holds anything to sell.
    private func hasStock(_ side: Side, _ desk: borrowing Desk) -> Bool {
        switch side {
        case .buy: true
        case .sell: Quantity(desk.balance(base).total) >= max(rules.minimumQuantity, rules.lot)
        }
    }

    /// What to quote at a price: the order size, or less where inventory or balance end before; nil
    /// when that is below what the market takes.
    private func quantity(_ side: Side, at price: Price, _ desk: borrowing Desk) -> Quantity? {
        do throws(ArithmeticError) {
            let affordable: Quantity
            switch side {
            case .buy:
                affordable = try Notional(desk.balance(quoteAsset).total).divided(by: price, .down)
            case .sell: affordable = Quantity(desk.balance(base).total)
            }
            let quantity = min(parameters.orderSize, room(side), affordable)
                .rounded(to: rules.lot, .down)
            guard quantity.isPositive, quantity >= rules.minimumQuantity,
                try quantity.times(price, .down) >= rules.minimumNotional
            else { return nil }
            return quantity
        } catch {
            return nil
        }
    }
}
