import MarketModel
import Quantities

/// The matching that the simulation uses: nothing is searched but the level, nothing allocated once
/// the book has had its largest size.
///
/// Orders lie in an arena and are linked into one queue per level; an id leads to its slot through a
/// hash table, so that a cancel unlinks the order without walking its queue.
package struct FastMatchingBook: MatchingBook {
    private var orders = OrderArena()
    private var bids = QueueSide(.buy)
    private var asks = QueueSide(.sell)

    package init() {}

    package var restingCount: Int { orders.count }

    package mutating func submit(
        _ order: MatchOrder, matches: inout [Match], depth: inout [DepthChange]
    ) -> Submission {
        if let refusal = refusal(of: order) { return .refused(refusal) }
        let remaining: Quantity
        switch order.side {
        case .buy:
            remaining = asks.match(order, in: &orders, matches: &matches, depth: &depth)
        case .sell:
            remaining = bids.match(order, in: &orders, matches: &matches, depth: &depth)
        }
        if remaining.isZero { return .filled }
        guard order.mayRest, let price = order.limit else { return .cancelled(remaining: remaining) }
        var rest = order
        rest.quantity = remaining
        let slot = orders.add(rest, at: price)
        switch order.side {
        case .buy: bids.rest(slot, in: &orders, depth: &depth)
        case .sell: asks.rest(slot, in: &orders, depth: &depth)
        }
        return .rested(remaining: remaining)
    }

    package mutating func cancel(_ id: UInt64, depth: inout [DepthChange]) -> Quantity? {
        guard let slot = orders.slot(of: id) else { return nil }
        let order = orders[slot].order
        switch order.side {
        case .buy: bids.remove(slot, in: &orders, depth: &depth)
        case .sell: asks.remove(slot, in: &orders, depth: &depth)
        }
        return order.quantity
    }

    package mutating func reduce(
        _ id: UInt64, to quantity: Quantity, depth: inout [DepthChange]
    ) -> Refusal? {
        guard let slot = orders.slot(of: id) else { return .venueOrderNotFound }
        let order = orders[slot].order
        guard quantity.isPositive, quantity < order.quantity else { return .venueBadParameter }
        switch order.side {
        case .buy: bids.reduce(slot, to: quantity, in: &orders, depth: &depth)
        case .sell: asks.reduce(slot, to: quantity, in: &orders, depth: &depth)
        }
        return nil
    }

    private func refusal(of order: MatchOrder) -> Refusal? {
        if let defect = MatchingLimits.defect(of: order) { return defect }
        if orders.slot(of: order.id) != nil { return .venueBadParameter }
        if order.mayRest, orders.count >= MatchingLimits.restingOrdersMax { return .queueFull }
        let other = side(order.side.opposite)
        if order.limit == nil, other.levels.isEmpty { return .venueNoLiquidity }
        switch order.duration {
        case .goodTillCancelled, .immediateOrCancel: return nil
        case .makerOnly:
            if let best = other.levels.last, order.accepts(best.price) { return .venueWouldTake }
            return nil
        case .fillOrKill: return other.canFill(order) ? nil : .venueNotFillable
        }
    }

    private func side(_ side: Side) -> QueueSide {
        switch side {
        case .buy: bids
        case .sell: asks
        }
    }
}

// MARK: - What rests

extension FastMatchingBook {
    package func order(_ id: UInt64) -> MatchOrder? {
        orders.slot(of: id).map { orders[$0].order }
    }

    package func front(_ side: Side) -> MatchOrder? {
        guard let level = self.side(side).levels.last else { return nil }
        return orders[level.first].order
    }

    package func best(_ side: Side) -> Level? {
        guard let level = self.side(side).levels.last else { return nil }
        return Level(price: level.price, quantity: level.visible + level.hidden)
    }

    package func publicBest(_ side: Side) -> Level? {
        for level in self.side(side).levels.reversed() where !level.visible.isZero {
            return Level(price: level.price, quantity: level.visible)
        }
        return nil
    }

    package func publicQuantity(_ side: Side, at price: Price) -> Quantity {
        self.side(side).visible(at: price)
    }

    package func publicLevels(_ side: Side, limit: Int, into levels: inout [Level]) {
        var wanted = limit
        for level in self.side(side).levels.reversed() where !level.visible.isZero {
            if wanted <= 0 { return }
            levels.append(Level(price: level.price, quantity: level.visible))
            wanted -= 1
        }
    }

    /// Hands the levels of a side to `body`, from the best on, until it returns false: all that rests at a
    /// price, and what of it shows.
    package func forEachLevel(_ side: Side, _ body: (_ all: Level, _ visible: Quantity) -> Bool) {
        for level in self.side(side).levels.reversed() {
            let all = Level(price: level.price, quantity: level.visible + level.hidden)
            if !body(all, level.visible) { return }
        }
    }
}
