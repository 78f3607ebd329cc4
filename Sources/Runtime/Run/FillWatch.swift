import MarketModel
import Quantities

/// Follows the mid price after fills: what a fill was worth one, five and thirty seconds later.
///
/// Fills come in the order in which they are heard of. Of a fill that comes while `pendingMax` are being followed
/// the later mids stay unknown, as they do of those that are still being followed when the run ends.
@usableFromInline package struct FillWatch: Sendable {
    /// When the mid is looked at after a fill was heard of. Ascending.
    package static let horizons: [Interval] = [.seconds(1), .seconds(5), .seconds(30)]
    /// Fills that are followed at a time.
    package static let pendingMax = 16_384

    /// The mid price of a fill's market, some time after it.
    package struct Mark: Equatable, Sendable {
        package var market: MarketID
        package var deal: DealID
        /// Zero is the moment in which it was heard of.
        package var after: Interval
        package var mid: Price
    }

    private struct Pending {
        var market: MarketID
        var deal: DealID
        var at: Instant
    }

    private var fills: [Pending] = []
    /// Per horizon: the first fill whose time has not come.
    private var heads = Array(repeating: 0, count: horizons.count)
    private var isClosed = false
    /// What has been found and not taken.
    package private(set) var marks: [Mark] = []
    /// Fills that were not followed, for want of room.
    package private(set) var dropped = 0

    package init() {}

    /// When the next mid has to be looked at.
    @usableFromInline package var nextDue: Instant {
        var due = Instant.distantFuture
        for (head, horizon) in zip(heads, Self.horizons) where head < fills.count {
            due = min(due, fills[head].at + horizon)
        }
        return due
    }

    /// Takes a fill that was heard of now.
    package mutating func add(_ fill: Fill, mid: Price?) {
        if let mid {
            marks.append(Mark(market: fill.market, deal: fill.deal, after: .zero, mid: mid))
        }
        if isClosed { return }
        guard fills.count < Self.pendingMax else {
            dropped += 1
            return
        }
        fills.append(Pending(market: fill.market, deal: fill.deal, at: fill.receivedAt))
    }

    /// Notes the mids of all whose time has come.
    ///
    /// - Parameter mid: of a market at this moment; nil when there is none, and then it stays unknown.
    package mutating func look(at now: Instant, _ mid: (MarketID) -> Price?) {
        for (index, horizon) in Self.horizons.enumerated() {
            while heads[index] < fills.count, fills[heads[index]].at + horizon <= now {
                let fill = fills[heads[index]]
                heads[index] += 1
                guard let mid = mid(fill.market) else { continue }
                marks.append(Mark(market: fill.market, deal: fill.deal, after: horizon, mid: mid))
            }
        }
        // The last horizon is the longest: what it has passed is over.
        let over = heads[heads.count - 1]
        if over == fills.count || over > Self.pendingMax / 2 {
            fills.removeFirst(over)
            for index in heads.indices { heads[index] -= over }
        }
    }

    /// Takes what has been found.
    package mutating func take() -> [Mark] {
        defer { marks.removeAll(keepingCapacity: true) }
        return marks
    }

    /// The market stands still from here on: what comes later is not known.
    @usableFromInline package mutating func close() {
        isClosed = true
        fills.removeAll()
        heads = Array(repeating: 0, count: Self.horizons.count)
    }
}
