import MarketModel
import Quantities

// A market that lives in the venue itself: client orders meet the crowd's in one real book.

extension SimulatedVenue {
    /// The owner that the client's orders have in a synthetic book.
    static var clientOwner: UInt32 { 1 }

    /// Adds a synthetic market; its first events are its whole book.
    package mutating func add(_ market: SyntheticMarket, at now: Instant) {
        let index = Int(market.configuration.market.index)
        precondition(syntheticIndex[index] < 0, "a market is synthetic once")
        syntheticIndex[index] = synthetic.count
        synthetic.append(market)
        market.snapshot(at: now, into: &publicEvents)
        for following in synthetic.compactMap(\.configuration.following) {
            for leader in [following.market, following.over].compactMap({ $0 }) { keepTrail(of: leader) }
        }
    }

    private mutating func keepTrail(of market: MarketID) {
        let index = syntheticIndex[Int(market.index)]
        if index >= 0, synthetic[index].trail == nil { synthetic[index].trail = PriceTrail() }
    }

    /// Adds an option on a synthetic market, of which the venue tells marks from the start.
    package mutating func add(_ option: SyntheticOption) { options.append(option) }

    /// When the crowd of a synthetic market acts next; `distantFuture` without one.
    @usableFromInline package var nextMarketStep: Instant {
        var next = Instant.distantFuture
        for market in synthetic { next = min(next, market.nextEventAt) }
        for option in options { next = min(next, option.nextMarkAt) }
        return next
    }

    /// Lets the crowd act that is next; what the public sees of it waits in `publicEvents`.
    @usableFromInline package mutating func stepMarket() {
        var next = 0
        for index in synthetic.indices where synthetic[index].nextEventAt < synthetic[next].nextEventAt {
            next = index
        }
        let now = synthetic[next].nextEventAt
        for index in options.indices where options[index].nextMarkAt <= now { return markOption(index) }
        synthetic[next].step(
            lead: lead(of: next, at: now), events: &publicEvents, clientMatches: &clientMatches)
        takeClientMatches()
        settle(at: now)
    }

    private mutating func markOption(_ index: Int) {
        let underlying = syntheticIndex[Int(options[index].underlying.index)]
        precondition(underlying >= 0, "an option is on a synthetic market")
        let (price, volatility) = synthetic[underlying].valuation
        if let mark = options[index].mark(price, volatility) { publicEvents.append(.optionMark(mark)) }
    }

    /// How far what a market follows has come, as a logarithm, when it hears of it; nil where it follows nothing.
    private func lead(of index: Int, at now: Instant) -> Double? {
        guard let following = synthetic[index].configuration.following else { return nil }
        let heard = now - following.lag
        let over = following.over.map { logReturn(of: $0, at: heard) } ?? 0
        return logReturn(of: following.market, at: heard) - over
    }

    private func logReturn(of market: MarketID, at time: Instant) -> Double {
        let index = syntheticIndex[Int(market.index)]
        precondition(index >= 0, "a synthetic market follows synthetic ones")
        return synthetic[index].trail?.logReturn(at: time) ?? 0
    }

    /// Hands over the public events of synthetic markets that nobody has seen yet.
    package mutating func takePublicEvents(into events: inout [MarketEvent]) {
        swap(&events, &publicEvents)
        publicEvents.removeAll(keepingCapacity: true)
    }

    /// Brings a client order to the market it is for, synthetic or recorded.
    mutating func execute(
        _ order: ExecutionOrder, _ states: borrowing Slab<MarketState>, at now: Instant
    ) -> ExecutionOutcome {
        let index = syntheticIndex[Int(order.market.index)]
        guard index >= 0 else { return execution.submit(order, states, fills: &fills) }
        if let budget = order.budget { return spend(budget, order, in: index, at: now) }
        var match = MatchOrder(
            id: UInt64(order.key), owner: Self.clientOwner, side: order.side, limit: order.limit,
            quantity: order.quantity, duration: order.duration, isHidden: order.isHidden)
        // A market buy is capped by what the account can pay; to the book that is a limit.
        if order.isMarket, order.limit != nil {
            guard synthetic[index].book.best(order.side.opposite) != nil else {
                return .refused(.venueNoLiquidity)
            }
            if match.mayRest { match.duration = .immediateOrCancel }
        }
        let submission = synthetic[index].submit(
            match, at: now, events: &publicEvents, clientMatches: &clientMatches)
        takeClientMatches()
        switch submission {
        case .rested: return .rested
        case .filled, .cancelled: return .ended
        case .refused(let refusal): return .refused(refusal)
        }
    }

    /// Buys for a sum: it is known from the book beforehand how much that is.
    private mutating func spend(
        _ sum: SpendingBudget, _ order: ExecutionOrder, in index: Int, at now: Instant
    ) -> ExecutionOutcome {
        var budget = sum
        var quantity = Quantity.zero
        var hasOffers = false
        synthetic[index].book.forEachLevel(order.side.opposite) { level, _ in
            hasOffers = true
            let taken = min(budget.affordable(at: level.price), level.quantity)
            budget.pay(for: taken, of: level.quantity, at: level.price)
            quantity += taken
            return !budget.isSpent
        }
        guard hasOffers else { return .refused(.venueNoLiquidity) }
        if quantity.isPositive {
            let match = MatchOrder(
                id: UInt64(order.key), owner: Self.clientOwner, side: order.side, limit: nil,
                quantity: quantity, duration: .immediateOrCancel)
            let submission = synthetic[index].submit(
                match, at: now, events: &publicEvents, clientMatches: &clientMatches)
            takeClientMatches()
            if case .refused(let refusal) = submission { return .refused(refusal) }
        }
        return budget.isSpent ? .spent : .ended
    }

    /// Takes a resting client order off its market.
    mutating func takeOff(_ key: Int, in market: MarketID, at now: Instant) {
        let index = syntheticIndex[Int(market.index)]
        if index >= 0 {
            _ = synthetic[index].cancel(UInt64(key), at: now, events: &publicEvents)
        } else {
            _ = execution.cancel(key, in: market)
        }
    }

    /// What stands before an order that has just come to rest; nil where that is not known.
    func ahead(of key: Int) -> Quantity? {
        let ticket = orders[key].ticket
        let index = syntheticIndex[Int(ticket.market.index)]
        guard index >= 0 else { return execution.ahead(of: key, in: ticket.market) }
        let shown = synthetic[index].book.publicQuantity(ticket.side, at: ticket.price)
        // It has come last; what it shows itself is what it has not traded on entry.
        guard !ticket.isHidden else { return shown }
        let rest = synthetic[index].book.order(UInt64(key))?.quantity ?? .zero
        return max(.zero, shown - rest)
    }

    /// Turns trades of the synthetic book into fills of client orders.
    private mutating func takeClientMatches() {
        for client in clientMatches {
            let match = client.match
            if match.takerOwner == Self.clientOwner {
                fills.append(
                    ExecutionFill(
                        key: Int(match.taker), liquidity: .taker, price: match.price,
                        quantity: match.quantity))
            }
            if match.makerOwner == Self.clientOwner {
                fills.append(
                    ExecutionFill(
                        key: Int(match.maker), liquidity: .maker, price: match.price,
                        quantity: match.quantity))
            }
        }
        clientMatches.removeAll(keepingCapacity: true)
    }
}
