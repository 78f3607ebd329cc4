import MarketModel
import Quantities
import Simulation

// Stop orders: nothing is held for them, and their side of the last price is fixed when they come.

extension ExchangeCore {
    /// Places a stop order, which waits for the last price to reach its stop price.
    ///
    /// - Throws: `invalidStopPrice` when it equals the last price or nothing has traded yet.
    @discardableResult
    package mutating func place(
        _ request: StopRequest, at time: Instant
    ) throws(ExchangeRefusal) -> ExchangeStop {
        try begin(at: time)
        let owner = try position(request.order.account)
        let market = try position(request.order.market)
        if accounts[owner].isBarred { throw .accountBarred }
        try check(request.order, stopPrice: request.stopPrice, in: market)
        if accounts[owner].stops.count >= limits.stopsMax { throw .tooManyOrders }
        let stop = draft(request, owner, market)
        try wait(stop, in: market)
        nextOrder += 1
        stops[stop.id.raw] = stop
        accounts[owner].stops.append(stop.id.raw)
        tell(.stop(.put, stop))
        return stop
    }

    /// Takes a waiting stop order away.
    @discardableResult
    package mutating func cancelStop(
        _ id: VenueOrderID, of account: AccountID, in market: MarketID, at time: Instant
    ) throws(ExchangeRefusal) -> ExchangeStop {
        bring(to: time)
        let stop = try waitingStop(id, account, market)
        withdraw(stop)
        return stop
    }

    /// Takes all waiting stop orders of an account in a market away, oldest first; those of a client id if
    /// one is named.
    ///
    /// - Returns: the stop orders as they were before.
    @discardableResult
    package mutating func cancelStops(
        of account: AccountID, in market: MarketID, clientID: ShortText? = nil, at time: Instant
    ) throws(ExchangeRefusal) -> [ExchangeStop] {
        bring(to: time)
        _ = try position(market)
        var found: [ExchangeStop] = []
        for id in accounts[try position(account)].stops {
            guard let stop = stops[id], stop.market == market else { continue }
            if clientID == nil || stop.clientID == clientID { found.append(stop) }
        }
        for stop in found { withdraw(stop) }
        return found
    }

    /// Changes a waiting stop order, which keeps its number. Its side of the last price is fixed anew.
    @discardableResult
    package mutating func modifyStop(
        _ id: VenueOrderID, of account: AccountID, in market: MarketID, amount: Amount? = nil,
        price: Price? = nil, stopPrice: Price? = nil, at time: Instant
    ) throws(ExchangeRefusal) -> ExchangeStop {
        try begin(at: time)
        var stop = try waitingStop(id, account, market)
        stop.amount = amount ?? stop.amount
        if !stop.isMarket { stop.price = price ?? stop.price }
        stop.stopPrice = stopPrice ?? stop.stopPrice
        stop.updatedAt = now
        let position = Int(market.index)
        try check(stop.request, stopPrice: stop.stopPrice, in: position)
        // What the book of stops could refuse is looked at first: the old one leaves it for good.
        if stop.stopPrice == rooms[position].lastPrice { throw .invalidStopPrice }
        stop.direction = direction(of: stop.stopPrice, in: position)
        _ = rooms[position].stops.remove(id.raw)
        try wait(stop, in: position)
        stops[id.raw] = stop
        tell(.stop(.modify, stop))
        return stop
    }

    /// Lets the stop orders go whose price was reached, and those that their trades trigger.
    mutating func runStops() {
        var index = 0
        while index < fired.count {
            if let stop = stops[fired[index]] { fire(stop) }
            index += 1
        }
        fired.removeAll(keepingCapacity: true)
    }

    private mutating func fire(_ stop: ExchangeStop) {
        forget(stop)
        let place = news.count
        var ended = stop
        ended.updatedAt = now
        do throws(ExchangeRefusal) {
            _ = try enter(stop.request, origin: .stop(stop.id))
            ended.status = .active
        } catch {
            ended.status = .failed
        }
        accounts[clientPosition(stop.account)].finishedStops.append(ended)
        // How it ended is known only now, but it is told before its order.
        news.insert(.stop(.activate, ended), at: place)
    }

    private func draft(_ request: StopRequest, _ owner: Int, _ market: Int) -> ExchangeStop {
        let order = request.order
        let rates = accounts[owner].rates ?? rooms[market].terms.rates
        let isDiscounted = accounts[owner].paysFeesAtDiscount
        var options: OrderOptions = [.feeInQuote, .noMinimum, .fromStop]
        if order.isHidden { options.insert(.hidden) }
        return ExchangeStop(
            id: VenueOrderID(nextOrder), account: order.account, market: order.market, side: order.side,
            duration: order.duration, options: options,
            direction: direction(of: request.stopPrice, in: market), unit: order.unit,
            stopPrice: request.stopPrice, price: order.price, amount: order.amount,
            paysFeesAtDiscount: isDiscounted, feeDiscount: isDiscounted ? discountRate : FeeRate(1),
            makerRate: order.price == nil ? .zero : rates.maker, takerRate: rates.taker, createdAt: now,
            updatedAt: now, clientID: order.clientID, sourceID: order.sourceID)
    }

    private func direction(of stopPrice: Price, in market: Int) -> StopDirection {
        stopPrice > rooms[market].lastPrice ?? .zero ? .rising : .falling
    }

    /// Looks over the figures; the minimum holds for amounts in the base asset.
    private func check(
        _ request: OrderRequest, stopPrice: Price, in market: Int
    ) throws(ExchangeRefusal) {
        try check(price: stopPrice, in: market)
        let terms = rooms[market].terms
        guard request.amount.isPositive, request.amount <= Amount(MatchingLimits.quantityMax) else {
            throw .badAmount
        }
        if let price = request.price {
            try check(price: price, in: market)
            if request.unit == .quote { throw .badAmount }
        }
        guard request.unit == .base else { return }
        if !Quantity(request.amount).isMultiple(of: terms.lot) { throw .badAmount }
        if Quantity(request.amount) < terms.minimum { throw .belowMinimum }
    }

    private mutating func wait(_ stop: ExchangeStop, in market: Int) throws(ExchangeRefusal) {
        let refusal = rooms[market].stops.add(
            stop.id.raw, stopPrice: stop.stopPrice, lastPrice: rooms[market].lastPrice)
        guard let refusal else { return }
        throw refusal == .queueFull ? .tooManyOrders : .invalidStopPrice
    }

    private func waitingStop(
        _ id: VenueOrderID, _ account: AccountID, _ market: MarketID
    ) throws(ExchangeRefusal) -> ExchangeStop {
        _ = try position(account)
        _ = try position(market)
        guard let stop = stops[id.raw], stop.market == market else { throw .orderNotFound }
        if stop.account != account { throw .othersOrder }
        return stop
    }

    private mutating func withdraw(_ stop: ExchangeStop) {
        _ = rooms[Int(stop.market.index)].stops.remove(stop.id.raw)
        forget(stop)
        var ended = stop
        ended.status = .cancelled
        ended.updatedAt = now
        tell(.stop(.cancel, ended))
    }

    private mutating func forget(_ stop: ExchangeStop) {
        stops[stop.id.raw] = nil
        accounts[clientPosition(stop.account)].stops.removeAll { $0 == stop.id.raw }
    }
}

extension ExchangeStop {
    /// What is placed when it fires.
    var request: OrderRequest {
        var request = OrderRequest(
            account: account, market: market, side: side, price: price, amount: amount, unit: unit)
        request.duration = duration
        request.isHidden = isHidden
        request.clientID = clientID
        request.sourceID = sourceID
        return request
    }
}
