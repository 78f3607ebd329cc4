import MarketModel
import Quantities

/// The part of the market's time in which a trial trades, cut into blocks of equal time.
///
/// The strategies start at `start` and are stopped at `end`. Before, they see nothing; but quotes and books are
/// what the recording had made of them by then, as for a bot that is started in a running market.
package struct TrialWindow: Sendable {
    package let start: Instant
    package let end: Instant
    /// The index of the first record.
    let first: Int
    /// The last moment of each block; the last one is `end`.
    let blockTimes: [Instant]
    /// Behind the last record of each block; all zero for a synthetic market.
    let blockEnds: [Int]
    /// How the markets stood before the first record; empty for a synthetic market.
    let states: [MarketState]

    init(
        start: Instant, end: Instant, first: Int, blockTimes: [Instant], blockEnds: [Int],
        states: [MarketState]
    ) {
        self.start = start
        self.end = end
        self.first = first
        self.blockTimes = blockTimes
        self.blockEnds = blockEnds
        self.states = states
    }

    /// The first part of the life of a synthetic market, which begins with it.
    package init(syntheticFor duration: Interval, blocks: Int) {
        let start = SessionParts.syntheticStart
        self.init(
            start: start, end: start + duration, first: 0,
            blockTimes: Self.blockTimes(from: start, to: start + duration, count: blocks),
            blockEnds: Array(repeating: 0, count: blocks), states: [])
    }

    /// Moments that cut a time into parts as equal as whole nanoseconds allow.
    static func blockTimes(from start: Instant, to end: Instant, count: Int) -> [Instant] {
        precondition(count > 0, "a window has blocks")
        let length = Int128((end - start).nanoseconds)
        return (1...count).map { block in
            start + Interval(nanoseconds: Int64(length * Int128(block) / Int128(count)))
        }
    }
}
