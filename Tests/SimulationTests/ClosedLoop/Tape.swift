import MarketModel
import Quantities

/// An endless recording that chance writes: a price that walks, with quotes, trades and levels around it.
struct Tape {
    let market: Market
    /// Whether it has the levels of a book, or only the quote.
    let hasBook: Bool
    private(set) var now: Instant
    private var random: SeededRandom
    /// In ticks: the best bid is below, the best ask above.
    private var middle = 10_000
    private var sequence: UInt64 = 0

    init(market: Market, hasBook: Bool, from start: Instant, seed: UInt64) {
        self.market = market
        self.hasBook = hasBook
        now = start
        random = SeededRandom(seed: seed).stream(1)
    }

    /// What happens next; the changes of one update together.
    mutating func next() -> [MarketEvent] {
        now = now + .nanoseconds(Int64(1 + random.below(50_000_000)))
        sequence += 1
        if sequence == 1 { return hasBook ? snapshot() : [quote()] }
        if random.chance(0.3) { return [trade()] }
        if !hasBook {
            middle += random.below(3) - 1
            return [quote()]
        }
        return random.chance(0.2) ? move() : [change(side(), distance: random.below(8), isLast: true)]
    }

    private mutating func side() -> Side { random.chance(0.5) ? .buy : .sell }

    private mutating func quantity() -> Quantity { market.rules.lot * (1 + random.below(1_500)) }

    private func price(_ side: Side, _ distance: Int) -> Price {
        market.rules.tick * (side == .buy ? middle - 1 - distance : middle + 1 + distance)
    }

    private mutating func quote() -> MarketEvent {
        .quote(
            Quote(
                market: market.id, bid: price(.buy, random.below(3)), bidSize: quantity(),
                ask: price(.sell, random.below(3)), askSize: quantity(), sequence: sequence, venueTime: now,
                receivedAt: now))
    }

    private mutating func trade() -> MarketEvent {
        let aggressor = side()
        return .trade(
            Trade(
                market: market.id, aggressor: aggressor, id: DealID(sequence),
                price: price(aggressor.opposite, random.below(4)), quantity: quantity(), venueTime: now,
                receivedAt: now))
    }

    private mutating func change(
        _ side: Side, distance: Int, isLast: Bool, isGone: Bool = false
    ) -> MarketEvent {
        // The best level stays: a book has two sides.
        let isEmpty = isGone || (distance > 0 && random.chance(0.3))
        return .level(
            LevelChange(
                market: market.id, side: side, isLast: isLast, price: price(side, distance),
                quantity: isEmpty ? .zero : quantity(), sequence: sequence, venueTime: now,
                receivedAt: now))
    }

    /// The price goes a tick up or down: what it passes is gone, and both sides are there again.
    private mutating func move() -> [MarketEvent] {
        let isUp = random.chance(0.5)
        middle += isUp ? 1 : -1
        let passed: Side = isUp ? .sell : .buy
        return [
            change(passed, distance: -1, isLast: false, isGone: true),
            change(passed, distance: -2, isLast: false, isGone: true),
            change(.buy, distance: 0, isLast: false), change(.sell, distance: 0, isLast: true),
        ]
    }

    private mutating func snapshot() -> [MarketEvent] {
        [
            .reset(
                BookReset(
                    market: market.id, reason: .snapshot, sequence: sequence, venueTime: now,
                    receivedAt: now)),
            change(.buy, distance: 0, isLast: false), change(.sell, distance: 0, isLast: true),
        ]
    }
}
