import MarketModel
import Quantities

/// The last orders that were closed, so that late facts about them can be told from contradictions.
///
/// A ring of 4,096; facts about older orders are taken for repetitions.
package struct ClosedOrders: ~Copyable, Sendable {
    package struct Entry: BitwiseCopyable, Equatable, Sendable {
        package var order: OrderID
        package var closing: Closing
        package var filled: Quantity
        /// Whether it was closed because the venue does not know it. It may have stood all the same: venues forget
        /// orders that ended unfilled, and the news of its life may come after that.
        package var isAbsent: Bool

        /// Whether it was closed as an order that the venue never had in its book.
        package var neverStood: Bool {
            switch closing {
            case .rejected: !isAbsent
            case .filled, .cancelled, .triggerFailed: false
            }
        }
    }

    package static let entriesMax = 4_096

    private var entries = Slab<Entry>(capacity: entriesMax)
    private var next = 0

    package init() {}

    package mutating func add(_ entry: Entry) {
        if entries.count < Self.entriesMax {
            entries.append(entry)
        } else {
            entries[next] = entry
            next = (next + 1) % Self.entriesMax
        }
    }

    /// The newest entries are looked at first: most late facts are not very late.
    package func entry(_ order: OrderID) -> Entry? {
        for distance in entries.indices {
            let index = (next - 1 - distance + entries.count) % entries.count
            if entries[index].order == order { return entries[index] }
        }
        return nil
    }
}
