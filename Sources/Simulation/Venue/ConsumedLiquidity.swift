import MarketModel
import Quantities

/// What our own orders took from recorded levels that the recording still shows.
///
/// The recording does not know of our trades: what we took at a price would be offered again and again. So
/// it stays taken until the recording shows another quantity at that price.
package struct ConsumedLiquidity: Sendable {
    private struct Entry: BitwiseCopyable, Sendable {
        var side: Side
        var price: Price
        var taken: Quantity
        var shown: Quantity
    }

    /// Levels that are remembered per market; the oldest is forgotten first.
    static let entriesMax = 64

    private var entries: [Entry] = []

    package init() {}

    /// What is left of a level that shows `shown`.
    package mutating func available(_ side: Side, _ price: Price, shown: Quantity) -> Quantity {
        if entries.isEmpty { return shown }
        guard let index = entries.firstIndex(where: { $0.side == side && $0.price == price }) else {
            return shown
        }
        if entries[index].shown != shown {
            entries.remove(at: index)
            return shown
        }
        return max(.zero, shown - entries[index].taken)
    }

    package mutating func take(_ quantity: Quantity, _ side: Side, _ price: Price, shown: Quantity) {
        if let index = entries.firstIndex(where: { $0.side == side && $0.price == price }) {
            entries[index].taken += quantity
            entries[index].shown = shown
            return
        }
        if entries.count == Self.entriesMax { entries.removeFirst() }
        entries.append(Entry(side: side, price: price, taken: quantity, shown: shown))
    }
}
