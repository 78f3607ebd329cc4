import MarketModel
import Quantities
import Recordings

/// Candles, told as the few trades that they may have been made of.
///
/// A candle becomes trades at its open, at its two extremes, the one nearer to the open first, and at its close, at
/// its beginning, after one and two thirds of it, and at its end. Prices that do not change are one trade. The
/// volume is shared out evenly in lots, the close gets the rest: the candle of these trades is the candle. A step up
/// is a buy, a step down a sell; the open is a sell when the candle falls. What happened in between is not known, so
/// that a backtest on candles knows no more than their four prices. Without volume there is no trade.
struct CandleRows {
    /// How long candles last whose end no column tells.
    private let period: Interval?
    /// The lots of the markets; empty while they are not known: each volume has its own then.
    private let lots: [Quantity]
    private(set) var short = 0

    init(period: Interval? = nil, lots: [Quantity] = []) {
        self.period = period
        self.lots = lots
    }

    mutating func read(
        _ cells: RowCells, _ market: MarketID, into events: inout [MarketEvent]
    ) throws(RowFault) {
        let begin = try cells.time(.time)
        let open: Price = try cells.positive(.open)
        let high: Price = try cells.positive(.high)
        let low: Price = try cells.positive(.low)
        let close: Price = try cells.positive(.close)
        let volume: Quantity = try cells.notNegative(.volume)
        let end: Instant
        if cells.has(.closeTime) {
            end = try cells.time(.closeTime)
        } else {
            // A nanosecond before the next one begins.
            end = begin + (period ?? .nanoseconds(4)) - .nanoseconds(1)
        }
        guard low <= min(open, close), high >= max(open, close) else { throw .impossibleCandle }
        guard end > begin else { throw .impossiblePeriod }
        guard volume.isPositive else { return }

        let third = Interval(nanoseconds: (end - begin).nanoseconds / 3)
        let highFirst = high - open <= open - low
        let path = [
            (price: open, at: begin), (highFirst ? high : low, begin + third),
            (highFirst ? low : high, begin + third + third), (close, end),
        ]
        let steps = distinct(path)
        append(steps, volume, market, begin, falls: close < open, into: &events)
    }

    /// Without prices that repeat the one in front of them.
    private func distinct(_ path: [(price: Price, at: Instant)]) -> [(price: Price, at: Instant)] {
        var steps: [(price: Price, at: Instant)] = []
        for step in path where steps.last?.price != step.price { steps.append(step) }
        return steps
    }

    private mutating func append(
        _ path: [(price: Price, at: Instant)], _ volume: Quantity, _ market: MarketID, _ begin: Instant,
        falls: Bool, into events: inout [MarketEvent]
    ) {
        var steps = path
        var share = self.share(of: volume, among: steps.count, Int(market.index))
        if share.isZero, let last = steps.last {
            short += 1
            steps = [last]
            share = volume
        }
        var price = steps[0].price
        var side = falls ? Side.sell : .buy
        // Four numbers per candle, in the order of time as long as candles last a microsecond.
        let number = UInt64(max(0, begin.nanoseconds / 1_000)) * 4
        for (place, step) in steps.enumerated() {
            if step.price != price { side = step.price > price ? .buy : .sell }
            price = step.price
            let isLast = place == steps.count - 1
            let quantity = isLast ? volume - share * place : share
            events.append(
                .trade(
                    Trade(
                        market: market, aggressor: side, id: DealID(number + UInt64(place)),
                        price: price, quantity: quantity, venueTime: step.at, receivedAt: step.at)))
        }
    }

    /// An even share in whole lots; zero when there are fewer lots than trades.
    private func share(of volume: Quantity, among count: Int, _ market: Int) -> Quantity {
        let lot: Quantity
        if market < lots.count {
            lot = lots[market]
        } else {
            var digits = DigitTally()
            digits.note(volume)
            lot = digits.lot
        }
        return Quantity(raw: volume.raw / Int128(count)).rounded(to: lot, .down)
    }
}
