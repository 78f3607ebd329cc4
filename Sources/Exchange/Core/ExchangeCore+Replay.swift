import MarketModel
import Quantities
import Simulation

// A recording as the flow of a market.

extension ExchangeCore {
    /// Brings an event of a recording into a market whose flow is one. The time is when it happens here.
    ///
    /// Levels stand in the book like orders, trades take from it and may meet clients; a snapshot begins with
    /// an empty book. Other events do nothing.
    /// - Throws: `unknownMarket` for a market without such a flow; `badPrice` and `badAmount` for figures
    ///   that the market cannot have, but quantities are cut to its decimals; `busy`.
    package mutating func replay(
        _ event: MarketEvent, in market: MarketID, at time: Instant
    ) throws(ExchangeRefusal) {
        try begin(at: time)
        let index = try position(market)
        guard rooms[index].definition.flow == .replayed else { throw .unknownMarket }
        switch event {
        case .level(let level): try check(level.price, level.quantity, isLevel: true, in: index)
        case .trade(let trade): try check(trade.price, trade.quantity, isLevel: false, in: index)
        case .quote, .reset, .ticker, .optionMark, .connection: break
        }
        rooms[index].replay(event, at: now)
        settleMatches(in: index)
        runStops()
    }

    private func check(
        _ price: Price, _ quantity: Quantity, isLevel: Bool, in market: Int
    ) throws(ExchangeRefusal) {
        try check(price: price, in: market)
        guard quantity <= MatchingLimits.quantityMax, isLevel ? !quantity.isNegative : quantity.isPositive
        else { throw .badAmount }
        try check(value: quantity, at: price)
    }
}
