import MarketModel
import Quantities
import VenueKit

/// When to ask for whole books, which changes are joined to: staggered, and again when one came too old.
///
/// A request for the deepest book costs 250 of 6,000 a minute, so several markets wait for each other.
package struct BinanceSnapshots: Sendable {
    private enum Need: Equatable, Sendable {
        /// The book is whole, or nothing was heard of it. Can transition to: `wanted` when changes wait for a book.
        case none
        /// Can transition to: `asked` when its turn has come, `none` when the book is whole.
        case wanted(from: Instant)
        /// Can transition to: `none` when the book is whole, `wanted` when the answer failed or was too old.
        case asked
    }

    private var needs: [Need]
    private var failures: [Int]
    private var window: SlidingWindow
    private let retryPause: Interval

    /// The longest pause after failures, in units of `retryPause`.
    package static var pauseFactorMax: Int { 32 }

    /// - Parameter limit: how many requests may go; 20 a minute leave three quarters of the venue's limit to others.
    package init(
        markets: Int, limit: RateLimit = RateLimit(requests: 20, window: .minutes(1)),
        retryPause: Interval = .seconds(1)
    ) {
        needs = Array(repeating: .none, count: markets)
        failures = Array(repeating: 0, count: markets)
        window = SlidingWindow(limit)
        self.retryPause = retryPause
    }

    /// Changes of a market wait for a whole book.
    package mutating func isWanted(_ market: MarketID, at now: Instant) {
        let index = Int(market.index)
        if needs[index] == .none { needs[index] = .wanted(from: now) }
    }

    /// The book of a market is whole.
    package mutating func isLive(_ market: MarketID) {
        needs[Int(market.index)] = .none
        failures[Int(market.index)] = 0
    }

    /// The request failed, or its answer was older than the changes.
    package mutating func failed(_ market: MarketID, at now: Instant) {
        let index = Int(market.index)
        guard needs[index] == .asked else { return }
        let factor = min(1 << min(failures[index], 16), Self.pauseFactorMax)
        failures[index] += 1
        needs[index] = .wanted(from: now + retryPause * factor)
    }

    /// The venue refused for rate: nothing is asked for a whole window.
    package mutating func refusedForRate(at now: Instant) { window.close(at: now) }

    /// When `next` has something to give.
    package var nextDue: Instant {
        var due = Instant.distantFuture
        for case .wanted(let from) in needs { due = min(due, from) }
        return due == .distantFuture ? due : max(due, window.opensAt())
    }

    /// The market whose book is to be asked for at this moment; nil when there is none, or the limit says to wait.
    package mutating func next(at now: Instant) -> MarketID? {
        guard window.opensAt() <= now else { return nil }
        var chosen: (index: Int, from: Instant)?
        for (index, need) in needs.enumerated() {
            guard case .wanted(let from) = need, from <= now, from < chosen?.from ?? .distantFuture else {
                continue
            }
            chosen = (index, from)
        }
        guard let chosen else { return nil }
        window.note(at: now)
        needs[chosen.index] = .asked
        return MarketID(chosen.index)
    }
}
