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
package struct RecordedExecution: ~Copyable, Sendable {
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

    let anchor = Anchor()
    let queue: QueueModel
    /// Per market; of one side the best price first, at one price the oldest.
    var resting = Slab<Slab<Resting>>()
    var consumed = Slab<ConsumedLiquidity>()

    /// Client orders that rest in one market; one more is refused.
    package static let restingMax = 4_096

    package init(markets: Int, queue: QueueModel) {
        self.queue = queue
        for _ in 0..<markets {
            resting.append(Slab())
            consumed.append(ConsumedLiquidity())
        }
    }

    /// Takes an order in: fills what trades at once, then rests, ends or refuses.
    package mutating func submit(
        _ order: ExecutionOrder, _ states: borrowing Slab<MarketState>, fills: inout Slab<ExecutionFill>
    ) -> ExecutionOutcome {
        let market = Int(order.market.index)
        // Before anything trades: what is refused has left no trace.
        if order.mayRest, resting[market].count >= Self.restingMax { return .refused(.queueFull) }
        switch order.duration {
        case .makerOnly:
            if offered(to: order, states).isPositive { return .refused(.venueWouldTake) }
        case .fillOrKill:
            if offered(to: order, states) < order.quantity { return .refused(.venueNotFillable) }
        case .goodTillCancelled, .immediateOrCancel: break
        }
        if let budget = order.budget { return spend(budget, order, states, &fills) }
        let taken = take(order, states, &fills)
        if order.isMarket, taken.isZero { return .refused(.venueNoLiquidity) }
        let rest = order.quantity - taken
        guard rest.isPositive, order.mayRest, let limit = order.limit else { return .ended }
        let shown = shown(order.side, limit, states, market)
        line(
            Resting(
                key: order.key, side: order.side, price: limit, remaining: rest, ahead: shown,
                shown: shown ?? .zero, traded: .zero), up: market)
        return .rested
    }

    /// Puts an order behind those of its side that are as good or better.
    private mutating func line(_ order: Resting, up market: Int) {
        var place = resting[market].count
        resting[market].append(order)
        for index in resting[market].indices.dropLast().reversed()
        where resting[market][index].side == order.side {
            let price = resting[market][index].price
            guard order.side == .buy ? price < order.price : price > order.price else { return }
            resting[market][place] = resting[market][index]
            resting[market][index] = order
            place = index
        }
    }

    /// Takes a resting order out; false when it does not rest.
    package mutating func cancel(_ key: Int, in market: MarketID) -> Bool {
        let market = Int(market.index)
        for index in resting[market].indices where resting[market][index].key == key {
            resting[market].remove(at: index)
            return true
        }
        return false
    }

    /// What stands before a resting order; nil while that is not known.
    func ahead(of key: Int, in market: MarketID) -> Quantity? {
        let market = Int(market.index)
        for index in resting[market].indices where resting[market][index].key == key {
            return resting[market][index].ahead
        }
        return nil
    }

    /// Takes out the resting orders of which nothing is left.
    private mutating func removeEnded(_ market: Int) {
        for index in resting[market].indices.reversed() where resting[market][index].remaining.isZero {
            resting[market].remove(at: index)
        }
    }
}

// MARK: - Taking

extension RecordedExecution {
    /// What the market offers to an order up to its limit, at most its quantity.
    private mutating func offered(to order: ExecutionOrder, _ states: borrowing Slab<MarketState>) -> Quantity
    {
        let market = Int(order.market.index)
        return offered(to: order.side, limit: order.limit, upTo: order.quantity, states, market)
    }

    private mutating func offered(
        to side: Side, limit: Price?, upTo quantity: Quantity, _ states: borrowing Slab<MarketState>,
        _ market: Int
    ) -> Quantity {
        var sum = Quantity.zero
        forEachOffer(to: side, limit: limit, states, market) { execution, level in
            sum += execution.consumed[market].available(side.opposite, level.price, shown: level.quantity)
            return sum < quantity
        }
        return min(sum, quantity)
    }

    /// Takes what is offered, level by level; returns how much it was.
    private mutating func take(
        _ order: ExecutionOrder, _ states: borrowing Slab<MarketState>, _ fills: inout Slab<ExecutionFill>
    ) -> Quantity {
        let market = Int(order.market.index)
        var left = order.quantity
        forEachOffer(to: order.side, limit: order.limit, states, market) { execution, level in
            let taken = execution.consumed[market].take(
                upTo: left, order.side.opposite, level.price, shown: level.quantity)
            if taken.isPositive {
                fills.append(
                    ExecutionFill(key: order.key, liquidity: .taker, price: level.price, quantity: taken))
                left -= taken
            }
            return left.isPositive
        }
        return order.quantity - left
    }

    /// Buys for a sum, level by level.
    private mutating func spend(
        _ sum: SpendingBudget, _ order: ExecutionOrder, _ states: borrowing Slab<MarketState>,
        _ fills: inout Slab<ExecutionFill>
    ) -> ExecutionOutcome {
        let market = Int(order.market.index)
        var budget = sum
        var hasOffers = false
        forEachOffer(to: order.side, limit: nil, states, market) { execution, level in
            let offered = execution.consumed[market].available(
                order.side.opposite, level.price, shown: level.quantity)
            guard offered.isPositive else { return true }
            hasOffers = true
            let taken = execution.consumed[market].take(
                upTo: budget.affordable(at: level.price), order.side.opposite, level.price,
                shown: level.quantity)
            budget.pay(for: taken, of: offered, at: level.price)
            if taken.isPositive {
                fills.append(
                    ExecutionFill(key: order.key, liquidity: .taker, price: level.price, quantity: taken))
            }
            return !budget.isSpent
        }
        if !hasOffers { return .refused(.venueNoLiquidity) }
        return budget.isSpent ? .spent : .ended
    }

