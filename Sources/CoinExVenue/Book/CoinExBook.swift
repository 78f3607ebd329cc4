import MarketModel
import Quantities

/// The book of a market as the venue shows it: its best levels, with the digits that they came with.
///
/// The venue sends the whole book, then changes, and with each a checksum over the text of the whole book
/// after it. So a book that has missed anything shows it at the next change.
///
/// 1. A whole book replaces everything. Changes before the first whole one are dropped.
/// 2. Changes that are older than the book are dropped: they are in it.
/// 3. A change sets what rests at a price; zero, however written, removes the level.
/// 4. After each the checksum must be the venue's. Where it sends none, no side may have more levels than were
///    asked for: one that left the window would have been removed.
/// 5. A book that fails is `suspect` until the next whole one.
package struct CoinExBook {
    package enum State: Equatable, BitwiseCopyable, Sendable {
        /// Nothing has come. Can transition to: `live` with a whole book, `suspect` with a bad one.
        case empty
        /// Whole and current. Can transition to: `suspect` on a bad checksum or when it is distrusted.
        case live
        /// Damaged or interrupted. Can transition to: `live` with a whole book.
        case suspect
    }

    /// What an update has done.
    package enum Outcome: Equatable, BitwiseCopyable, Sendable {
        /// The book is new and whole.
        case replaced
        /// The changes are in the book.
        case changed
        /// The book is already newer.
        case old
        /// The book waits for a whole one.
        case waiting
        /// The book is not what the venue has: it must be asked for anew.
        case damaged
    }

    /// Levels per side that the venue was asked for.
    package let limit: Int
    package private(set) var state = State.empty
    package private(set) var bids = CoinExBookSide(.buy)
    package private(set) var asks = CoinExBookSide(.sell)
    /// The venue's time of the last update that is in the book.
    package private(set) var time = Instant.distantPast

    package init(limit: Int) { self.limit = limit }

    /// Applies an update.
    ///
    /// - Parameters:
    ///   - checksum: the venue's, of the book after it; nil where it sends none.
    package mutating func apply(
        isFull: Bool, bids newBids: some Collection<CoinExBookLevel>,
        asks newAsks: some Collection<CoinExBookLevel>, time newTime: Instant, checksum: UInt32?,
        _ text: inout CoinExChecksum
    ) -> Outcome {
        if isFull {
            if state == .live, newTime < time { return .old }
            bids.removeAll()
            asks.removeAll()
        } else {
            switch state {
            case .empty, .suspect: return .waiting
            case .live: if newTime < time { return .old }
            }
        }
        for level in newBids { bids.set(level) }
        for level in newAsks { asks.set(level) }
        time = newTime
        guard isSound(checksum, &text) else {
            state = .suspect
            return .damaged
        }
        state = .live
        return isFull ? .replaced : .changed
    }

    /// The book can no longer be trusted; false when it was not trusted before either.
    package mutating func distrust() -> Bool {
        switch state {
        case .empty, .suspect: return false
        case .live:
            state = .suspect
            return true
        }
    }

    private func isSound(_ checksum: UInt32?, _ text: inout CoinExChecksum) -> Bool {
        guard let checksum else { return bids.count <= limit && asks.count <= limit }
        return text.of(bids, asks) == checksum
    }
}
