import MarketModel
import Quantities
import VenueKit

extension SimulatedVenue {
    /// Works on the request that has arrived first.
    mutating func carryOutFirst(_ states: borrowing Slab<MarketState>) {
        let now = arrivals[0].at
        let group = arrivals[0].message.group
        guard charge(arrivals[0].message.request, group, at: now) else {
            rateViolations += 1
            let order = subject(arrivals[0].message.command)
            return reply(.rateLimited(RateLimited(group: group, order: order, venueTime: now)), at: now)
        }
        switch arrivals[0].message.command {
        case .place(let placement): place(placement, states, at: now)
        case .cancel(let cancellation): cancel(cancellation, at: now)
        case .modify(let modification): modify(modification, states, at: now)
        case .query(let query): answer(query, at: now)
        }
        tellBalances(at: now)
    }

    /// Counts a request against the venue's windows; false when it came too early.
    private mutating func charge(_ request: UInt64, _ group: RateGroup, at now: Instant) -> Bool {
        // The requests of a batch arrive together and count once, their orders each.
        if request != lastCharged.request {
            lastCharged = (request, chargeRequest(group, at: now))
        }
        guard lastCharged.isTaken else { return false }
        let charged = group == .batch ? Int(RateGroup.place.rawValue) : Int(group.rawValue)
        guard windows[charged].opensAt() <= now else { return false }
        windows[charged].note(at: now)
        return true
    }

    private mutating func chargeRequest(_ group: RateGroup, at now: Instant) -> Bool {
        guard total.opensAt() <= now else { return false }
        total.note(at: now)
        guard group == .batch else { return true }
        guard windows[Int(group.rawValue)].opensAt() <= now else { return false }
        windows[Int(group.rawValue)].note(at: now)
        return true
    }

    private func subject(_ command: Command) -> OrderID {
        switch command {
        case .place(let placement): placement.order
        case .cancel(let cancellation): cancellation.order
        case .modify(let modification): modification.replacement.order
        case .query: .none
        }
    }

    // MARK: Placing

    private mutating func place(
        _ placement: Placement, _ states: borrowing Slab<MarketState>, at now: Instant
    ) {
        let state = Int(placement.ticket.market.index)
        if let refusal = check(placement.ticket) {
            return refuse(placement.order, refusal, at: now)
        }
        let key = add(placement)
        guard !placement.ticket.kind.isStop else {
            let refusal = stops[state].add(
                UInt64(key), stopPrice: placement.ticket.stopPrice,
                lastPrice: states[state].lastTrade?.price)
            if let refusal { return turnAway(key, refusal, false, at: now) }
            accept(key, at: now)
            push(.progress(orders[key].progress(.open, at: now)), at: now)
            return
        }
        enter(key, states, at: now)
    }

    /// What the venue refuses before anything else.
    @inline(__always)
    private func check(_ ticket: OrderTicket) -> Refusal? {
        let market = table.terms(ticket.market)
        if ticket.spendsSum {
            let isBuy = ticket.side == .buy && ticket.kind == .market
            return isBuy && ticket.spend.isPositive ? nil : .venueBadParameter
        }
        guard ticket.quantity.isPositive, ticket.quantity.isMultiple(of: market.rules.lot) else {
            return .venueBadParameter
        }
        if ticket.quantity < market.rules.minimumQuantity { return .venueBelowMinimum }
        if ticket.kind.hasLimit {
            guard ticket.price.isPositive, ticket.price.isMultiple(of: market.rules.tick) else {
                return .venueBadParameter
            }
        }
        return nil
    }

    @inline(__always)
    private mutating func add(_ placement: Placement) -> Int {
        venueOrders += 1
        let order = VenueOrder(
            id: placement.order, venueID: VenueOrderID(venueOrders), ticket: placement.ticket, filled: .zero,
            frozen: .zero, isWaiting: placement.ticket.kind.isStop)
        let key: Int
        if !freeOrders.isEmpty {
            key = freeOrders.removeLast()
            orders[key] = order
        } else {
            key = orders.count
            orders.append(order)
        }
        while keys.count <= placement.order.slot { keys.append(-1) }
        keys[placement.order.slot] = Int32(key)
        liveOrders[Int(placement.ticket.market.index)] += 1
        return key
    }

