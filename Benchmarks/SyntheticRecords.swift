import MarketModel
import Quantities

/// Records of a made-up market for measurements: a seeded walk of the mid price.
struct SyntheticRecords {
    var records: [MarketRecord] = []
    let scale = RecordScale(priceDecimals: 2, quantityDecimals: 5)

    /// Quotes and trades, about as a liquid pair has them: three quotes to a trade.
    init(count: Int, seed: UInt64, moveChance: Double) {
        var random = SeededRandom(seed: seed)
        var bid: Int64 = 6_000_000
        var time = Instant(nanoseconds: 1_700_000_000_000_000_000)
        records.reserveCapacity(count)
        for index in 0..<count {
            time = time + .microseconds(Int64(1 + random.below(2_000)))
            if random.chance(moveChance) { bid += random.chance(0.5) ? 1 : -1 }
            if index % 4 == 3 {
                let isSell = random.chance(0.5)
                records.append(
                    MarketRecord(
                        kindCode: 2, flags: isSell ? 1 : 0, venueTime: time, receivedAt: time,
                        sequence: UInt64(index), a: isSell ? bid : bid + 1, b: Int64(1 + random.below(50_000))))
            } else {
                records.append(
                    MarketRecord(
                        kindCode: 1, venueTime: time, receivedAt: time, sequence: UInt64(index), a: bid,
                        b: Int64(1 + random.below(500_000)), c: bid + 1, d: Int64(1 + random.below(500_000))))
            }
        }
    }
}
