/// What a feed has seen, by kind.
package struct BinanceFeedCounts: BitwiseCopyable, Equatable, Sendable {
    package var bookTickers = 0
    package var trades = 0
    package var depths = 0
    package var snapshots = 0
    /// Frames of other kinds.
    package var other = 0
    /// Frames of markets that are not of the session, and snapshots of nobody knows which.
    package var foreign = 0
    /// Trades that are book-keeping of the venue, or without price or quantity.
    package var skippedTrades = 0
    /// Depth frames that the book had already.
    package var duplicateDepths = 0
    /// Depth frames that had to wait for a snapshot.
    package var keptDepths = 0
    /// Of those, the ones that a snapshot made use of.
    package var appliedKeptDepths = 0
    /// Times that depth frames were missing.
    package var sequenceGaps = 0
    /// Snapshots that were too old to join anything.
    package var uselessSnapshots = 0

    package init() {}

    package var frames: Int { bookTickers + trades + depths + snapshots + other }
}
