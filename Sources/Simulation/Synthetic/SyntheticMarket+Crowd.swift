import MarketModel
import Quantities

// What the agents of the crowd do. All prices here are whole numbers of ticks.

/// Where the quoter wants the best prices, and the price between them that it believes in.
struct TargetQuotes: BitwiseCopyable, Sendable {
    var center: Double
    var bid: Int
    var ask: Int

    func best(_ side: Side) -> Int {
        switch side {
        case .buy: bid
        case .sell: ask
        }
    }
}

extension SyntheticMarket {
    /// The owner of the crowd's orders; clients have other numbers.
    package static let crowd: UInt32 = 0

    /// The most stale orders that one step clears from a side.
    private static let staleMax = 64
    /// How likely a maker pulls a stale order before a taker gets it.
    private static let pullChance = 0.6
    /// The most orders that one step adds to a side that ran low.
    private static let refillMax = 8
    /// The largest order, in typical sizes.
    private static let sizeMax = 50.0

    /// Fills the empty book.
    mutating func fillBook() {
        let quotes = targetQuotes()
        for side in Side.allCases {
            add(side, at: quotes.best(side))
            for _ in 1..<ordersPerSide { addOnLadder(side, quotes) }
        }
        stepDepth.removeAll(keepingCapacity: true)
        publishedBid = book.publicBest(.buy)
        publishedAsk = book.publicBest(.sell)
    }

    func targetQuotes() -> TargetQuotes {
        let center = fair.ticks + pressure
        let bid = Int((center - Double(configuration.spreadTicks) / 2).rounded(.toNearestOrEven))
        return TargetQuotes(center: center, bid: bid, ask: bid + configuration.spreadTicks)
    }

    /// Clears the orders that the fair price has passed: their makers pull them, or takers get them.
    mutating func clearStale(_ side: Side, _ quotes: TargetQuotes) {
        for _ in 0..<Self.staleMax {
            guard let front = book.front(side), let limit = front.limit else { return }
            let price = Double(limit.steps(of: configuration.tick))
            let isStale =
                switch side {
                case .buy: price > quotes.center + 0.5
                case .sell: price < quotes.center - 0.5
                }
            if !isStale { return }
            if BackgroundOrders.isBackground(front.id), random.chance(Self.pullChance) {
                cancel(front.id, side)
            } else {
                take(side.opposite, limit: limit)
            }
        }
    }

    /// A taker: mostly small, now and then large; at the market or with a limit.
    mutating func take(_ side: Side, limit: Price? = nil) {
        var size = SignalMath.exponential(from: &random)
        if random.chance(0.03) { size *= 6 }
        let lots = min(size, Self.sizeMax) * typicalLots
        let order = MatchOrder(
            id: .max, owner: Self.crowd, side: side, limit: limit, quantity: quantity(lots),
            duration: .immediateOrCancel)
        let first = stepMatches.count
        switch book.submit(order, matches: &stepMatches, depth: &stepDepth) {
        case .filled, .cancelled: settle(from: first)
        // An empty side has nothing to take; the quoter refills it within this step.
        case .refused: break
        case .rested: preconditionFailure("a taker does not rest")
        }
    }

    /// A maker adds an order to the ladder or cancels one, so that the number of orders holds.
    mutating func addOrCancel(_ quotes: TargetQuotes) {
        let side: Side = random.chance(0.5) ? .buy : .sell
        let count = background.count(side)
        if count > 0, random.chance(Double(count) / Double(2 * ordersPerSide)) {
            cancel(background.id(side, at: random.below(count)), side)
        } else {
            addOnLadder(side, quotes)
        }
    }

    /// Brings the best price to its place and refills a side that ran low.
    mutating func restore(_ side: Side, _ quotes: TargetQuotes) {
        let target = quotes.best(side)
        if let best = book.publicBest(side) {
            let ticks = best.price.steps(of: configuration.tick)
            let isWide =
                switch side {
                case .buy: ticks < target
                case .sell: ticks > target
                }
            if isWide, random.chance(improveChance) { add(side, at: target) }
        } else {
            add(side, at: target)
        }
        var added = 0
        while background.count(side) < ordersPerSide * 3 / 4, added < Self.refillMax {
            addOnLadder(side, quotes)
            added += 1
        }
    }

    private mutating func addOnLadder(_ side: Side, _ quotes: TargetQuotes) {
        let distance = Int(SignalMath.exponential(from: &random) * ladderTicks)
        switch side {
        case .buy: add(side, at: quotes.bid - distance)
        case .sell: add(side, at: quotes.ask + distance)
        }
    }

    /// Rests an order of the crowd; nothing happens where it would take or the price is not positive.
    private mutating func add(_ side: Side, at ticks: Int) {
        let lots = min(SignalMath.exponential(from: &random), Self.sizeMax) * typicalLots
        guard ticks > 0, let id = background.add(side) else { return }
        let order = MatchOrder(
            id: id, owner: Self.crowd, side: side, limit: configuration.tick * ticks,
            quantity: quantity(lots), duration: .makerOnly)
        switch book.submit(order, matches: &stepMatches, depth: &stepDepth) {
        case .rested: break
        case .refused: background.remove(id, side)
        case .filled, .cancelled: preconditionFailure("a maker-only order rests or is refused")
        }
    }

    private mutating func cancel(_ id: UInt64, _ side: Side) {
        _ = book.cancel(id, depth: &stepDepth)
        background.remove(id, side)
    }

    /// At least one lot.
    private func quantity(_ lots: Double) -> Quantity { configuration.lot * max(1, Int(lots)) }
}
