import MarketModel
import Quantities

/// Numbers of orders that a process before this one may have given without a trace: the end of its tape may be lost.
///
/// What a tape has written survives its process, but not a power cut: the newest blocks may never have reached the
/// disk. Whoever goes on with such a tape gives none of the numbers that could have been given meanwhile, and takes
/// an order at the venue that has one of them for an order of its own that it has forgotten.
public struct SequenceGap: BitwiseCopyable, Equatable, Sendable {
    /// How many numbers are skipped: far more than a bot can give before its tape is on the disk. Systems write out
    /// what is older than half a minute; that would be 30,000 orders in each of its seconds.
    public static let ordersMax: UInt64 = 1 << 20

    /// The newest number that the tape has.
    public var after: UInt64
    /// The last number that is skipped.
    public var through: UInt64
    /// When the tape ends.
    public var since: Instant
    /// When the session goes on.
    public var resumedAt: Instant

    public init(after: UInt64, since: Instant, resumedAt: Instant) {
        self.after = after
        through = after + Self.ordersMax
        self.since = since
        self.resumedAt = resumedAt
    }

    public func contains(_ order: OrderID) -> Bool {
        order.sequence > after && order.sequence <= through
    }
}
