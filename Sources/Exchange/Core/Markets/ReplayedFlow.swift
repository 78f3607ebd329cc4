import MarketModel
import Quantities
import Simulation

/// The orders by which a recording stands in a book: at every price they come to what it showed last.
///
/// What clients take of them is gone until the recording tells of that price again. Where it shows more than
/// before the new part stands behind everybody, where it shows less the newest part goes first.
struct ReplayedFlow: Sendable {
    /// Levels kept on each side; those beyond are left out.
    static let levelsMax = 1_000
    /// Orders at one price; with as many the newest grows and moves behind the others.
    static let ordersMax = 16
    /// Sets its numbers apart from those of clients.
    private static let marker: UInt64 = 1 << 63

    private var bids = BookSide(.buy)
    private var asks = BookSide(.sell)
    private var bidOrders: [Price: [UInt64]] = [:]
    private var askOrders: [Price: [UInt64]] = [:]
    private var sequence: UInt64 = 0

    /// Shows a quantity at a price from now on; zero takes the level away.
    ///
    /// It trades with clients who stand in its way; of its own other side what stands there is outdated and
    /// goes.
    mutating func show(
        _ side: Side, _ price: Price, _ quantity: Quantity, in book: inout FastMatchingBook,
        matches: inout [Match], depth: inout [DepthChange]
    ) {
        var orders = self[side, price].filter { book.order($0) != nil }
        var change = quantity
        for id in orders { change -= book.order(id)?.quantity ?? .zero }
        while change.isNegative, let newest = orders.last, let resting = book.order(newest)?.quantity {
            if resting + change > .zero {
                _ = book.reduce(newest, to: resting + change, depth: &depth)
                change = .zero
            } else {
                _ = book.cancel(newest, depth: &depth)
                orders.removeLast()
                change += resting
            }
        }
        self[side, price] = orders
        let isNew = quantity.isPositive && shown(side, price).isZero
        if isNew, count(side) >= Self.levelsMax { return }
        set(side, price, quantity)
        guard change.isPositive else { return }
        clear(side.opposite, upTo: price, in: &book, depth: &depth)
        add(side, price, change, in: &book, matches: &matches, depth: &depth)
    }

    /// Takes at a price or better what a recorded trade took; returns what nobody offered.
    mutating func take(
        _ side: Side, _ price: Price, _ quantity: Quantity, in book: inout FastMatchingBook,
        matches: inout [Match], depth: inout [DepthChange]
    ) -> Quantity {
        let order = MatchOrder(
            id: nextID(), owner: AccountID.flow.index, side: side, limit: price, quantity: quantity,
            duration: .immediateOrCancel)
        switch book.submit(order, matches: &matches, depth: &depth) {
        case .filled: return .zero
        case .cancelled(let remaining), .rested(let remaining): return remaining
        case .refused: return quantity
        }
    }

    /// Takes all levels away.
    mutating func clear(in book: inout FastMatchingBook, depth: inout [DepthChange]) {
        while let best = bids.best { remove(.buy, best.price, in: &book, depth: &depth) }
        while let best = asks.best { remove(.sell, best.price, in: &book, depth: &depth) }
    }

    /// Takes away what would trade with an order of the other side at a price.
    private mutating func clear(
        _ side: Side, upTo price: Price, in book: inout FastMatchingBook, depth: inout [DepthChange]
    ) {
        switch side {
        case .buy:
            while let best = bids.best, best.price >= price {
                remove(.buy, best.price, in: &book, depth: &depth)
            }
        case .sell:
            while let best = asks.best, best.price <= price {
                remove(.sell, best.price, in: &book, depth: &depth)
            }
        }
    }

    private mutating func remove(
        _ side: Side, _ price: Price, in book: inout FastMatchingBook, depth: inout [DepthChange]
    ) {
        for id in self[side, price] { _ = book.cancel(id, depth: &depth) }
        self[side, price] = []
        set(side, price, .zero)
    }

    private mutating func add(
        _ side: Side, _ price: Price, _ quantity: Quantity, in book: inout FastMatchingBook,
        matches: inout [Match], depth: inout [DepthChange]
    ) {
        var orders = self[side, price]
        var quantity = quantity
        if orders.count >= Self.ordersMax, let newest = orders.popLast() {
            quantity += book.cancel(newest, depth: &depth) ?? .zero
        }
        let order = MatchOrder(
            id: nextID(), owner: AccountID.flow.index, side: side, limit: price, quantity: quantity)
        if case .rested = book.submit(order, matches: &matches, depth: &depth) { orders.append(order.id) }
        self[side, price] = orders
    }

    private mutating func nextID() -> UInt64 {
        sequence += 1
        return Self.marker | sequence
    }

    /// The orders at a price, oldest first.
    private subscript(side: Side, price: Price) -> [UInt64] {
        get { (side == .buy ? bidOrders[price] : askOrders[price]) ?? [] }
        set {
            switch side {
            case .buy: bidOrders[price] = newValue.isEmpty ? nil : newValue
            case .sell: askOrders[price] = newValue.isEmpty ? nil : newValue
            }
        }
    }

    private func shown(_ side: Side, _ price: Price) -> Quantity {
        side == .buy ? bids.quantity(at: price) : asks.quantity(at: price)
    }

    private func count(_ side: Side) -> Int { side == .buy ? bids.count : asks.count }

    private mutating func set(_ side: Side, _ price: Price, _ quantity: Quantity) {
        switch side {
        case .buy: bids.set(price, quantity)
        case .sell: asks.set(price, quantity)
        }
    }
}

extension MarketRoom {
    /// Brings a recorded event into the book; the trades are in `matches`.
    mutating func replay(_ event: MarketEvent, at now: Instant) {
        forgetMatches()
        switch event {
        case .level(let level):
            let quantity = level.quantity.rounded(to: terms.lot, .down)
            replayLevel(level.side, level.price, quantity)
        case .trade(let trade): replayTrade(trade)
        case .reset(let reset): if reset.reason == .snapshot { clearReplayed() }
        case .quote, .ticker, .optionMark, .connection: break
        }
        noteDepth(at: now)
    }
}
