/// Which part of a market's book the venue is to stream.
public struct CoinExDepthTopic: Equatable, Sendable {
    /// How many levels per side a book can be streamed with.
    public static let limits = [5, 10, 20, 50]

    public var market: String
    /// Levels per side: one of `limits`.
    public let limit: Int
    public var merge: CoinExMerge
    /// Changes only, and everything once a minute; otherwise everything each time.
    public var isIncremental: Bool

    /// - Precondition: the limit is one that the venue takes.
    public init(
        _ market: String, limit: Int = 20, merge: CoinExMerge = .none, isIncremental: Bool = true
    ) {
        precondition(Self.limits.contains(limit), "a book is streamed with 5, 10, 20 or 50 levels")
        self.market = market
        self.limit = limit
        self.merge = merge
        self.isIncremental = isIncremental
    }
}
