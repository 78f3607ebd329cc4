import MarketModel
import Quantities
import StrategyKit

/// Does nothing: what the engine costs by itself.
struct Bystander: StrategyCallbacks {}

/// Follows two moving averages and sends an order that trades at once, every so many events.
struct RegularTaker: StrategyCallbacks {
    let market: MarketID
    let period: Int
    var fast = 0.0
    var slow = 0.0
    var isLong = false
    var count = 0

    init(_ market: MarketID, period: Int) {
        self.market = market
        self.period = period
    }

    mutating func onTrade(_ trade: Trade, _ desk: inout Desk) { step(Double(trade.price), &desk) }

    mutating func onQuote(_ quote: Quote, _ desk: inout Desk) { step(Double(quote.mid), &desk) }

    @inline(__always)
    private mutating func step(_ price: Double, _ desk: inout Desk) {
        fast += 0.1 * (price - fast)
        slow += 0.02 * (price - slow)
        count += 1
        if count == period {
            count = 0
            order(&desk)
        }
    }

    @inline(never)
    private mutating func order(_ desk: inout Desk) {
        guard let quote = desk.quote(market) else { return }
        isLong.toggle()
        let size = Quantity(raw: 1_000_000_000)
        if isLong {
            desk.place(.limit(.buy, size, at: quote.ask, in: market, .immediateOrCancel))
        } else {
            desk.place(.limit(.sell, size, at: quote.bid, in: market, .immediateOrCancel))
        }
    }
}

/// Keeps one order a tick behind the best price of each side, and moves it whenever the best moves.
///
/// Not at the best itself: where the spread is one tick, a bid that follows the market up would meet the own
/// ask that has not left yet, and risk refuses that.
struct TwoSidedQuoter: StrategyCallbacks {
    let market: MarketID
    let tick: Price
    var bid = Price.zero
    var ask = Price.zero
    var bidOrder = OrderID.none
    var askOrder = OrderID.none
    var requotes = 0

    init(_ market: MarketID, tick: Price) {
        self.market = market
        self.tick = tick
    }

    mutating func onQuote(_ quote: Quote, _ desk: inout Desk) {
        if quote.bid == bid, quote.ask == ask { return }
        requote(quote, &desk)
    }

    @inline(never)
    private mutating func requote(_ quote: Quote, _ desk: inout Desk) {
        bid = quote.bid
        ask = quote.ask
        bidOrder = move(bidOrder, .buy, to: bid - tick, &desk)
        askOrder = move(askOrder, .sell, to: ask + tick, &desk)
        requotes += 1
    }

    private func move(_ old: OrderID, _ side: Side, to price: Price, _ desk: inout Desk) -> OrderID {
        if let moved = desk.modify(old, price: price) { return moved }
        let size = Quantity(raw: 1_000_000_000)
        return desk.place(.limit(side, size, at: price, in: market, .makerOnly)) ?? .none
    }
}

/// Weighs the best levels of both sides against each other at every update of the book.
struct BookReader: StrategyCallbacks {
    let market: MarketID
    var imbalance = 0.0

    init(_ market: MarketID) { self.market = market }

    mutating func onBook(_ update: BookUpdate, _ desk: inout Desk) {
        guard let book = desk.book(market), let bid = book.bids.best, let ask = book.asks.best else { return }
        let difference = Double(bid.quantity) - Double(ask.quantity)
        imbalance += 0.1 * (difference - imbalance)
    }
}
