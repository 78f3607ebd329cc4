import MarketModel
import Quantities
import VenueKit

/// What the tapes that a run went on with may have lost: which names of orders say nothing, and since when ended
/// orders are to be looked through.
///
/// 1. An order under a number of a gap is ours, and forgotten.
/// 2. An order that the tape leaves without a number at the venue may have been acknowledged, and replaced, in the gap:
///    what has its name may be another order (`isDoubtful`).
/// 3. A second number under the name of an order that lived when the tape ended is a forgotten replacement.
/// 4. A request of the process before may arrive until `lateUntil`; until all was looked through after that, the last
///    gap is open.
package struct CoinExTapeGaps: Sendable {
    /// Gaps that are remembered; of more, the oldest are forgotten.
    package static let gapsMax = 1_024
    /// How long after a process was ready the gap before it counts as looked through.
    package static let lookedThroughAfter = Interval.minutes(5)

    private var gaps: [SequenceGap] = []
    package private(set) var isOpen = false
    /// When the tape ended that is gone on with, or an earlier one whose gap was not looked through.
    package private(set) var since = Instant.distantFuture
    /// Until when a request of the process before can be carried out.
    package private(set) var lateUntil = Instant.distantFuture
    private var readyAt: Instant?
    private var living: Set<OrderID> = []
    private var doubtful: Set<OrderID> = []

    package init() {}

    /// Whether a number may have been given and forgotten.
    package func contains(_ order: OrderID) -> Bool { gaps.contains { $0.contains(order) } }

    /// Whether an order of this name may be another one.
    package func isDoubtful(_ order: OrderID) -> Bool { doubtful.contains(order) }

    /// Whether an order that the tape knows lived when it ended, and the gap is open.
    package func wasLiving(_ order: OrderID) -> Bool { isOpen && living.contains(order) }

    // MARK: - From the tape

    /// The process before went on behind this gap.
    package mutating func recall(_ gap: SequenceGap) {
        let isLookedThrough = readyAt.map { gap.since - $0 >= Self.lookedThroughAfter } ?? false
        since = isLookedThrough ? gap.since : min(since, gap.since)
        readyAt = nil
        if gaps.count == Self.gapsMax { gaps.removeFirst() }
        gaps.append(gap)
    }

    /// A process before was ready, or was not.
    package mutating func recall(_ change: ConnectionChange) {
        switch change.state {
        case .ready: readyAt = readyAt ?? change.receivedAt
        case .connecting, .lost: break
        }
    }

    // MARK: - This process

    /// This process goes on behind the gap.
    package mutating func open(_ gap: SequenceGap) {
        recall(gap)
        isOpen = true
        lateUntil = gap.resumedAt + CoinExExecutor.lateArrivalMax
    }

    /// An order that lives by the tape.
    package mutating func remember(_ order: OwnOrder) {
        guard isOpen else { return }
        living.insert(order.id)
        if order.venueID == .unknown, !order.ticket.kind.isStop { doubtful.insert(order.id) }
    }

    /// All that may have been lost has been looked through.
    package mutating func close() {
        isOpen = false
        living.removeAll()
    }
}
