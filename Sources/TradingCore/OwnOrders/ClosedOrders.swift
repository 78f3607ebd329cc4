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

        /// Whether it was closed as an order that the venue never had in its book.
        package var neverStood: Bool {
            switch closing {
            case .rejected: true
            case .filled, .cancelled, .triggerFailed: false
            }
        }
    }

    package static let entriesMax = 4_096

    private var entries = Slab<Entry>(capacity: entriesMax)
    private var next = 0

    package init() {}

    package mutating func add(_ order: OrderID, _ closing: Closing, filled: Quantity) {
        let entry = Entry(order: order, closing: closing, filled: filled)
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
