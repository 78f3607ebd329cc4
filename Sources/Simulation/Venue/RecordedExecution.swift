import MarketModel
import Quantities

/// How a resting order moves up when the size at its price shrinks without a trade.
package enum QueueModel: String, CaseIterable, Sendable {
    /// Those behind us cancel first: we move up only when there is no other way.
    case pessimistic
    /// Cancels hit all who wait alike: we move up in proportion.
    case proportional
    /// Those before us cancel first.
    case optimistic
}

/// Client orders against recorded or live public data.
///
/// Taking: an order that crosses takes what the quote, or the whole book where it is live, shows up to its
/// limit, less what we took before (`ConsumedLiquidity`). Resting: an order waits behind what was shown at
/// its price when it came. Trades at its price serve those before it first, then it; a trade beyond its price,
/// or a market that comes to it, fills it.
///
/// Where only the quote is known, the size at a price behind the best is unknown until the quote comes to it:
/// then all that is shown there counts as standing before us.
package struct RecordedExecution: Sendable {
    struct Resting: BitwiseCopyable, Sendable {
        var key: Int
        var side: Side
        var price: Price
        var remaining: Quantity
        /// What stands before us; nil while that is unknown.
        var ahead: Quantity?
        /// What the market showed at our price when we looked last.
        var shown: Quantity
        /// Traded at our price since then.
        var traded: Quantity
    }

    let queue: QueueModel
    /// Per market, oldest first.
    var resting: [[Resting]]
    var consumed: [ConsumedLiquidity]

    /// Client orders that rest in one market; one more is refused.
    package static let restingMax = 4_096

    package init(markets: Int, queue: QueueModel) {
        self.queue = queue
        resting = Array(repeating: [], count: markets)
        consumed = Array(repeating: ConsumedLiquidity(), count: markets)
    }

    /// Takes an order in: fills what trades at once, then rests, ends or refuses.
    package mutating func submit(
        _ order: ExecutionOrder, _ state: borrowing MarketState, fills: inout [ExecutionFill]
    ) -> ExecutionOutcome {
        let market = Int(order.market.index)
        let offered = offered(to: order.side, limit: order.limit, upTo: order.quantity, state, market)
        switch order.duration {
        case .makerOnly: if offered.isPositive { return .refused(.venueWouldTake) }
        case .fillOrKill: if offered < order.quantity { return .refused(.venueNotFillable) }
        case .goodTillCancelled, .immediateOrCancel: break
        }
        if order.isMarket, !offered.isPositive { return .refused(.venueNoLiquidity) }
        let rest = order.quantity - take(order, offered, state, &fills)
        guard rest.isPositive, !order.isMarket, let limit = order.limit else { return .ended }
        switch order.duration {
        case .immediateOrCancel, .fillOrKill: return .ended
        case .goodTillCancelled, .makerOnly: break
        }
        guard resting[market].count < Self.restingMax else { return .refused(.queueFull) }
        let shown = shown(order.side, limit, state)
        resting[market].append(
            Resting(
                key: order.key, side: order.side, price: limit, remaining: rest, ahead: shown,
                shown: shown ?? .zero, traded: .zero))
        return .rested
    }

    /// Takes a resting order out; false when it does not rest.
    package mutating func cancel(_ key: Int, in market: MarketID) -> Bool {
        guard let index = resting[Int(market.index)].firstIndex(where: { $0.key == key }) else { return false }
        resting[Int(market.index)].remove(at: index)
        return true
    }
}

// MARK: - Taking

extension RecordedExecution {
    /// What the market offers to an order up to its limit, at most `quantity`.
    private mutating func offered(
        to side: Side, limit: Price?, upTo quantity: Quantity, _ state: borrowing MarketState, _ market: Int
    ) -> Quantity {
        var sum = Quantity.zero
        forEachOffer(to: side, limit: limit, state) { level in
            sum += consumed[market].available(side.opposite, level.price, shown: level.quantity)
            return sum < quantity
        }
        return min(sum, quantity)
    }

    /// Takes `offered` level by level; returns what was taken.
    private mutating func take(
        _ order: ExecutionOrder, _ offered: Quantity, _ state: borrowing MarketState,
        _ fills: inout [ExecutionFill]
    ) -> Quantity {
        guard offered.isPositive else { return .zero }
        let market = Int(order.market.index)
        let passive = order.side.opposite
        var left = offered
        forEachOffer(to: order.side, limit: order.limit, state) { level in
            let available = consumed[market].available(passive, level.price, shown: level.quantity)
            let taken = min(available, left)
            if taken.isPositive {
                consumed[market].take(taken, passive, level.price, shown: level.quantity)
                fills.append(
                    ExecutionFill(key: order.key, liquidity: .taker, price: level.price, quantity: taken))
                left -= taken
            }
            return left.isPositive
        }
        return offered - left
    }

    /// Calls `body` for each level that an order of this side and limit may take, best first, while it
    /// returns true.
    private func forEachOffer(
        to side: Side, limit: Price?, _ state: borrowing MarketState, _ body: (Level) -> Bool
    ) {
        func isWithin(_ price: Price) -> Bool {
            guard let limit else { return true }
            switch side {
            case .buy: return price <= limit
            case .sell: return price >= limit
            }
        }
        // The quote is newer than the book where the venue streams both: levels better than it are gone.
        if let quote = state.quote {
            let best = side == .buy ? quote.ask : quote.bid
            let size = side == .buy ? quote.askSize : quote.bidSize
            guard isWithin(best), body(Level(price: best, quantity: size)) else { return }
            guard state.book.isLive else { return }
            forEachLevel(side, state) { level in
                let isBehind = side == .buy ? level.price > best : level.price < best
                if !isBehind { return true }
                return isWithin(level.price) && body(level)
            }
        }
    }

