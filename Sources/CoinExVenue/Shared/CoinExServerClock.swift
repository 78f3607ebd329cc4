import Quantities

/// The venue's clock, as far as its answers let us know it.
///
/// Each answer with a time in it bounds by how much the venue's clock is ahead of ours: the time was written after
/// we asked and before we heard. The narrowest bounds count; they widen as they age, because clocks drift.
public struct CoinExServerClock: Equatable, Sendable {
    /// How much two clocks may drift apart: 100 us per second, ten times what a bad quartz does.
    public static let driftPerSecond = Interval.microseconds(100)

    /// By how much the venue is ahead, at the middle of the bounds; zero before the first answer.
    public private(set) var offset = Interval.zero
    /// Half the distance of the bounds when they were new; nil before the first answer.
    private var width: Interval?
    private var measuredAt = Instant.distantPast

    public init() {}

    /// Learns from an answer.
    ///
    /// - Parameters:
    ///   - serverTime: as the venue wrote it, its lost digits dropped.
    ///   - resolution: what was dropped at most: a second in a `Date` header, a millisecond in a ticker.
    public mutating func learn(
        _ serverTime: Instant, resolution: Interval, askedAt: Instant, heardAt: Instant
    ) {
        guard heardAt >= askedAt else { return }
        let least = serverTime - heardAt
        let most = serverTime + resolution - askedAt
        let width = Interval(nanoseconds: (most.nanoseconds - least.nanoseconds) / 2)
        if let known = uncertainty(at: heardAt), known < width { return }
        offset = least + width
        self.width = width
        measuredAt = heardAt
    }

    /// Forgets what was learnt: the venue said that our clock is off.
    public mutating func forget() { width = nil }

    /// By how much the offset may be wrong; nil when nothing is known.
    public func uncertainty(at now: Instant) -> Interval? {
        guard let width else { return nil }
        let age = max(Interval.zero, now - measuredAt)
        return width
            + Interval(nanoseconds: age.nanoseconds / 1_000_000_000 * Self.driftPerSecond.nanoseconds)
    }

    /// What the venue's clock shows.
    public func time(at now: Instant) -> Instant { now + offset }

    /// The time that goes into a signature: whole milliseconds.
    public func tonce(at now: Instant) -> Int64 { time(at: now).nanoseconds / 1_000_000 }
}
