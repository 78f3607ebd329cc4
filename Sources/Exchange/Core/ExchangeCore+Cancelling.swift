import MarketModel
import Quantities

extension ExchangeCore {
    /// Takes a resting order out of its book.
    ///
    /// - Returns: the order as it was before, which is what the venue answers with.
    /// - Throws: `orderNotFound` for an order that has ended, never was, or is in another market;
    ///   `othersOrder`.
    @discardableResult
    package mutating func cancel(
        _ id: VenueOrderID, of account: AccountID, in market: MarketID, at time: Instant
    ) throws(ExchangeRefusal) -> ExchangeOrder {
        bring(to: time)
        let slot = try slot(of: id, account, market)
        let before = orders[slot].order
        withdraw(slot)
        return before
    }

    /// Cancels every resting order of an account in a market, oldest first; of one side if one is named.
    ///
    /// - Returns: how many there were.
    @discardableResult
    package mutating func cancelAll(
        of account: AccountID, in market: MarketID, side: Side? = nil, at time: Instant
    ) throws(ExchangeRefusal) -> Int {
        bring(to: time)
        let slots = try slots(of: account, RowFilter(market: market, side: side))
        for slot in slots { withdraw(slot) }
        return slots.count
    }

    /// Cancels the resting orders of an account that bear a client id, oldest first.
    ///
    /// - Returns: the orders as they were before.
    package mutating func cancel(
        clientID: ShortText, of account: AccountID, in market: MarketID, at time: Instant
    ) throws(ExchangeRefusal) -> [ExchangeOrder] {
        bring(to: time)
        let slots = try slots(of: account, RowFilter(market: market, clientID: clientID))
        return slots.map { slot in
            let before = orders[slot].order
            withdraw(slot)
            return before
        }
    }

    /// Changes price or amount of a resting limit order: it is cancelled, and a new one takes its place.
    ///
    /// The new order has a new number and the same client id, and stands behind the others at its price.
    /// `amount` is the whole amount of the new order: what the old one traded is not taken off. Without it
    /// the new order is for what was left. A refusal leaves the old order as it was.
    package mutating func modify(
        _ id: VenueOrderID, of account: AccountID, in market: MarketID, amount: Amount?, price: Price?,
        at time: Instant
    ) throws(ExchangeRefusal) -> ExchangeOrder {
        try begin(at: time)
        let slot = try slot(of: id, account, market)
        let old = orders[slot].order
        var request = OrderRequest(
            account: account, market: market, side: old.side, price: price ?? old.price,
            amount: amount ?? old.left)
        request.duration = old.duration
        request.isHidden = old.isHidden
        request.clientID = old.clientID
        request.sourceID = old.sourceID
        try checkReplacement(request, of: old)
        withdraw(slot)
        let order = try enter(request, origin: .modification(of: old))
        runStops()
        return order
    }

    /// Whatever could refuse the new order, looked at before the old one is withdrawn.
    private func checkReplacement(
        _ request: OrderRequest, of old: ExchangeOrder
    ) throws(ExchangeRefusal) {
        let owner = try position(request.account)
        let market = try position(request.market)
        if accounts[owner].isBarred { throw .accountBarred }
        try check(request, in: market, isExempt: old.options.contains(.noMinimum))
        let rates = accounts[owner].rates ?? rooms[market].terms.rates
        var order = old
        order.price = request.price
        order.left = request.amount
        let needed: Amount
        do throws(ArithmeticError) {
            needed = try order.needed(reserving: max(.zero, max(rates.maker, rates.taker)))
        } catch {
            throw .badAmount
        }
        let available = ledger[old.account, rooms[market].terms.payingAsset(old.side)].available
        if available + old.frozen < needed { throw .insufficientBalance }
        guard request.duration == .makerOnly, let price = request.price,
            let best = rooms[market].best(request.side.opposite)
        else { return }
        switch request.side {
        case .buy: if price >= best.price { throw .wouldTake }
        case .sell: if price <= best.price { throw .wouldTake }
        }
    }

    /// Brings the crowds to the time of a command that is carried out whatever news is waiting.
    mutating func bring(to time: Instant) {
        advance(to: time)
        now = max(now, time)
    }

    /// Takes a resting order out of its book, ends it and tells.
    func slot(
        of id: VenueOrderID, _ account: AccountID, _ market: MarketID
    ) throws(ExchangeRefusal) -> Int32 {
        _ = try position(account)
        _ = try position(market)
        guard let slot = orders.slot(of: id), orders[slot].order.market == market else {
            throw .orderNotFound
        }
        if orders[slot].order.account != account { throw .othersOrder }
        return slot
    }

    /// The slots of the resting orders of an account that fit, oldest first.
    private func slots(
        of account: AccountID, _ filter: RowFilter
    ) throws(ExchangeRefusal) -> [Int32] {
        if let market = filter.market { _ = try position(market) }
        var found: [Int32] = []
        var slot = accounts[try position(account)].firstOrder
        while slot != OrderStore.none {
            if filter.admits(orders[slot].order) { found.append(slot) }
            slot = orders[slot].next
        }
        return found
    }

    private mutating func withdraw(_ slot: Int32) {
        let order = orders[slot].order
        let market = Int(order.market.index)
        rooms[market].cancel(order.id, at: now)
        orders.leave(slot, of: &accounts[clientPosition(order.account)])
        let ended = finish(slot, isDone: false)
        orders.release(slot)
        archive(ended)
        touch(order.account, rooms[market].terms.payingAsset(order.side))
        tell(.order(.finish, ended))
        tellBalances()
        noteDepth(market)
    }
}
