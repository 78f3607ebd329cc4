import MarketModel
import Quantities

/// Level changes of a made-up book, each of them an update of its own.
///
/// First a snapshot of 200 levels a side, then changes at a distance from the best price that is small more
/// often than large: seven in ten change a size, the others put a level in or take one away. One in sixteen
/// takes the best level away or improves on it.
struct SyntheticLevels {
    private static let depth = 200

    private var random = SeededRandom(seed: 11)
    /// Whether a level stands at a distance from the best one, per side.
    private var bids = Array(repeating: true, count: depth)
    private var asks = Array(repeating: true, count: depth)
    private let bestBid: Int64 = 6_000_000
    private var time = SyntheticRecords.start
    private var index = 0

    mutating func next() -> MarketRecord {
        defer { index += 1 }
        time = time + .microseconds(Int64(1 + random.below(2_000)))
        if index == 0 { return reset() }
        let snapshot = index - 1
        if snapshot < 2 * Self.depth {
            let isSell = snapshot >= Self.depth
            return level(isSell, snapshot % Self.depth, size(), isLast: snapshot == 2 * Self.depth - 1)
        }
        return change()
    }

    private mutating func change() -> MarketRecord {
        let isSell = random.chance(0.5)
        var distance = 0
        while distance < Self.depth - 1, !random.chance(0.12) { distance += 1 }
        let stands = isSell ? asks[distance] : bids[distance]
        // The last level stays, so that no side is ever empty.
        let goes = stands && distance < Self.depth - 1 && random.chance(0.15)
        if isSell { asks[distance] = !goes } else { bids[distance] = !goes }
        return level(isSell, distance, goes ? 0 : size(), isLast: true)
    }

    private mutating func size() -> Int64 { Int64(1 + random.below(500_000)) }

    private func level(_ isSell: Bool, _ distance: Int, _ size: Int64, isLast: Bool) -> MarketRecord {
        let flags = (isSell ? MarketRecord.Flags.sell : 0) | (isLast ? MarketRecord.Flags.last : 0)
        let price = isSell ? bestBid + 1 + Int64(distance) : bestBid - Int64(distance)
        return MarketRecord(
            kindCode: MarketRecord.Kind.level.rawValue, flags: flags, venueTime: time, receivedAt: time,
            sequence: UInt64(index), a: price, b: size)
    }

    private func reset() -> MarketRecord {
        MarketRecord(
            kindCode: MarketRecord.Kind.reset.rawValue, detail: UInt32(BookReset.Reason.snapshot.rawValue),
            venueTime: time, receivedAt: time)
    }
}