    /// Brings an order to the market: it is paid for, trades, and rests or ends. The caller tells what
    /// that did to the balances.
    mutating func enter(_ key: Int, _ states: borrowing Slab<MarketState>, at now: Instant) {
        let id = orders[key].id
        let isTriggered = orders[key].ticket.kind.isStop
        if orders[key].ticket.spendsSum, paysTooLittle(key, states) {
            return turnAway(key, .venueBelowMinimum, isTriggered, at: now)
        }
        guard let limit = affordable(key, states), freeze(key) else {
            return turnAway(key, .venueInsufficientBalance, isTriggered, at: now)
        }
        fills.removeAll()
        let order = ExecutionOrder(
            key: key, market: orders[key].ticket.market, side: orders[key].ticket.side, limit: limit.price,
            isMarket: limit.isMarket, duration: orders[key].ticket.duration,
            isHidden: orders[key].ticket.isHidden, quantity: orders[key].ticket.quantity,
            budget: budget(key))
        switch execute(order, states, at: now) {
        case .refused(let refusal):
            turnAway(key, refusal, isTriggered, at: now)
        case .rested:
            if keepsQueuePlaces, let ahead = ahead(of: key) {
                queuePlaces.append(QueuePlace(order: id, ahead: ahead))
            }
            accept(key, at: now)
            bookFills(at: now)
            push(.progress(orders[key].progress(.open, at: now)), at: now)
        case .ended:
            if fills.isEmpty {
                // Nothing traded: the reply is all that is heard of it.
                end(key, .cancelled, at: now, isReply: !isTriggered)
            } else {
                accept(key, at: now)
                bookFills(at: now)
                if orders[key].id == id, !orders[key].isFilled { end(key, .cancelled, at: now) }
            }
        case .spent:
            if fills.isEmpty {
                end(key, .cancelled, at: now, isReply: !isTriggered)
            } else {
                accept(key, at: now)
                bookFills(at: now)
                end(key, .filled, at: now)
            }
        }
    }

    private mutating func turnAway(_ key: Int, _ refusal: Refusal, _ isTriggered: Bool, at now: Instant) {
        if isTriggered {
            end(key, .triggerFailed, at: now)
        } else {
            let id = orders[key].id
            release(key)
            refuse(id, refusal, at: now)
        }
    }

    private mutating func refuse(_ order: OrderID, _ refusal: Refusal, at now: Instant) {
        // Whatever stopped it inside, it is the venue that says so.
        let reason = refusal.isFromVenue ? refusal : .venueOther
        reply(.refused(OrderRefused(order: order, reason: reason, venueTime: now)), at: now)
    }

    /// The reply to a request that made an order; one that a stop order made has no request.
    private mutating func accept(_ key: Int, at now: Instant) {
        if orders[key].ticket.kind.isStop, !orders[key].isWaiting { return }
        let accepted = OrderAccepted(
            order: orders[key].id, venueOrder: orders[key].venueID, venueTime: now)
        reply(.accepted(accepted), at: now)
    }

    // MARK: Paying

    /// What an order that buys for a sum has to spend.
    private func budget(_ key: Int) -> SpendingBudget? {
        let ticket = orders[key].ticket
        guard ticket.spendsSum else { return nil }
        return SpendingBudget(ticket.spend, lot: table.terms(ticket.market).rules.lot)
    }

    /// Whether a sum does not pay for the least quantity at the best price (protocols/coinex-v1.md section 5.2).
    private func paysTooLittle(_ key: Int, _ states: borrowing Slab<MarketState>) -> Bool {
        let market = table.terms(orders[key].ticket.market)
        guard let ask = states[Int(market.id.index)].touch(.sell) else { return false }
        do throws(ArithmeticError) {
            return try orders[key].ticket.spend < market.rules.minimumQuantity.times(ask.price, .up)
        } catch {
            return true
        }
    }

