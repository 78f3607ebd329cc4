import MarketModel

/// Tells what two connections to the same streams have both brought.
///
/// Trades and quotes of a market carry numbers that only grow, so that what is not newer than the newest is a
/// repetition. Books need no help: their synchronisation knows numbers itself.
package struct BinanceDuplicates: Sendable {
    private var trades: [UInt64?]
    private var quotes: [UInt64?]
    package private(set) var dropped = 0

    package init(markets: Int) {
        trades = Array(repeating: nil, count: markets)
        quotes = Array(repeating: nil, count: markets)
    }

    /// Removes from `events`, from `first` on, what was there before.
    package mutating func filter(_ events: inout [MarketEvent], from first: Int) {
        var kept = first
        for index in first..<events.count {
            if isNew(events[index]) {
                events[kept] = events[index]
                kept += 1
            } else {
                dropped += 1
            }
        }
        events.removeSubrange(kept...)
    }

    private mutating func isNew(_ event: MarketEvent) -> Bool {
        switch event {
        case .trade(let trade):
            Self.advance(&trades[Int(trade.market.index)], to: trade.id.raw)
        case .quote(let quote):
            quote.sequence == 0 || Self.advance(&quotes[Int(quote.market.index)], to: quote.sequence)
        case .level, .reset, .ticker, .optionMark, .connection: true
        }
    }

    private static func advance(_ last: inout UInt64?, to number: UInt64) -> Bool {
        if let last, number <= last { return false }
        last = number
        return true
    }
}
