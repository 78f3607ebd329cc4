import MarketModel
import Quantities

/// Records of a made-up market: a seeded walk of the mid price.
///
/// In recorded liquid pairs the best price moves in 2 to 11 of a hundred quotes, and there are two to four
/// quotes to a trade; these have it move in 12 of a hundred, and three quotes to a trade.
struct SyntheticRecords {
    static let scale = RecordScale(priceDecimals: 2, quantityDecimals: 5)
    static let start = Instant(nanoseconds: 1_700_000_000_000_000_000)

    private var random = SeededRandom(seed: 7)
    private var bid: Int64 = 6_000_000
    private var time = Self.start
    private var index = 0

    mutating func next() -> MarketRecord {
        time = time + .microseconds(Int64(1 + random.below(2_000)))
        if random.chance(0.1) { bid += random.chance(0.5) ? 1 : -1 }
        defer { index += 1 }
        return index % 4 == 3 ? trade() : quote()
    }

    private mutating func trade() -> MarketRecord {
        let isSell = random.chance(0.5)
        return MarketRecord(
            kindCode: MarketRecord.Kind.trade.rawValue, flags: isSell ? MarketRecord.Flags.sell : 0,
            venueTime: time, receivedAt: time, sequence: UInt64(index), a: isSell ? bid : bid + 1,
            b: Int64(1 + random.below(50_000)))
    }

    private mutating func quote() -> MarketRecord {
        MarketRecord(
            kindCode: MarketRecord.Kind.quote.rawValue, venueTime: time, receivedAt: time,
            sequence: UInt64(index), a: bid, b: Int64(1 + random.below(500_000)), c: bid + 1,
            d: Int64(1 + random.below(500_000)))
    }
}
