import Quantities
import WireCodecs

/// What the head of an answer tells of the venue's limits.
///
/// `X-RateLimit-Limit` and `-Remaining` are of the window of the request's group. The second generation has quotas of
/// hours beside it, `X-RateLimit-LongPeriod-24H-Remaining`, which main and sub-accounts share. Exhausting one stops
/// everything but cancels.
public struct CoinExQuota: Equatable, Sendable {
    /// What is left of a quota of hours.
    public struct LongPeriod: Equatable, Sendable {
        /// 1, 4, 8 or 24.
        public let hours: Int
        public let remaining: Int

        public init(hours: Int, remaining: Int) {
            self.hours = hours
            self.remaining = remaining
        }
    }

    /// Requests of the window; nil where it is not told.
    public var limit: Int?
    /// What is left of them; nil where it is not told.
    public var remaining: Int?
    /// In ascending order of their hours; none where none is told.
    public var longPeriods: [LongPeriod] = []

    /// How long requests other than cancels wait before an exhausted quota of hours is tried again.
    package static let exhaustionPause = Interval.minutes(1)

    public init() {}

    /// Nil where a head tells nothing of limits. A figure that is none is passed over.
    package init?(_ head: borrowing HTTPHead) {
        limit = head.first("x-ratelimit-limit").flatMap(Self.number)
        remaining = head.first("x-ratelimit-remaining").flatMap(Self.number)
        let periods = [
            (1, head.first("x-ratelimit-longperiod-1h-remaining")),
            (4, head.first("x-ratelimit-longperiod-4h-remaining")),
            (8, head.first("x-ratelimit-longperiod-8h-remaining")),
            (24, head.first("x-ratelimit-longperiod-24h-remaining")),
        ]
        for (hours, text) in periods {
            guard let left = text.flatMap(Self.number) else { continue }
            longPeriods.append(LongPeriod(hours: hours, remaining: left))
        }
        if limit == nil, remaining == nil, longPeriods.isEmpty { return nil }
    }

    private static func number(_ text: UnsafeRawBufferPointer) -> Int? {
        guard (1...12).contains(text.count) else { return nil }
        return Int(String(decoding: text, as: UTF8.self)).flatMap { $0 >= 0 ? $0 : nil }
    }

    /// Whether a quota of hours has nothing left.
    public var isExhausted: Bool { longPeriods.contains { $0.remaining == 0 } }
}
