/// A market of this session: an index into the session's list of markets.
///
/// Dense and small, so that per-market state is an array. Range: 0 to `marketsMax` - 1.
@frozen public struct MarketID: BitwiseCopyable, Comparable, Hashable, Sendable {
    public var index: UInt16

    @inlinable public init(_ index: Int) { self.index = UInt16(index) }
    @inlinable public static func < (a: MarketID, b: MarketID) -> Bool { a.index < b.index }

    /// The most markets that one session holds.
    public static let marketsMax = 1_024
}

/// An asset of this session: an index into the session's list of assets.
@frozen public struct AssetID: BitwiseCopyable, Comparable, Hashable, Sendable {
    public var index: UInt16

    @inlinable public init(_ index: Int) { self.index = UInt16(index) }
    @inlinable public static func < (a: AssetID, b: AssetID) -> Bool { a.index < b.index }
}

/// A strategy of this session: an index into the session's list of strategies.
@frozen public struct StrategyID: BitwiseCopyable, Comparable, Hashable, Sendable {
    public var index: UInt8

    @inlinable public init(_ index: Int) { self.index = UInt8(index) }
    @inlinable public static func < (a: StrategyID, b: StrategyID) -> Bool { a.index < b.index }

    /// The most strategies that one session holds.
    public static let strategiesMax = 64
}

/// One of our orders, for ever: numbers are given in sequence and never reused within a session.
///
/// The low 16 bits name the slot in the order table, the rest counts up, so that a lookup is one
/// array access and a stale id cannot reach a newer order.
@frozen public struct OrderID: BitwiseCopyable, Comparable, Hashable, Sendable {
    public var raw: UInt64

    @inlinable public init(raw: UInt64) { self.raw = raw }
    @inlinable public init(sequence: UInt64, slot: Int) { raw = sequence << 16 | UInt64(slot) }

    /// The order's number in the session, from 1.
    @inlinable public var sequence: UInt64 { raw >> 16 }
    @inlinable public var slot: Int { Int(raw & 0xFFFF) }

    /// No order.
    @inlinable public static var none: OrderID { OrderID(raw: 0) }
    @inlinable public static func < (a: OrderID, b: OrderID) -> Bool { a.raw < b.raw }
}

extension OrderID: CustomStringConvertible {
    public var description: String { "#\(sequence)" }
}

/// The venue's own number of an order.
@frozen public struct VenueOrderID: BitwiseCopyable, Comparable, Hashable, Sendable {
    public var raw: UInt64

    @inlinable public init(_ raw: UInt64) { self.raw = raw }

    /// Not told yet.
    @inlinable public static var unknown: VenueOrderID { VenueOrderID(0) }
    @inlinable public static func < (a: VenueOrderID, b: VenueOrderID) -> Bool { a.raw < b.raw }
}

/// The venue's own number of a deal; with the market it identifies a fill.
@frozen public struct DealID: BitwiseCopyable, Comparable, Hashable, Sendable {
    public var raw: UInt64

    @inlinable public init(_ raw: UInt64) { self.raw = raw }
    @inlinable public static func < (a: DealID, b: DealID) -> Bool { a.raw < b.raw }
}
