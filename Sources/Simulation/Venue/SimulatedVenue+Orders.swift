import MarketModel
import Quantities
import VenueKit

extension SimulatedVenue {
    mutating func carryOut(_ dispatch: Dispatch, _ states: borrowing Slab<MarketState>, at now: Instant) {
        guard charge(dispatch, at: now) else {
            rateViolations += 1
            let limited = RateLimited(group: dispatch.group, order: subject(dispatch.command), venueTime: now)
            return reply(.rateLimited(limited), at: now)
        }
        switch dispatch.command {
        case .place(let placement): place(placement, states, at: now)
        case .cancel(let cancellation): cancel(cancellation, at: now)
        case .modify(let modification): modify(modification, states, at: now)
        case .query(let query): answer(query, at: now)
        }
        tellBalances(at: now)
    }

    /// Counts a request against the venue's windows; false when it came too early.
    private mutating func charge(_ dispatch: Dispatch, at now: Instant) -> Bool {
        // The requests of a batch arrive together and count once, their orders each.
        if dispatch.request != lastCharged.request {
            lastCharged = (dispatch.request, chargeRequest(dispatch.group, at: now))
        }
        guard lastCharged.isTaken else { return false }
        let group = dispatch.group == .batch ? RateGroup.place : dispatch.group
        guard windows[Int(group.rawValue)].opensAt() <= now else { return false }
        windows[Int(group.rawValue)].note(at: now)
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
    private func check(_ ticket: OrderTicket) -> Refusal? {
        let market = table.terms(ticket.market)
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
        let order = orders[key]
        let isTriggered = order.ticket.kind.isStop
        guard let limit = affordable(order, states), freeze(key) else {
            return turnAway(key, .venueInsufficientBalance, isTriggered, at: now)
        }
        fills.removeAll()
        let outcome = execute(
            ExecutionOrder(
                key: key, market: order.ticket.market, side: order.ticket.side, limit: limit.price,
                isMarket: limit.isMarket, duration: order.ticket.duration,
                isHidden: order.ticket.isHidden, quantity: order.ticket.quantity), states, at: now)
        switch outcome {
        case .refused(let refusal):
            turnAway(key, refusal, isTriggered, at: now)
        case .rested:
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
                if orders[key].id == order.id, orders[key].remaining.isPositive {
                    end(key, .cancelled, at: now)
                }
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

    /// The price up to which an order may trade: its limit, or for a market buy what the account can pay.
    private func affordable(
        _ order: VenueOrder, _ states: borrowing Slab<MarketState>
    ) -> (price: Price?, isMarket: Bool)? {
        if order.ticket.kind.hasLimit { return (order.ticket.price, false) }
        let market = table.terms(order.ticket.market)
        switch order.ticket.side {
        case .sell:
            return account.available(market.base) >= Amount(order.ticket.quantity) ? (nil, true) : nil
        case .buy:
            do throws(ArithmeticError) {
                let money = Notional(account.available(market.quote))
                let withFee = try order.ticket.quantity.adding(
                    order.ticket.quantity.times(max(.zero, market.rules.takerFee), .up))
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
        let needed = cost(orders[key])
        let asset = payingAsset(orders[key])
        guard account.available(asset) >= needed else { return false }
        account.freeze(needed, asset)
        orders[key].frozen = needed
        return true
    }

    private func payingAsset(_ order: VenueOrder) -> AssetID {
        let market = table.terms(order.ticket.market)
        return order.ticket.side == .buy ? market.quote : market.base
    }

    /// What the rest of a limit order may cost, fee included.
    private func cost(_ order: VenueOrder) -> Amount {
        switch order.ticket.side {
        case .sell: return Amount(order.remaining)
        case .buy:
            let rules = table.terms(order.ticket.market).rules
            do throws(ArithmeticError) {
                let value = try order.remaining.times(order.ticket.price, .up)
                let fee = max(.zero, max(rules.makerFee, rules.takerFee))
                return Amount(try value.adding(value.times(fee, .up)))
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
        let order = orders[fill.key]
        let market = table.terms(order.ticket.market)
        do throws(ArithmeticError) {
            // Both drop what fits no digit: the parts of an order never cost more than it holds as a whole.
            let notional = try fill.quantity.times(fill.price, .towardZero)
            let fee = try notional.times(market.rules.fee(fill.liquidity), .towardZero)
            dealCount += 1
            let deal = Deal(
                id: DealID(dealCount), market: market.id, order: order.id, liquidity: fill.liquidity,
                price: fill.price, quantity: fill.quantity, notional: notional, fee: Amount(fee),
                feeAsset: market.quote, venueTime: now)
            orders[fill.key].filled += fill.quantity
            refreeze(fill.key)
            let sign = order.ticket.side == .buy
            account.add(Amount(sign ? fill.quantity : -fill.quantity), market.base)
            account.add(Amount((sign ? -notional : notional) - fee), market.quote)
            history.add(deal)
            push(.deal(deal), at: now)
        } catch {
            preconditionFailure("an order that the account covers has a value")
        }
        if orders[fill.key].remaining.isZero {
            end(fill.key, .filled, at: now)
        } else if fill.liquidity == .maker {
            push(.progress(orders[fill.key].progress(.open, at: now)), at: now)
        }
    }

    private mutating func refreeze(_ key: Int) {
        guard orders[key].ticket.kind.hasLimit else { return }
        let needed = cost(orders[key])
        account.freeze(needed - orders[key].frozen, payingAsset(orders[key]))
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
        let order = orders[key]
        account.freeze(-order.frozen, payingAsset(order))
        orders[key].frozen = .zero
        orders[key].id = .none
        keys[order.id.slot] = -1
        freeOrders.append(key)
        liveOrders[Int(order.ticket.market.index)] -= 1
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
