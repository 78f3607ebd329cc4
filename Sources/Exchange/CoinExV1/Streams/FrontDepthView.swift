import CZlib
import MarketModel
import Quantities
import WireCodecs

/// A picture of a market's depth that any number of clients share.
struct FrontDepthKey: Hashable {
    var market: MarketID
    /// Levels of each side.
    var limit: Int
    /// The step of its prices; zero is none.
    var step: Price
}

/// The picture as it was told last, and what changed since.
///
/// The window is the best `limit` levels of each side: a level that better ones push out of it is deleted with the
/// amount zero, one that moves in is added. So whoever applies every change to a full picture has it, no more
/// and no less, and the checksum is that of the whole window, over the very digits that were sent.
struct FrontDepthView {
    /// A full picture follows the last one after this time, whatever happens.
    static let fullEvery = Interval.seconds(60)
    static let limits = [5, 10, 20, 50]

    let key: FrontDepthKey
    /// As it was told last; nil when nobody was told yet.
    private(set) var told: DepthPicture?
    private(set) var nextFullAt: Instant

    init(_ key: FrontDepthKey, at now: Instant) {
        self.key = key
        nextFullAt = now + Self.fullEvery
    }

    /// Takes a newer picture; false when no level is another.
    mutating func take(_ picture: DepthPicture) -> (changes: DepthPicture?, isNew: Bool) {
        guard let before = told else {
            told = picture
            return (nil, true)
        }
        var changes = DepthPicture(at: picture.at)
        changes.last = picture.last
        changes.bids = Self.changes(from: before.bids, to: picture.bids) { $0 > $1 }
        changes.asks = Self.changes(from: before.asks, to: picture.asks) { $0 < $1 }
        guard !changes.bids.isEmpty || !changes.asks.isEmpty else { return (nil, false) }
        told = picture
        return (changes, true)
    }

    /// A full picture is told to all now.
    mutating func toldFull(at now: Instant) { nextFullAt = now + Self.fullEvery }

    /// What makes one side of the other: levels that went have the amount zero.
    private static func changes(
        from old: [Level], to new: [Level], isBetter: (Price, Price) -> Bool
    ) -> [Level] {
        var changes: [Level] = []
        var left = 0
        var right = 0
        while left < old.count || right < new.count {
            if right == new.count || left < old.count && isBetter(old[left].price, new[right].price) {
                changes.append(Level(price: old[left].price, quantity: .zero))
                left += 1
            } else if left == old.count || isBetter(new[right].price, old[left].price) {
                changes.append(new[right])
                right += 1
            } else {
                if old[left].quantity != new[right].quantity { changes.append(new[right]) }
                left += 1
                right += 1
            }
        }
        return changes
    }
}

/// Writes pictures of depth with their checksums.
struct FrontDepthText: ~Copyable {
    private var text = WireBuffer(capacity: 4_096)

    /// The object of a picture.
    ///
    /// - Parameters:
    ///   - levels: what is told; in changes a side that has none is left out.
    ///   - whole: the whole window, which the checksum is of; nil is a picture without a checksum.
    mutating func write(
        _ levels: DepthPicture, isFull: Bool, whole: DepthPicture?, _ market: FrontMarket,
        timeKey: StaticString = "time", to json: inout JSONWriter
    ) {
        let sum = whole.map { checksum(of: $0, market) }
        json.object { json in
            if isFull || !levels.asks.isEmpty {
                json.key("asks")
                Self.write(levels.asks, market, to: &json)
            }
            if isFull || !levels.bids.isEmpty {
                json.key("bids")
                Self.write(levels.bids, market, to: &json)
            }
            json.key("last")
            json.price(levels.last, market)
            json.key(timeKey)
            json.milliseconds(levels.at)
            if let sum {
                json.key("checksum")
                json.uint(UInt64(sum))
            }
        }
    }

    static func write(_ levels: [Level], _ market: FrontMarket, to json: inout JSONWriter) {
        json.array { json in
            for level in levels {
                json.array { json in
                    json.decimal(level.price, market.priceDecimals)
                    if level.quantity.isZero {
                        json.string("0" as StaticString)
                    } else {
                        json.decimal(level.quantity, market.amountDecimals)
                    }
                }
            }
        }
    }

    /// CRC-32 of all bids, then all asks, best first, every figure with the digits that it is sent with.
    mutating func checksum(of picture: DepthPicture, _ market: FrontMarket) -> UInt32 {
        text.removeAll()
        for level in picture.bids { append(level, market) }
        for level in picture.asks { append(level, market) }
        let count = max(0, text.count - 1)
        return UInt32(
            truncatingIfNeeded: crc32(
                0, text.bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt32(count)))
    }

    private mutating func append(_ level: Level, _ market: FrontMarket) {
        append(level.price, market.priceDecimals)
        append(level.quantity, market.amountDecimals)
    }

    private mutating func append(_ value: some FixedPoint, _ decimals: Int) {
        let room = text.room(DecimalText.lengthMax + 1)
        guard let start = room.baseAddress?.assumingMemoryBound(to: UInt8.self) else {
            preconditionFailure("there is room where it was asked for")
        }
        let length = value.write(decimals: decimals, to: start)
        start[length] = UInt8(ascii: ":")
        text.commit(length + 1)
    }
}
