import Quantities

/// The endpoint groups of a venue that share a rate limit.
@frozen public enum RateGroup: UInt8, BitwiseCopyable, CaseIterable, Hashable, Sendable {
    /// Placing and modifying.
    case place = 0
    case cancel = 1
    /// Several orders in one request.
    case batch = 2
    case query = 3
}

/// How many requests of a group the venue takes in any window of the given length.
@frozen public struct RateLimit: BitwiseCopyable, Equatable, Sendable {
    public var requests: Int
    public var window: Interval

    @inlinable
    public init(requests: Int, window: Interval) {
        precondition(requests > 0 && window > .zero, "a rate limit is positive")
        self.requests = requests
        self.window = window
    }

    /// As many requests in a window that is longer by `margin`.
    @inlinable package func stretched(by margin: Interval) -> RateLimit {
        RateLimit(requests: requests, window: window + margin)
    }
}

/// What a venue allows, for pacing: declared by the venue, changeable by configuration.
@frozen public struct VenueLimits: BitwiseCopyable, Equatable, Sendable {
    public var place: RateLimit
    public var cancel: RateLimit
    public var batch: RateLimit
    public var query: RateLimit
    /// All requests together.
    public var total: RateLimit
    /// Requests of `total` that only cancels may use.
    public var cancelReserve: Int
    /// The most orders that one batch request carries; 1 means no batches.
    public var batchSize: Int
    /// How much longer our own windows are than the venue's.
    ///
    /// Requests do not all travel equally long: a slow one and a fast one after it arrive closer together
    /// than they left. With a margin of what the slowest way takes longer than the fastest, no window is
    /// ever too full on arrival. It costs that share of the rate: 50 ms of 2 s are 2.4 %.
    public var pacingMargin: Interval

    @inlinable
    public init(
        place: RateLimit, cancel: RateLimit, batch: RateLimit, query: RateLimit, total: RateLimit,
        cancelReserve: Int, batchSize: Int, pacingMargin: Interval = .zero
    ) {
        precondition((0..<total.requests).contains(cancelReserve), "a reserve leaves room")
        precondition((1...100).contains(batchSize), "a batch holds 1 to 100 orders")
        precondition(pacingMargin >= .zero, "a margin is not negative")
        self.place = place
        self.cancel = cancel
        self.batch = batch
        self.query = query
        self.total = total
        self.cancelReserve = cancelReserve
        self.batchSize = batchSize
        self.pacingMargin = pacingMargin
    }

    /// CoinEx v1 as of 2022-06 to 2024-03; see protocols/coinex-v1.md section 4.
    @inlinable public static var coinExV1: VenueLimits {
        VenueLimits(
            place: RateLimit(requests: 60, window: .seconds(2)),
            cancel: RateLimit(requests: 60, window: .seconds(2)),
            batch: RateLimit(requests: 20, window: .seconds(2)),
            query: RateLimit(requests: 100, window: .seconds(2)),
            total: RateLimit(requests: 400, window: .seconds(1)), cancelReserve: 60, batchSize: 100)
    }

    /// CoinEx v2 as of 2024-04 to 2025-07; see protocols/coinex-v2.md section 3.
    ///
    /// A batch is charged for every order in it, so it saves nothing: orders travel one by one.
    @inlinable public static var coinExV2: VenueLimits {
        VenueLimits(
            place: RateLimit(requests: 30, window: .seconds(1)),
            cancel: RateLimit(requests: 60, window: .seconds(1)),
            batch: RateLimit(requests: 40, window: .seconds(1)),
            query: RateLimit(requests: 50, window: .seconds(1)),
            total: RateLimit(requests: 400, window: .seconds(1)), cancelReserve: 60, batchSize: 1)
    }

    @inlinable public subscript(group: RateGroup) -> RateLimit {
        switch group {
        case .place: place
        case .cancel: cancel
        case .batch: batch
        case .query: query
        }
    }
}
