import MarketModel
import Quantities

/// A trade of which a client is one side or both.
package struct ClientMatch: BitwiseCopyable, Equatable, Sendable {
    package var match: Match
    /// The number of the public trade.
    package var deal: DealID
    package var at: Instant
}

extension SyntheticMarket {
    /// Submits a client's order; first advance the market to this time.
    ///
    /// Beyond the book's own reasons it is refused (`venueBadParameter`) when the owner is the crowd or
    /// the highest bit of the id is set.
    package mutating func submit(
        _ order: MatchOrder, at time: Instant, events: inout [MarketEvent],
        clientMatches: inout [ClientMatch]
    ) -> Submission {
        if order.owner == Self.crowd || BackgroundOrders.isBackground(order.id) {
            return .refused(.venueBadParameter)
        }
        let submission = book.submit(order, matches: &stepMatches, depth: &stepDepth)
        settle(from: 0)
        publish(at: time, events: &events, clientMatches: &clientMatches)
        return submission
    }

    /// Cancels a client's order; returns what remained of it, nil when it does not rest here.
    package mutating func cancel(
        _ id: UInt64, at time: Instant, events: inout [MarketEvent]
    ) -> Quantity? {
        if BackgroundOrders.isBackground(id) { return nil }
        let remaining = book.cancel(id, depth: &stepDepth)
        var noMatches: [ClientMatch] = []
        publish(at: time, events: &events, clientMatches: &noMatches)
        return remaining
    }

    /// Makes a client's order smaller in its place; the refusal as the book gives it.
    package mutating func reduce(
        _ id: UInt64, to quantity: Quantity, at time: Instant, events: inout [MarketEvent]
    ) -> Refusal? {
        if BackgroundOrders.isBackground(id) { return .venueOrderNotFound }
        let refusal = book.reduce(id, to: quantity, depth: &stepDepth)
        var noMatches: [ClientMatch] = []
        publish(at: time, events: &events, clientMatches: &noMatches)
        return refusal
    }

    /// Appends the whole book as a snapshot: a reset, then every public level.
    package func snapshot(at time: Instant, into events: inout [MarketEvent]) {
        let time = max(time, lastEventAt)
        events.append(
            .reset(
                BookReset(
                    market: configuration.market, reason: .snapshot, sequence: updateSequence,
                    venueTime: time, receivedAt: time)))
        var bids: [Level] = []
        var asks: [Level] = []
        book.publicLevels(.buy, limit: .max, into: &bids)
        book.publicLevels(.sell, limit: .max, into: &asks)
        let count = bids.count + asks.count
        for (index, level) in (bids + asks).enumerated() {
            events.append(
                .level(
                    LevelChange(
                        market: configuration.market, side: index < bids.count ? .buy : .sell,
                        isLast: index == count - 1, price: level.price, quantity: level.quantity,
                        sequence: updateSequence, venueTime: time, receivedAt: time)))
        }
        if let quote = quote(at: time) { events.append(.quote(quote)) }
    }
}

// MARK: - From the book to the public

extension SyntheticMarket {
    /// Forgets the crowd's orders that were filled, and lets the trades push the quotes.
    mutating func settle(from first: Int) {
        let spread = Double(configuration.spreadTicks)
        var index = first
        while index < stepMatches.count {
            let match = stepMatches[index]
            if BackgroundOrders.isBackground(match.maker), book.order(match.maker) == nil {
                background.remove(match.maker, match.aggressor.opposite)
            }
            let share = Double(match.quantity.steps(of: configuration.lot)) / typicalLots
            pressure += Double(match.aggressor.sign) * min(share, 3) * 0.1 * spread
            index += 1
        }
        pressure = max(-2 * spread, min(2 * spread, pressure))
    }

    /// Turns what the step has done into events: trades, then levels, then the quote.
    mutating func publish(
        at time: Instant, events: inout [MarketEvent],
        clientMatches: inout [ClientMatch]
    ) {
        // Events never go back in time, whatever a client says.
        let time = max(time, lastEventAt)
        lastEventAt = time
        for match in stepMatches { publish(match, time, &events, &clientMatches) }
        stepMatches.removeAll(keepingCapacity: true)
        if stepDepth.isEmpty { return }
        updateSequence += 1
        for (index, change) in stepDepth.enumerated() {
            events.append(
                .level(
                    LevelChange(
                        market: configuration.market, side: change.side,
                        isLast: index == stepDepth.count - 1, price: change.price,
                        quantity: change.quantity, sequence: updateSequence, venueTime: time,
                        receivedAt: time)))
        }
        stepDepth.removeAll(keepingCapacity: true)
        publishQuote(time, &events)
    }

    private mutating func publish(
        _ match: Match, _ time: Instant, _ events: inout [MarketEvent],
        _ clientMatches: inout [ClientMatch]
    ) {
        dealSequence += 1
        lastTradePrice = match.price
        events.append(
            .trade(
                Trade(
                    market: configuration.market, aggressor: match.aggressor,
                    id: DealID(dealSequence), price: match.price, quantity: match.quantity,
                    venueTime: time, receivedAt: time)))
        if match.takerOwner != Self.crowd || match.makerOwner != Self.crowd {
            clientMatches.append(ClientMatch(match: match, deal: DealID(dealSequence), at: time))
        }
    }

    private mutating func publishQuote(_ time: Instant, _ events: inout [MarketEvent]) {
        let bid = book.publicBest(.buy)
        let ask = book.publicBest(.sell)
        if bid == publishedBid, ask == publishedAsk { return }
        publishedBid = bid
        publishedAsk = ask
        if let quote = quote(at: time) { events.append(.quote(quote)) }
    }

    /// The public quote, nil while a side is empty.
    private func quote(at time: Instant) -> Quote? {
        guard let bid = book.publicBest(.buy), let ask = book.publicBest(.sell) else { return nil }
        return Quote(
            market: configuration.market, bid: bid.price, bidSize: bid.quantity, ask: ask.price,
            askSize: ask.quantity, sequence: updateSequence, venueTime: time, receivedAt: time)
    }
}