    private func forEachLevel(_ side: Side, _ state: borrowing MarketState, _ body: (Level) -> Bool) {
        switch side {
        case .buy:
            for depth in 0..<state.book.asks.count where !body(state.book.asks[depth]) { return }
        case .sell:
            for depth in 0..<state.book.bids.count where !body(state.book.bids[depth]) { return }
        }
    }

    /// What the market shows at a price on a side; nil when that is not known.
    private func shown(_ side: Side, _ price: Price, _ state: borrowing MarketState) -> Quantity? {
        if let quote = state.quote {
            let best = side == .buy ? quote.bid : quote.ask
            if price == best { return side == .buy ? quote.bidSize : quote.askSize }
            let isBetter = side == .buy ? price > best : price < best
            if isBetter { return .zero }
        }
        guard state.book.isLive else { return nil }
        switch side {
        case .buy: return state.book.bids.quantity(at: price)
        case .sell: return state.book.asks.quantity(at: price)
        }
    }
}

// MARK: - Resting

extension RecordedExecution {
    /// A public trade: resting orders may be filled by it.
    package mutating func observe(_ trade: Trade, fills: inout [ExecutionFill]) {
        let market = Int(trade.market.index)
        guard !resting[market].isEmpty else { return }
        let passive = trade.aggressor.opposite
        // What earlier own orders at the same price got of this trade.
        var given = Quantity.zero
        var ended = false
        for index in resting[market].indices where resting[market][index].side == passive {
            let order = resting[market][index]
            let isBeyond = passive == .buy ? trade.price < order.price : trade.price > order.price
            var filled = Quantity.zero
            if isBeyond {
                filled = order.remaining
            } else if trade.price == order.price {
                resting[market][index].traded += trade.quantity
                if let ahead = order.ahead {
                    let reaching = trade.quantity - ahead - given
                    resting[market][index].ahead = max(.zero, ahead - trade.quantity)
                    filled = max(.zero, min(order.remaining, reaching))
                    given += filled
                }
            }
            if filled.isPositive {
                fill(market, index, filled, &fills)
                if resting[market][index].remaining.isZero { ended = true }
            }
        }
        if ended { resting[market].removeAll { $0.remaining.isZero } }
    }

    /// The quote or the book changed: resting orders may be filled, or move up in the queue.
    package mutating func observeDepth(
        of market: MarketID, _ state: borrowing MarketState, fills: inout [ExecutionFill]
    ) {
        let market = Int(market.index)
        guard !resting[market].isEmpty, let quote = state.quote else { return }
        var ended = false
        for index in resting[market].indices {
            let order = resting[market][index]
            let isReached = order.side == .buy ? quote.ask <= order.price : quote.bid >= order.price
            if isReached {
                let offered = offered(
                    to: order.side, limit: order.price, upTo: order.remaining, state, market)
                if offered.isPositive {
                    meet(market, index, offered, state, &fills)
                    if resting[market][index].remaining.isZero { ended = true }
                }
                continue
            }
            moveUp(market, index, quote, state)
        }
        if ended { resting[market].removeAll { $0.remaining.isZero } }
    }

    /// The market came to a resting order: it trades at its own price with what came.
    private mutating func meet(
        _ market: Int, _ index: Int, _ offered: Quantity, _ state: borrowing MarketState,
        _ fills: inout [ExecutionFill]
    ) {
        let order = resting[market][index]
        let passive = order.side.opposite
        var left = offered
        forEachOffer(to: order.side, limit: order.price, state) { level in
            let available = consumed[market].available(passive, level.price, shown: level.quantity)
            let taken = min(available, left)
            if taken.isPositive {
                consumed[market].take(taken, passive, level.price, shown: level.quantity)
                left -= taken
            }
            return left.isPositive
        }
        fill(market, index, offered, &fills)
    }

    private mutating func fill(
        _ market: Int, _ index: Int, _ quantity: Quantity, _ fills: inout [ExecutionFill]
    ) {
        resting[market][index].remaining -= quantity
        let order = resting[market][index]
        fills.append(
            ExecutionFill(key: order.key, liquidity: .maker, price: order.price, quantity: quantity))
    }

    /// The size at the order's price shrank by more than was traded: some who waited have left.
    private mutating func moveUp(_ market: Int, _ index: Int, _ quote: Quote, _ state: borrowing MarketState) {
        let order = resting[market][index]
        // The quote alone says nothing about prices behind the best.
        let best = order.side == .buy ? quote.bid : quote.ask
        if !state.book.isLive, order.price != best { return }
        guard let shown = shown(order.side, order.price, state) else { return }
        resting[market][index].shown = shown
        resting[market][index].traded = .zero
        guard let ahead = order.ahead else {
            resting[market][index].ahead = shown
            return
        }
        let left = order.shown - shown - order.traded
        guard left.isPositive, ahead.isPositive else { return }
        resting[market][index].ahead = min(moved(ahead, left, of: order.shown), shown)
    }

    private func moved(_ ahead: Quantity, _ left: Quantity, of shown: Quantity) -> Quantity {
        switch queue {
        case .pessimistic: return ahead
        case .optimistic: return max(.zero, ahead - left)
        case .proportional:
            // A signal, not money: what share of those who left stood before us.
            let share = Double(ahead) / max(Double(shown), Double(ahead))
            let before = Quantity(signal: Double(left) * share, step: Quantity(raw: 1), .down) ?? .zero
            return max(.zero, ahead - before)
        }
    }
}