    /// Calls `body` for each level that an order of this side and limit may take, best first, while it
    /// returns true.
    @inline(__always)
    private mutating func forEachOffer(
        to side: Side, limit: Price?, _ states: borrowing Slab<MarketState>, _ market: Int,
        _ body: (inout RecordedExecution, Level) -> Bool
    ) {
        func isWithin(_ price: Price) -> Bool {
            guard let limit else { return true }
            switch side {
            case .buy: return price <= limit
            case .sell: return price >= limit
            }
        }
        // The quote is newer than the book where the venue streams both: levels better than it are gone.
        guard let best = states[market].touch(side.opposite), isWithin(best.price), body(&self, best),
            states[market].book.isLive
        else { return }
        let count = states[market].book[side.opposite].count
        for depth in 0..<count {
            let level = states[market].book[side.opposite][depth]
            let isBehind = side == .buy ? level.price > best.price : level.price < best.price
            if !isBehind { continue }
            guard isWithin(level.price), body(&self, level) else { return }
        }
    }

    /// What the market shows at a price on a side; nil when that is not known.
    private func shown(
        _ side: Side, _ price: Price, _ states: borrowing Slab<MarketState>, _ market: Int
    ) -> Quantity? {
        if let best = states[market].touch(side) {
            if price == best.price { return best.quantity }
            let isBetter = side == .buy ? price > best.price : price < best.price
            if isBetter { return .zero }
        }
        return states[market].book.isLive ? states[market].book[side].quantity(at: price) : nil
    }
}

// MARK: - Resting

extension RecordedExecution {
    /// A public trade: resting orders may be filled by it.
    package mutating func observe(_ trade: Trade, fills: inout Slab<ExecutionFill>) {
        let market = Int(trade.market.index)
        let passive = trade.aggressor.opposite
        // What earlier own orders at the same price got of this trade.
        var given = Quantity.zero
        var ended = false
        for index in resting[market].indices where resting[market][index].side == passive {
            let price = resting[market][index].price
            let isBeyond = passive == .buy ? trade.price < price : trade.price > price
            var filled = Quantity.zero
            if isBeyond {
                filled = resting[market][index].remaining
            } else if trade.price == price {
                resting[market][index].traded += trade.quantity
                if let ahead = resting[market][index].ahead {
                    let left = trade.quantity - given
                    resting[market][index].ahead = max(.zero, ahead - left)
                    filled = max(.zero, min(resting[market][index].remaining, left - ahead))
                    given += filled
                }
            }
            if filled.isPositive, fill(market, index, filled, &fills) { ended = true }
        }
        if ended { removeEnded(market) }
    }

    /// The quote or the book changed: resting orders may be filled, or move up in the queue.
    package mutating func observeDepth(
        of market: MarketID, _ states: borrowing Slab<MarketState>, fills: inout Slab<ExecutionFill>
    ) {
        let market = Int(market.index)
        guard let bid = states[market].touch(.buy), let ask = states[market].touch(.sell) else { return }
        var ended = false
        for index in resting[market].indices {
            let price = resting[market][index].price
            let isBuy = resting[market][index].side == .buy
            if isBuy ? ask.price <= price : bid.price >= price {
                if meet(market, index, states, &fills) { ended = true }
                continue
            }
            let best = isBuy ? bid : ask
            if price == best.price {
                moveUp(market, index, shown: best.quantity)
            } else if isBuy ? price > best.price : price < best.price {
                moveUp(market, index, shown: .zero)
            } else if states[market].book.isLive {
                // The quote alone says nothing about prices behind the best.
                let side = resting[market][index].side
                moveUp(market, index, shown: states[market].book[side].quantity(at: price))
            }
        }
        if ended { removeEnded(market) }
    }

    /// The market came to a resting order: it trades at its own price with what came. Returns whether
    /// nothing is left of it.
    private mutating func meet(
        _ market: Int, _ index: Int, _ states: borrowing Slab<MarketState>, _ fills: inout Slab<ExecutionFill>
    ) -> Bool {
        let side = resting[market][index].side
        let remaining = resting[market][index].remaining
        var left = remaining
        forEachOffer(to: side, limit: resting[market][index].price, states, market) { execution, level in
            left -= execution.consumed[market].take(
                upTo: left, side.opposite, level.price, shown: level.quantity)
            return left.isPositive
        }
        return left < remaining && fill(market, index, remaining - left, &fills)
    }

    /// Notes a fill; returns whether nothing is left of the order.
    private mutating func fill(
        _ market: Int, _ index: Int, _ quantity: Quantity, _ fills: inout Slab<ExecutionFill>
    ) -> Bool {
        resting[market][index].remaining -= quantity
        fills.append(
            ExecutionFill(
                key: resting[market][index].key, liquidity: .maker, price: resting[market][index].price,
                quantity: quantity))
        return resting[market][index].remaining.isZero
    }

    /// The size at the order's price shrank by more than was traded: some who waited have left.
    private mutating func moveUp(_ market: Int, _ index: Int, shown: Quantity) {
        let before = resting[market][index].shown - resting[market][index].traded
        let left = before - shown
        resting[market][index].shown = shown
        resting[market][index].traded = .zero
        guard let ahead = resting[market][index].ahead else {
            resting[market][index].ahead = shown
            return
        }
        guard left.isPositive, ahead.isPositive else { return }
        resting[market][index].ahead = min(moved(ahead, left, of: before), shown)
    }

    /// What still stands before us after `left` of those who were `shown` have gone without a trade.
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