    /// The price up to which an order may trade: its limit, or for a market buy what the account can pay.
    private func affordable(
        _ key: Int, _ states: borrowing Slab<MarketState>
    ) -> (price: Price?, isMarket: Bool)? {
        if orders[key].ticket.kind.hasLimit { return (orders[key].ticket.price, false) }
        let quantity = orders[key].ticket.quantity
        let market = table.terms(orders[key].ticket.market)
        switch orders[key].ticket.side {
        case .sell:
            return account.available(market.base) >= Amount(quantity) ? (nil, true) : nil
        case .buy:
            do throws(ArithmeticError) {
                let money = Notional(account.available(market.quote))
                let rate = max(.zero, market.rules.takerFee)
                if orders[key].ticket.spendsSum {
                    let sum = orders[key].ticket.spend
                    return try sum.adding(sum.times(rate, .up)) <= money ? (nil, true) : nil
                }
                let withFee = try quantity.adding(quantity.times(rate, .up))
                let most = try money.divided(by: withFee, .down)
                if let ask = states[Int(market.id.index)].touch(.sell), most < ask.price { return nil }
                return most.isPositive ? (most, true) : nil
            } catch {
                return nil
            }
        }
    }

    /// Holds what a limit order may cost; false when the account cannot cover it.
    private mutating func freeze(_ key: Int) -> Bool {
        guard orders[key].ticket.kind.hasLimit else { return true }
        let needed = cost(key)
        let asset = payingAsset(key)
        guard account.available(asset) >= needed else { return false }
        account.freeze(needed, asset)
        orders[key].frozen = needed
        return true
    }

    private func payingAsset(_ key: Int) -> AssetID {
        let market = Int(orders[key].ticket.market.index)
        return orders[key].ticket.side == .buy ? table.terms[market].quote : table.terms[market].base
    }

    /// What the rest of a limit order may cost, fee included.
    private func cost(_ key: Int) -> Amount {
        let remaining = orders[key].remaining
        switch orders[key].ticket.side {
        case .sell: return Amount(remaining)
        case .buy:
            let market = Int(orders[key].ticket.market.index)
            let rate = max(table.terms[market].rules.makerFee, table.terms[market].rules.takerFee)
            do throws(ArithmeticError) {
                let value = try remaining.times(orders[key].ticket.price, .up)
                return Amount(try value.adding(value.times(max(.zero, rate), .up)))
            } catch {
                // Not affordable by anybody.
                return Amount(raw: Int128.max >> 1)
            }
        }
    }

    // MARK: Fills and endings

    /// Books the fills that were made, and tells of them.
    mutating func settle(at now: Instant) {
        bookFills(at: now)
        tellBalances(at: now)
    }

    private mutating func bookFills(at now: Instant) {
        for index in fills.indices { book(fills[index], at: now) }
        fills.removeAll()
    }

    private mutating func book(_ fill: ExecutionFill, at now: Instant) {
        let isBuy = orders[fill.key].ticket.side == .buy
        let market = table.terms(orders[fill.key].ticket.market)
        do throws(ArithmeticError) {
            // Both drop what fits no digit: the parts of an order never cost more than it holds as a whole.
            let notional = try fill.quantity.times(fill.price, .towardZero)
            let fee = try notional.times(market.rules.fee(fill.liquidity), .towardZero)
            dealCount += 1
            let deal = Deal(
                id: DealID(dealCount), market: market.id, order: orders[fill.key].id,
                liquidity: fill.liquidity, price: fill.price, quantity: fill.quantity, notional: notional,
                fee: Amount(fee), feeAsset: market.quote, venueTime: now)
            orders[fill.key].filled += fill.quantity
            refreeze(fill.key)
            account.add(Amount(isBuy ? fill.quantity : -fill.quantity), market.base)
            account.add(Amount((isBuy ? -notional : notional) - fee), market.quote)
            history.add(deal)
            push(.deal(deal), at: now)
        } catch {
            preconditionFailure("an order that the account covers has a value")
        }
        if orders[fill.key].isFilled {
            end(fill.key, .filled, at: now)
        } else if fill.liquidity == .maker {
            push(.progress(orders[fill.key].progress(.open, at: now)), at: now)
        }
    }

