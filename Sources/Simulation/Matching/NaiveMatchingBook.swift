import MarketModel
import Quantities

/// The matching as one would explain it: a list of orders by age, searched from end to end.
///
/// The yardstick of `FastMatchingBook`; far too slow for anything else.
package struct NaiveMatchingBook: MatchingBook {
    /// All resting orders, the oldest first; all have a limit.
    private var resting: [MatchOrder] = []

    package init() {}

    package var restingCount: Int { resting.count }

    package mutating func submit(
        _ order: MatchOrder, matches: inout [Match], depth: inout [DepthChange]
    ) -> Submission {
        if let refusal = refusal(of: order) { return .refused(refusal) }
        let before = pictures()
        var remaining = order.quantity
        while remaining.isPositive, let index = frontIndex(order.side.opposite),
            order.accepts(resting[index].price)
        {
            let maker = resting[index]
            let quantity = min(remaining, maker.quantity)
            matches.append(
                Match(
                    taker: order.id, takerOwner: order.owner, maker: maker.id, makerOwner: maker.owner,
                    aggressor: order.side, price: maker.price, quantity: quantity))
            remaining -= quantity
            resting[index].quantity -= quantity
            if resting[index].quantity.isZero { resting.remove(at: index) }
        }
        if remaining.isPositive, order.mayRest {
            resting.append(order)
            resting[resting.count - 1].quantity = remaining
        }
        report(order.side.opposite, since: before, into: &depth)
        report(order.side, since: before, into: &depth)
        if remaining.isZero { return .filled }
        return order.mayRest ? .rested(remaining: remaining) : .cancelled(remaining: remaining)
    }

    package mutating func cancel(_ id: UInt64, depth: inout [DepthChange]) -> Quantity? {
        guard let index = resting.firstIndex(where: { $0.id == id }) else { return nil }
        let before = pictures()
        let order = resting.remove(at: index)
        report(order.side, since: before, into: &depth)
        return order.quantity
    }

    package mutating func reduce(
        _ id: UInt64, to quantity: Quantity, depth: inout [DepthChange]
    ) -> Refusal? {
        guard let index = resting.firstIndex(where: { $0.id == id }) else {
            return .venueOrderNotFound
        }
        guard quantity.isPositive, quantity < resting[index].quantity else { return .venueBadParameter }
        let before = pictures()
        resting[index].quantity = quantity
        report(resting[index].side, since: before, into: &depth)
        return nil
    }

    package func order(_ id: UInt64) -> MatchOrder? { resting.first { $0.id == id } }

    package func front(_ side: Side) -> MatchOrder? { frontIndex(side).map { resting[$0] } }

    package func best(_ side: Side) -> Level? {
        guard let front = front(side) else { return nil }
        return Level(price: front.price, quantity: sum(side) { $0.price == front.price })
    }

    package func publicBest(_ side: Side) -> Level? { picture(side).first }

    package func publicQuantity(_ side: Side, at price: Price) -> Quantity {
        sum(side) { $0.price == price && !$0.isHidden }
    }

    package func publicLevels(_ side: Side, limit: Int, into levels: inout [Level]) {
        levels.append(contentsOf: picture(side).prefix(max(0, limit)))
    }
}

extension NaiveMatchingBook {
    private func refusal(of order: MatchOrder) -> Refusal? {
        if let defect = MatchingLimits.defect(of: order) { return defect }
        if self.order(order.id) != nil { return .venueBadParameter }
        if order.mayRest, resting.count >= MatchingLimits.restingOrdersMax { return .queueFull }
        let front = front(order.side.opposite)
        if order.limit == nil, front == nil { return .venueNoLiquidity }
        switch order.duration {
        case .goodTillCancelled, .immediateOrCancel: return nil
        case .makerOnly:
            if let front, order.accepts(front.price) { return .venueWouldTake }
            return nil
        case .fillOrKill:
            let there = sum(order.side.opposite) { order.accepts($0.price) }
            return there < order.quantity ? .venueNotFillable : nil
        }
    }

    /// The best price, and there the oldest order.
    private func frontIndex(_ side: Side) -> Int? {
        var found: Int?
        for index in resting.indices where resting[index].side == side {
            if let best = found, !isBetter(resting[index].price, than: resting[best].price, side) {
                continue
            }
            found = index
        }
        return found
    }

    private func isBetter(_ a: Price, than b: Price, _ side: Side) -> Bool {
        switch side {
        case .buy: a > b
        case .sell: a < b
        }
    }

    private func sum(_ side: Side, where isCounted: (MatchOrder) -> Bool) -> Quantity {
        var sum = Quantity.zero
        for order in resting where order.side == side && isCounted(order) { sum += order.quantity }
        return sum
    }

    /// The public levels of a side, the best first.
    private func picture(_ side: Side) -> [Level] {
        var levels: [Level] = []
        for order in resting where order.side == side && !order.isHidden {
            var index = 0
            while index < levels.count, isBetter(levels[index].price, than: order.price, side) { index += 1 }
            if index < levels.count, levels[index].price == order.price {
                levels[index].quantity += order.quantity
            } else {
                levels.insert(Level(price: order.price, quantity: order.quantity), at: index)
            }
        }
        return levels
    }

    private func pictures() -> (bids: [Level], asks: [Level]) { (picture(.buy), picture(.sell)) }

    /// Appends what differs from an earlier picture, the best price first.
    private func report(
        _ side: Side, since before: (bids: [Level], asks: [Level]), into depth: inout [DepthChange]
    ) {
        let old: [Level]
        switch side {
        case .buy: old = before.bids
        case .sell: old = before.asks
        }
        let new = picture(side)
        if new == old { return }
        let gone = old.filter { level in !new.contains { $0.price == level.price } }
        let changed =
            new.filter { !old.contains($0) }
            + gone.map { Level(price: $0.price, quantity: .zero) }
        for level in changed.sorted(by: { isBetter($0.price, than: $1.price, side) }) {
            depth.append(DepthChange(side: side, price: level.price, quantity: level.quantity))
        }
    }
}

extension MatchOrder {
    /// The limit of a resting order, which always has one.
    fileprivate var price: Price {
        guard let limit else { preconditionFailure("a market order does not rest") }
        return limit
    }
}
