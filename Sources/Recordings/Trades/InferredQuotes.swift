import MarketModel
import Quantities

/// Quotes for a recording that has trades alone, inferred from them.
///
/// A buyer took the ask and a seller hit the bid: each trade shows one side of the market, the other side is
/// where it was seen last, at least a tick away. The size shown is that of the trade, so that no
/// backtest takes more than was traded. It is an estimate: real spreads were as wide or wider.
package struct InferredQuotes: Sendable {
    private struct Sides: Sendable {
        var bid: Price?
        var ask: Price?
    }

    /// Per market.
    private let ticks: [Price]
    private var sides: [Sides]

    package init(_ table: MarketTable) {
        ticks = table.markets.map(\.rules.tick)
        sides = Array(repeating: Sides(), count: ticks.count)
    }

    /// The quote that a trade leaves behind; nil when its price leaves no room for a bid.
    package mutating func quote(after trade: Trade) -> Quote? {
        let market = Int(trade.market.index)
        var (bid, ask) = (sides[market].bid, sides[market].ask)
        switch trade.aggressor {
        case .buy:
            ask = trade.price
            bid = min(bid ?? trade.price - ticks[market], trade.price - ticks[market])
        case .sell:
            bid = trade.price
            ask = max(ask ?? trade.price + ticks[market], trade.price + ticks[market])
        }
        sides[market] = Sides(bid: bid, ask: ask)
        guard let bid, let ask, bid.isPositive else { return nil }
        return Quote(
            market: trade.market, bid: bid, bidSize: trade.quantity, ask: ask, askSize: trade.quantity,
            sequence: trade.id.raw, venueTime: trade.venueTime, receivedAt: trade.receivedAt)
    }
}
