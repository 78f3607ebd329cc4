import MarketModel
import Quantities

/// What the level changes of one update have in common.
struct LevelUpdate {
    var market: MarketID
    var sequence: UInt64
    var venueTime: Instant
    var receivedAt: Instant

    /// Appends the changes, bids first; the last one is marked.
    func append(
        _ levels: [Level], bids: Range<Int>, asks: Range<Int>, to events: inout [MarketEvent]
    ) {
        for index in bids {
            append(levels[index], .buy, isLast: asks.isEmpty && index == bids.upperBound - 1, &events)
        }
        for index in asks {
            append(levels[index], .sell, isLast: index == asks.upperBound - 1, &events)
        }
    }

    /// Appends a book as a whole: what was there before goes, these levels come, the last one marked.
    func appendWhole(bids: [BinanceLevel], asks: [BinanceLevel], to events: inout [MarketEvent]) {
        events.append(
            .reset(
                BookReset(
                    market: market, reason: .snapshot, sequence: sequence, venueTime: venueTime,
                    receivedAt: receivedAt)))
        append(bids: bids, asks: asks, to: &events)
    }

    /// Appends the changes, bids first; the last one is marked.
    func append(bids: [BinanceLevel], asks: [BinanceLevel], to events: inout [MarketEvent]) {
        for (index, change) in bids.enumerated() {
            append(change.level, .buy, isLast: asks.isEmpty && index == bids.count - 1, &events)
        }
        for (index, change) in asks.enumerated() {
            append(change.level, .sell, isLast: index == asks.count - 1, &events)
        }
    }

    private func append(
        _ level: Level, _ side: Side, isLast: Bool, _ events: inout [MarketEvent]
    ) {
        events.append(
            .level(
                LevelChange(
                    market: market, side: side, isLast: isLast, price: level.price,
                    quantity: level.quantity, sequence: sequence, venueTime: venueTime,
                    receivedAt: receivedAt)))
    }
}
