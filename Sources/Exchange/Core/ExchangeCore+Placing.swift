import MarketModel
import Quantities
import Simulation

// How orders come in: looked over, paid for, matched, and what is told of it.

extension ExchangeCore {
    /// Places an order and lets it trade.
    ///
    /// The answer shows it as it is afterwards: `notDealt` or `partlyDealt` when it rests, `done` or
    /// `cancelled` when it is over. An order that ends without a deal is not kept and makes no news.
    package mutating func place(
        _ request: OrderRequest, at time: Instant
    ) throws(ExchangeRefusal) -> ExchangeOrder {
        try begin(at: time)
        let order = try enter(request, origin: .client)
        runStops()
        return order
    }

    /// Brings the crowds to the time of a command.
    mutating func begin(at time: Instant) throws(ExchangeRefusal) {
        if news.count >= limits.newsMax { throw .busy }
        advance(to: time)
        now = max(now, time)
    }

    /// Where an order comes from.
    enum Origin {
        case client
        case stop(VenueOrderID)
        /// It takes the place of another order, and keeps what that one was exempt from.
        case modification(of: ExchangeOrder)
    }

    /// Does everything but the stop orders that the deals trigger.
    mutating func enter(_ request: OrderRequest, origin: Origin) throws(ExchangeRefusal) -> ExchangeOrder {
        let owner = try position(request.account)
        let market = try position(request.market)
        if accounts[owner].isBarred { throw .accountBarred }
        var order = draft(request, owner, market, origin)
        let isExempt = order.options.contains(.noMinimum)
        try check(request, in: market, isExempt: isExempt)
        if request.price != nil, !order.endsAtOnce, accounts[owner].openCount >= limits.openOrdersMax {
            throw .tooManyOrders
        }
        let sweep = try order.isMarket ? sweep(request, in: market) : nil
        order.frozen = try entryCost(of: order, sweep)
        let asset = rooms[market].terms.payingAsset(order.side)
        // What is to be spent has to be there, whatever the book offers.
        let isSpending = order.side == .buy && order.unit == .quote
        let wanted = isSpending ? max(order.frozen, order.amount) : order.frozen
        guard ledger[order.account, asset].available >= wanted else { throw .insufficientBalance }
        ledger.freeze(order.frozen, order.account, asset)
        let slot = orders.add(order)
        let submission = submit(order, sweep, in: market)
        if case .refused(let refusal) = submission {
            ledger.freeze(-order.frozen, order.account, asset)
            orders.release(slot)
            throw ExchangeRefusal(refusal)
        }
        nextOrder += 1
        settleMatches(in: market, taker: slot)
        touch(order.account, asset)
        return conclude(slot, submission, sweep, owner, market)
    }

    private func draft(
        _ request: OrderRequest, _ owner: Int, _ market: Int, _ origin: Origin
    ) -> ExchangeOrder {
        let rates = accounts[owner].rates ?? rooms[market].terms.rates
        let isDiscounted = accounts[owner].paysFeesAtDiscount
        var options = request.options
        var stop = VenueOrderID.unknown
        switch origin {
        case .client: break
        case .stop(let id):
            stop = id
            options.formUnion([.fromStop, .noMinimum])
        case .modification(let old):
            stop = old.stop
            options.formUnion(old.options.intersection([.fromStop, .noMinimum]))
        }
        return ExchangeOrder(
            id: VenueOrderID(nextOrder), stop: stop, account: request.account, market: request.market,
            side: request.side, duration: request.price == nil ? .immediateOrCancel : request.duration,
            options: options, unit: request.unit, price: request.price, amount: request.amount,
            left: request.amount, paysFeesAtDiscount: isDiscounted,
            feeDiscount: isDiscounted ? discountRate : FeeRate(1),
            makerRate: request.price == nil ? .zero : rates.maker, takerRate: rates.taker, createdAt: now,
            updatedAt: now, clientID: request.clientID, sourceID: request.sourceID,
            reserveRate: max(.zero, max(rates.maker, rates.taker)))
    }

    private mutating func submit(_ order: ExchangeOrder, _ sweep: Sweep?, in market: Int) -> Submission {
        let quantity = sweep.map { order.unit == .quote ? $0.base : Quantity(order.amount) }
        // A quote amount that buys nothing: it takes part in no matching.
        if let quantity, quantity.isZero { return noMatches(in: market) }
        return rooms[market].submit(
            MatchOrder(
                id: order.id.raw, owner: order.account.index, side: order.side, limit: order.price,
                quantity: quantity ?? Quantity(order.amount), duration: order.duration,
                isHidden: order.isHidden), at: now)
    }

    private mutating func noMatches(in market: Int) -> Submission {
        rooms[market].forgetMatches()
        return .cancelled(remaining: .zero)
    }

    /// Ends what is over and rests what is not; tells of both.
    private mutating func conclude(
        _ slot: Int32, _ submission: Submission, _ sweep: Sweep?, _ owner: Int, _ market: Int
    ) -> ExchangeOrder {
        switch submission {
        case .rested:
            hold(slot, reserving: max(.zero, orders[slot].order.makerRate))
            orders.rest(slot, of: &accounts[owner])
            let order = orders[slot].order
            tell(.order(.put, order))
            tellBalances()
            noteDepth(market)
            return order
        case .filled, .cancelled:
            let order = finish(slot, isDone: isDone(orders[slot].order, sweep))
            if order.hasTraded {
                tell(.order(.finish, order))
                archive(order)
                tellBalances()
                noteDepth(market)
            } else {
                touched.removeAll(keepingCapacity: true)
            }
            orders.release(slot)
            return order
        case .refused: preconditionFailure("a refused order was turned away")
        }
    }

    /// Whether an order that ended on entry has got what it asked for.
    private func isDone(_ order: ExchangeOrder, _ sweep: Sweep?) -> Bool {
        if order.left.isZero { return true }
        guard order.unit == .quote, order.hasTraded, let sweep else { return false }
        return !sweep.isExhausted
    }
}

extension OrderRequest {
    /// What is asked for, as the bits that the venue shows.
    var options: OrderOptions {
        var options: OrderOptions = .feeInQuote
        if isHidden { options.insert(.hidden) }
        if price == nil { return options }
        switch duration {
        case .goodTillCancelled: break
        case .immediateOrCancel: options.insert(.immediateOrCancel)
        case .fillOrKill: options.insert(.fillOrKill)
        case .makerOnly: options.insert(.makerOnly)
        }
        return options
    }
}

extension ExchangeOrder {
    var endsAtOnce: Bool {
        switch duration {
        case .goodTillCancelled, .makerOnly: isMarket
        case .immediateOrCancel, .fillOrKill: true
        }
    }
}

extension ExchangeRefusal {
    /// What a book's refusal means here.
    init(_ refusal: Refusal) {
        if refusal == .venueWouldTake {
            self = .wouldTake
        } else if refusal == .venueNotFillable {
            self = .notFillable
        } else if refusal == .venueNoLiquidity {
            self = .noLiquidity
        } else if refusal == .queueFull {
            self = .tooManyOrders
        } else {
            self = .badAmount
        }
    }
}
