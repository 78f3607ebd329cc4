import Indicators
import MarketModel
import Quantities
import TestSupport
import Testing

/// Random trades, some with broken numbers and times: nothing is lost, and nothing traps.
struct CandleFuzzTests {
    private static let cases = FuzzSettings.cases(200)
    private static let seed = FuzzSettings.seed(5)

    private static func kind(_ random: inout SeededRandom) -> CandleBuilder.Kind {
        switch random.below(3) {
        case 0:
            .time(
                .milliseconds(1 + Int64(random.below(5_000))),
                offset: .milliseconds(Int64(random.below(3_000))))
        case 1: .ticks(1 + random.below(9))
        case _: .volume(Quantity(raw: Int128(1 + random.below(20_000_000_000))))
        }
    }

    @Test func `candles hold exactly what the accepted trades held`() throws {
        for number in 0..<Self.cases {
            var random = SeededRandom(seed: Self.seed).stream(UInt64(number))
            let label = "seed \(Self.seed), case \(number)"
            let kind = Self.kind(&random)
            var builder = CandleBuilder(kind, emptyMax: random.below(5))
            var (trades, candles) = (CandleSums(), CandleSums())
            var time = Instant(milliseconds: 1_000_000)
            var lastEnd = Instant.distantPast
            for _ in 0..<random.below(300) {
                time = time + .milliseconds(Int64(random.below(800)) - 100)
                // Prices and quantities of twelve digits: turnovers have to be rounded.
                let trade = Trade(
                    market: Feed.market, aggressor: random.chance(0.5) ? .buy : .sell, id: DealID(1),
                    price: Price(raw: Int128(1 + random.below(90_000_000_000_000))),
                    quantity: Quantity(raw: Int128(1 + random.below(40_000_000_000))), venueTime: time,
                    receivedAt: time)
                let late = builder.lateCount
                var closed = Array(builder.add(trade))
                if builder.lateCount == late {
                    try trades.add(trade)
                }
                if random.below(5) == 0 { closed += builder.advance(to: time + .milliseconds(300)) }
                for candle in closed {
                    candles.add(candle)
                    try #require(Self.isSound(candle, kind), "\(label): \(candle)")
                    if case .time = kind {
                        try #require(candle.start >= lastEnd, "\(label): \(candle)")
                        lastEnd = candle.end
                    }
                }
            }
            if let open = builder.current { candles.add(open) }
            try #require(candles == trades, "\(label)")
            try #require(builder.refusedCount == 0, "\(label)")
        }
    }

    private static func isSound(_ candle: Candle, _ kind: CandleBuilder.Kind) -> Bool {
        let prices = [candle.open, candle.close, candle.high, candle.low]
        guard candle.high == prices.max(), candle.low == prices.min(), candle.turnover >= .zero,
            candle.isEmpty == (candle.count == 0 && candle.volume.isZero)
        else { return false }
        switch kind {
        case .time(let length, let offset):
            let distance = (candle.start.nanoseconds - offset.nanoseconds) % length.nanoseconds
            return distance == 0 && candle.end - candle.start == length
        case .ticks(let count): return candle.count == count
        case .volume(let volume): return candle.volume == volume
        }
    }

    @Test func `numbers and times of any size trap nowhere`() throws {
        let raws: [Int128] = [.min, -1, 0, 1, 1_000_000_000_000, 1 << 90, .max]
        let times: [Int64] = [.min, .min + 1, -1, 0, 1, 1_700_000_000_000_000_000, .max - 1, .max]
        for number in 0..<Self.cases {
            var random = SeededRandom(seed: Self.seed).stream(UInt64(1_000_000 + number))
            var builder = CandleBuilder(Self.kind(&random))
            var count = 0
            for _ in 0..<60 {
                let time = Instant(nanoseconds: times[random.below(times.count)])
                let trade = Trade(
                    market: Feed.market, aggressor: .buy, id: DealID(1),
                    price: Price(raw: raws[random.below(raws.count)]),
                    quantity: Quantity(raw: raws[random.below(raws.count)]), venueTime: time,
                    receivedAt: Instant(nanoseconds: times[random.below(times.count)]))
                count += builder.add(trade).count
                count +=
                    builder.add(
                        Quote(
                            market: Feed.market, bid: trade.price, bidSize: trade.quantity, ask: trade.price,
                            askSize: trade.quantity, sequence: 0, venueTime: time,
                            receivedAt: trade.receivedAt)
                    ).count
                count += builder.advance(to: Instant(nanoseconds: times[random.below(times.count)])).count
                if random.below(9) == 0 { builder.interrupt() }
            }
            let answered = builder.refusedCount + builder.lateCount + count + (builder.current?.count ?? 0)
            #expect(answered > 0, "seed \(Self.seed), case \(number)")
        }
    }

    @Test func `a trade far ahead of its arrival is refused, and does not make the others late`() {
        var builder = CandleBuilder(.time(.minutes(1)))
        let start = Instant(milliseconds: 1_000_000)
        builder.add(Feed.trade(100, 1, at: start))
        var broken = Feed.trade(100, 1, at: start)
        broken.venueTime = start + .minutes(61)
        builder.add(broken)
        builder.add(Feed.trade(101, 1, at: start + .seconds(1)))
        #expect(builder.refusedCount == 1)
        #expect(builder.lateCount == 0)
        #expect(builder.current?.count == 2)
    }

    @Test func `a trade without a venue time counts when it arrives`() {
        var builder = CandleBuilder(.time(.minutes(1)))
        var trade = Feed.trade(100, 1, at: Instant(milliseconds: 119_000))
        trade.venueTime = .distantPast
        builder.add(trade)
        #expect(builder.current?.start == Instant(milliseconds: 60_000))
    }
}
