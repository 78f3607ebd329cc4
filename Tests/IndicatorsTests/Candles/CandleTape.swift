import Indicators
import MarketModel
import Quantities

/// A text of trades by time, behind a bar the candles that each line closes.
///
/// ```
/// 5s     buy 2 @ 100
/// 61s    sell 1 @ 99     | 0s: 100 100 100 100, 2 of which 2 bought for 200 by 1, partial
/// 120.3s advance         | 60s: 99 99 99 99, 1 of which 0 bought for 99 by 1
/// ```
///
/// A candle is told by its start, open, high, low, close, volume, bought volume, turnover and count; an empty one by
/// its start and price. `play` returns the tape with the candles as they came out.
struct CandleTape {
    enum TapeError: Error {
        case unreadable(line: String)
    }

    var builder: CandleBuilder
    /// Whether the end is told too, for candles that have times of their own.
    var showsEnds = false
    /// Midnight of 2 January 1970.
    private let origin = Instant(milliseconds: 86_400_000)

    init(_ builder: CandleBuilder, showsEnds: Bool = false) {
        self.builder = builder
        self.showsEnds = showsEnds
    }

    mutating func play(_ tape: String) throws -> String {
        var lines: [String] = []
        for line in tape.split(separator: "\n", omittingEmptySubsequences: false) {
            let halves = line.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
            let words = halves[0].split(separator: " ").map(String.init)
            guard words.count >= 2, words[0].hasSuffix("s"), let seconds = Double(words[0].dropLast()) else {
                throw TapeError.unreadable(line: String(line))
            }
            let time = origin + .milliseconds(Int64((seconds * 1_000).rounded()))
            let closed = try step(Array(words.dropFirst()), at: time).map(text).joined(separator: "; ")
            lines.append(halves.count == 1 && closed.isEmpty ? String(line) : "\(halves[0])| \(closed)")
        }
        return lines.joined(separator: "\n")
    }

    private mutating func step(_ words: [String], at time: Instant) throws -> [Candle] {
        switch (words[0], words.count) {
        case ("buy", 4), ("sell", 4):
            let trade = Trade(
                market: Feed.market, aggressor: words[0] == "buy" ? .buy : .sell, id: DealID(1),
                price: try Price(words[3]), quantity: try Quantity(words[1]), venueTime: time,
                receivedAt: time)
            return Array(builder.add(trade))
        case ("quote", 3):
            let quote = Quote(
                market: Feed.market, bid: try Price(words[1]), bidSize: Quantity(1), ask: try Price(words[2]),
                askSize: Quantity(1), sequence: 0, venueTime: time, receivedAt: time)
            return Array(builder.add(quote))
        case ("advance", 1): return Array(builder.advance(to: time))
        case ("interrupt", 1):
            builder.interrupt()
            return []
        case (_, _): throw TapeError.unreadable(line: words.joined(separator: " "))
        }
    }

    private func text(_ candle: Candle) -> String {
        let start = (candle.start - origin).description
        let span = showsEnds ? "\(start) to \(candle.end - origin)" : start
        let mark = candle.isPartial ? ", partial" : ""
        if candle.isEmpty { return "\(span): empty at \(candle.close)\(mark)" }
        let prices = "\(candle.open) \(candle.high) \(candle.low) \(candle.close)"
        return "\(span): \(prices), \(candle.volume) of which \(candle.buyVolume) bought "
            + "for \(candle.turnover) by \(candle.count)\(mark)"
    }
}
