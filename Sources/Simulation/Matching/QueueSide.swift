import MarketModel
import Quantities

/// One side of the fast book: levels in a sorted array, the best one last, each with its queue.
///
/// Orders come and go near the best price, so a level is found by a short scan from the end, far ones
/// by bisection; what moves in the array is the few levels behind it.
struct QueueSide: Sendable {
    struct QueueLevel: BitwiseCopyable, Sendable {
        var price: Price
        /// The sum of the orders that show.
        var visible: Quantity
        var hidden: Quantity
        /// The oldest order of the queue.
        var first: Int32
        var last: Int32
    }

    let side: Side
    private(set) var levels: [QueueLevel] = []

    init(_ side: Side) { self.side = side }

    /// How many levels the scan from the best price covers before it bisects.
    private static let scanLength = 8

    /// Trades a taker of the other side until it is done or finds no more; returns what is left of it.
    mutating func match(
        _ taker: MatchOrder, in orders: inout OrderArena, matches: inout [Match],
        depth: inout [DepthChange]
    ) -> Quantity {
        var remaining = taker.quantity
        while remaining.isPositive, var level = levels.last, taker.accepts(level.price) {
            let visibleBefore = level.visible
            remaining = trade(taker, remaining, &level, in: &orders, matches: &matches)
            if level.visible != visibleBefore {
                depth.append(DepthChange(side: side, price: level.price, quantity: level.visible))
            }
            if level.first == OrderArena.none {
                levels.removeLast()
            } else {
                levels[levels.count - 1] = level
            }
        }
        return remaining
    }

    private func trade(
        _ taker: MatchOrder, _ quantity: Quantity, _ level: inout QueueLevel,
        in orders: inout OrderArena, matches: inout [Match]
    ) -> Quantity {
        var remaining = quantity
        while remaining.isPositive, level.first != OrderArena.none {
            let slot = level.first
            let node = orders[slot]
            let traded = min(remaining, node.order.quantity)
            matches.append(
                Match(
                    taker: taker.id, takerOwner: taker.owner, maker: node.order.id,
                    makerOwner: node.order.owner, aggressor: taker.side, price: level.price,
                    quantity: traded))
            remaining -= traded
            level.add(Quantity.zero - traded, isHidden: node.order.isHidden)
            if traded == node.order.quantity {
                level.first = node.next
                if node.next == OrderArena.none { level.last = OrderArena.none }
                orders.unlink(slot)
                orders.release(slot)
            } else {
                orders.setQuantity(node.order.quantity - traded, of: slot)
            }
        }
        return remaining
    }

    /// Puts an order that is in the arena behind the others at its price.
    mutating func rest(_ slot: Int32, in orders: inout OrderArena, depth: inout [DepthChange]) {
        let node = orders[slot]
        let index = lowerBound(node.price)
        if index == levels.count || levels[index].price != node.price {
            levels.insert(
                QueueLevel(
                    price: node.price, visible: .zero, hidden: .zero, first: slot,
                    last: OrderArena.none), at: index)
        }
        orders.link(slot, behind: levels[index].last)
        levels[index].last = slot
        levels[index].add(node.order.quantity, isHidden: node.order.isHidden)
        report(index, isHidden: node.order.isHidden, into: &depth)
    }

    /// Takes an order out of its level and out of the arena.
    mutating func remove(_ slot: Int32, in orders: inout OrderArena, depth: inout [DepthChange]) {
        let node = orders[slot]
        let index = existingIndex(node.price)
        levels[index].add(Quantity.zero - node.order.quantity, isHidden: node.order.isHidden)
        if levels[index].first == slot { levels[index].first = node.next }
        if levels[index].last == slot { levels[index].last = node.previous }
        orders.unlink(slot)
        orders.release(slot)
        report(index, isHidden: node.order.isHidden, into: &depth)
        if levels[index].first == OrderArena.none { levels.remove(at: index) }
    }

    /// Sets a smaller quantity; the order keeps its place.
    mutating func reduce(
        _ slot: Int32, to quantity: Quantity, in orders: inout OrderArena,
        depth: inout [DepthChange]
    ) {
        let node = orders[slot]
        let index = existingIndex(node.price)
        levels[index].add(quantity - node.order.quantity, isHidden: node.order.isHidden)
        orders.setQuantity(quantity, of: slot)
        report(index, isHidden: node.order.isHidden, into: &depth)
    }

    /// Whether a taker of the other side could be filled completely.
    func canFill(_ taker: MatchOrder) -> Bool {
        var remaining = taker.quantity
        for level in levels.reversed() {
            guard taker.accepts(level.price) else { return false }
            remaining -= level.visible + level.hidden
            if !remaining.isPositive { return true }
        }
        return false
    }

    func visible(at price: Price) -> Quantity {
        let index = lowerBound(price)
        return index < levels.count && levels[index].price == price ? levels[index].visible : .zero
    }

    private func report(_ index: Int, isHidden: Bool, into depth: inout [DepthChange]) {
        if isHidden { return }
        let level = levels[index]
        depth.append(DepthChange(side: side, price: level.price, quantity: level.visible))
    }

    private func isBetter(_ a: Price, than b: Price) -> Bool {
        switch side {
        case .buy: a > b
        case .sell: a < b
        }
    }

    private func existingIndex(_ price: Price) -> Int {
        let index = lowerBound(price)
        precondition(
            index < levels.count && levels[index].price == price, "a resting order has a level")
        return index
    }

    /// The index of the first level that is not worse than `price`.
    private func lowerBound(_ price: Price) -> Int {
        var high = levels.count
        let scanEnd = max(0, high - Self.scanLength)
        while high > scanEnd {
            if levels[high - 1].price == price { return high - 1 }
            if isBetter(price, than: levels[high - 1].price) { return high }
            high -= 1
        }
        var low = 0
        while low < high {
            let middle = (low + high) >> 1
            if isBetter(price, than: levels[middle].price) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }
}

extension QueueSide.QueueLevel {
    fileprivate mutating func add(_ quantity: Quantity, isHidden: Bool) {
        if isHidden {
            hidden += quantity
        } else {
            visible += quantity
        }
    }
}
