import MarketModel
import Quantities

/// Watches whether the events of a lane are in order: by the time of receipt, then, within a market, by number.
struct OrderWatch {
    private var newest = Instant.distantPast
    private var last: [(at: Instant, number: UInt64)] = []
    private let usesNumbers: Bool
    /// Events in front of which there was a later one.
    private(set) var backwards = 0

    init(usesNumbers: Bool) { self.usesNumbers = usesNumbers }

    var isOrdered: Bool { backwards == 0 }

    mutating func note(_ event: MarketEvent) {
        let at = event.receivedAt
        if at < newest {
            backwards += 1
            return
        }
        newest = at
        guard usesNumbers, let (market, number) = event.numbered else { return }
        let index = Int(market.index)
        while last.count <= index { last.append((.distantPast, 0)) }
        if last[index].at == at, number < last[index].number {
            backwards += 1
        } else {
            last[index] = (at, number)
        }
    }
}

extension MarketEvent {
    /// The market and the number of a trade or a quote; nil for what has no number of its own.
    var numbered: (market: MarketID, number: UInt64)? {
        switch self {
        case .trade(let trade): (trade.market, trade.id.raw)
        case .quote(let quote): (quote.market, quote.sequence)
        case .level, .reset, .ticker, .optionMark, .connection: nil
        }
    }
}