    private mutating func refreeze(_ key: Int) {
        guard orders[key].ticket.kind.hasLimit else { return }
        let needed = cost(key)
        account.freeze(needed - orders[key].frozen, payingAsset(key))
        orders[key].frozen = needed
    }

    /// Ends an order: what it held is free, and the news goes out.
    mutating func end(_ key: Int, _ phase: OrderProgress.Phase, at now: Instant, isReply: Bool = false) {
        let ending = orders[key].progress(phase, at: now)
        history.add(ending)
        release(key)
        if isReply {
            reply(.progress(ending), at: now)
        } else {
            push(.progress(ending), at: now)
        }
    }

    private mutating func release(_ key: Int) {
        account.freeze(-orders[key].frozen, payingAsset(key))
        orders[key].frozen = .zero
        keys[orders[key].id.slot] = -1
        orders[key].id = .none
        freeOrders.append(key)
        liveOrders[Int(orders[key].ticket.market.index)] -= 1
    }

    // MARK: Cancelling, modifying, asking

    func key(of order: OrderID) -> Int? {
        guard order.slot < keys.count, keys[order.slot] >= 0 else { return nil }
        let key = Int(keys[order.slot])
        return orders[key].id == order ? key : nil
    }

    private mutating func cancel(_ cancellation: Cancellation, at now: Instant) {
        guard let key = key(of: cancellation.order) else {
            let refused = OrderRefused(
                order: cancellation.order, reason: .venueOrderNotFound, venueTime: now)
            return reply(.actionRefused(refused), at: now)
        }
        withdraw(key, at: now)
    }

    /// Takes an order off the market, or off the list of waiting stop orders.
    private mutating func withdraw(_ key: Int, at now: Instant) {
        let market = orders[key].ticket.market
        if orders[key].isWaiting {
            _ = stops[Int(market.index)].remove(UInt64(key))
        } else {
            takeOff(key, in: market, at: now)
        }
        end(key, .cancelled, at: now)
    }

    /// A modification is a cancel and a new order (protocols/coinex-v1.md section 5.9).
    private mutating func modify(
        _ modification: Modification, _ states: borrowing Slab<MarketState>, at now: Instant
    ) {
        guard let key = key(of: modification.order) else {
            let refused = OrderRefused(
                order: modification.replacement.order, reason: .venueOrderNotFound, venueTime: now)
            return reply(.refused(refused), at: now)
        }
        let ticket = modification.replacement.ticket
        if let refusal = check(ticket) {
            return refuse(modification.replacement.order, refusal, at: now)
        }
        var replacement = modification.replacement
        // A stop order that has fired rests as a plain one, and so does what replaces it.
        let hasFired = orders[key].ticket.kind.isStop && !orders[key].isWaiting
        if hasFired, replacement.ticket.kind == .stopLimit { replacement.ticket.kind = .limit }
        withdraw(key, at: now)
        place(replacement, states, at: now)
    }

    private mutating func answer(_ query: OrderQuery, at now: Instant) {
        let progress: OrderProgress
        if let key = key(of: query.order) {
            progress = orders[key].progress(.open, at: now)
        } else if let ending = history.ending(of: query.order) {
            progress = ending
        } else {
            return reply(.absent(OrderUncertain(order: query.order, venueTime: now)), at: now)
        }
        for deal in history.deals(of: query.order) { reply(.deal(deal), at: now) }
        reply(.progress(progress), at: now)
    }

    // MARK: Stops

    /// Lets the stop orders go whose price the last trade has reached.
    mutating func fireStops(_ trade: Trade, _ states: borrowing Slab<MarketState>) {
        let market = Int(trade.market.index)
        fired.removeAll(keepingCapacity: true)
        stops[market].fire(trade.price, into: &fired)
        for index in fired.indices {
            let key = Int(fired[index])
            orders[key].isWaiting = false
            venueOrders += 1
            orders[key].venueID = VenueOrderID(venueOrders)
            enter(key, states, at: trade.receivedAt)
        }
        tellBalances(at: trade.receivedAt)
    }
}
