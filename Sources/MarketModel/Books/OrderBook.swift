import Quantities

/// The book of a market: a machine that knows whether it can be trusted.
///
/// A book is `empty` until a snapshot has come in whole, `live` while every update fits, and `suspect` from
/// the first sign of damage until the next snapshot. Only a live book can be read by a strategy.
@frozen public struct OrderBook: Equatable, Sendable {
    @frozen public enum State: UInt8, BitwiseCopyable, Equatable, Sendable {
        /// Nothing known. Can transition to: `filling` when a snapshot begins.
        case empty
        /// A snapshot is coming in. Can transition to: `live` at its last level, `suspect` on damage.
        case filling
        /// Whole and current. Can transition to: `filling` when a new snapshot begins, `suspect` on
        /// damage or when an update leaves bid and ask crossed.
        case live
        /// Damaged: kept for diagnosis, not readable. Can transition to: `filling` when a snapshot begins.
        case suspect
    }

    /// What a level change did to the book.
    @frozen public enum Outcome: UInt8, BitwiseCopyable, Equatable, Sendable {
        /// Applied; more changes of the same update follow.
        case partial
        /// Applied; the update is complete and the book is live.
        case updated
        /// The update is complete and shows bid and ask crossed: the book is now suspect.
        case crossed
        /// Dropped, because the book waits for a snapshot.
        case ignored
    }

    public package(set) var state: State = .empty
    public package(set) var bids = BookSide(.buy)
    public package(set) var asks = BookSide(.sell)
    /// The venue's number of the last complete update.
    public package(set) var sequence: UInt64 = 0

    /// Levels kept per side; the worst ones are dropped first, at the end of an update.
    public static let levelsMax = 10_000

    public init() {}

    @inlinable public var isLive: Bool { state == .live }

    @inlinable
    package subscript(side: Side) -> BookSide {
        switch side {
        case .buy: bids
        case .sell: asks
        }
    }

    public mutating func reset(_ reset: BookReset) {
        switch reset.reason {
        case .snapshot:
            bids.removeAll()
            asks.removeAll()
            state = .filling
        case .sequenceGap, .disconnected, .checksumMismatch, .recordingGap:
            switch state {
            case .empty: break
            case .filling, .live, .suspect: state = .suspect
            }
        }
        sequence = reset.sequence
    }

    public mutating func apply(_ change: LevelChange) -> Outcome {
        switch state {
        case .empty, .suspect: return .ignored
        case .filling, .live: break
        }
        switch change.side {
        case .buy: bids.set(change.price, change.quantity)
        case .sell: asks.set(change.price, change.quantity)
        }
        guard change.isLast else { return .partial }
        sequence = change.sequence
        bids.keepBest(Self.levelsMax)
        asks.keepBest(Self.levelsMax)
        if let bid = bids.best, let ask = asks.best, bid.price >= ask.price {
            state = .suspect
            return .crossed
        }
        state = .live
        return .updated
    }
}
