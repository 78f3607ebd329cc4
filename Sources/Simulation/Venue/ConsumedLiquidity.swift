import MarketModel
import Quantities

/// What our own orders took from recorded levels that the recording still shows.
///
/// The recording does not know of our trades: what we took at a price would be offered again and again. So
/// it stays taken until the recording shows another quantity at that price.
///
/// A fixed number of entries, found through a small hash table and chained by age.
package struct ConsumedLiquidity: ~Copyable, Sendable {
    struct Entry: BitwiseCopyable, Sendable {
        var price: Price
        var taken: Quantity
        var shown: Quantity
        var side: Side
        /// The next entry with the same hash; -1 at the end.
        var next: Int8 = -1
        /// Neighbours by age; -1 at the ends.
        var older: Int8 = -1
        var newer: Int8 = -1
    }

    /// Levels that are remembered per market; the oldest is forgotten first.
    static let entriesMax = 64
    private static let bucketCount = 128

    private var entries = Slab<Entry>(capacity: entriesMax)
    private var buckets = Slab<Int8>(repeating: -1, count: bucketCount)
    /// The first of the entries that were given back, chained by `next`.
    private var free: Int8 = -1
    private var oldest: Int8 = -1
    private var newest: Int8 = -1

    package init() {}

    /// What is left of a level that shows `shown`.
    package mutating func available(_ side: Side, _ price: Price, shown: Quantity) -> Quantity {
        let index = find(side, price)
        guard index >= 0 else { return shown }
        if entries[Int(index)].shown != shown {
            forget(index)
            return shown
        }
        return max(.zero, shown - entries[Int(index)].taken)
    }

    /// Takes what is left of a level that shows `shown`, at most `quantity`; returns how much that is.
    package mutating func take(
        upTo quantity: Quantity, _ side: Side, _ price: Price, shown: Quantity
    ) -> Quantity {
        let index = find(side, price)
        if index >= 0, entries[Int(index)].shown == shown {
            let taken = min(quantity, max(.zero, shown - entries[Int(index)].taken))
            entries[Int(index)].taken += taken
            return taken
        }
        if index >= 0 { forget(index) }
        let taken = min(quantity, shown)
        if taken.isPositive { remember(Entry(price: price, taken: taken, shown: shown, side: side)) }
        return taken
    }

    private static func bucket(_ side: Side, _ price: Price) -> Int {
        let key = UInt64(truncatingIfNeeded: price.raw) ^ UInt64(side.rawValue)
        return Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 57)
    }

    /// The entry of a level; -1 when nothing was taken there.
    private func find(_ side: Side, _ price: Price) -> Int8 {
        var index = buckets[Self.bucket(side, price)]
        while index >= 0 {
            if entries[Int(index)].price == price, entries[Int(index)].side == side { return index }
            index = entries[Int(index)].next
        }
        return -1
    }

    private mutating func remember(_ entry: Entry) {
        if free < 0, entries.count == Self.entriesMax { forget(oldest) }
        let index: Int8
        if free >= 0 {
            index = free
            free = entries[Int(free)].next
            entries[Int(index)] = entry
        } else {
            index = Int8(entries.count)
            entries.append(entry)
        }
        let bucket = Self.bucket(entry.side, entry.price)
        entries[Int(index)].next = buckets[bucket]
        buckets[bucket] = index
        entries[Int(index)].older = newest
        if newest >= 0 { entries[Int(newest)].newer = index } else { oldest = index }
        newest = index
    }

    private mutating func forget(_ index: Int8) {
        let entry = entries[Int(index)]
        let bucket = Self.bucket(entry.side, entry.price)
        if buckets[bucket] == index {
            buckets[bucket] = entry.next
        } else {
            var before = buckets[bucket]
            while entries[Int(before)].next != index { before = entries[Int(before)].next }
            entries[Int(before)].next = entry.next
        }
        if entry.older >= 0 { entries[Int(entry.older)].newer = entry.newer } else { oldest = entry.newer }
        if entry.newer >= 0 { entries[Int(entry.newer)].older = entry.older } else { newest = entry.older }
        entries[Int(index)].next = free
        free = index
    }
}
