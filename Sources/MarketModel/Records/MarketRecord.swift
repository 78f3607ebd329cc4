import Quantities

#if _endian(big)
    #error("market records are little-endian, in memory as in files")
#endif

/// A market event in 64 bytes, the same in a file and in memory.
///
/// Prices and quantities are whole numbers at the decimals that the file's header gives for the market
/// (`RecordScale`), so that a mapped file is read without parsing: a loop switches on `kind` and asks
/// for the one typed event that it needs, at one multiplication per number.
///
/// | kind | a | b | c | d | sequence |
/// |---|---|---|---|---|---|
/// | quote | bid | its size | ask | its size | update number |
/// | trade | price | quantity | 0 | 0 | deal id |
/// | level | price | quantity | 0 | 0 | update number |
/// | reset | 0 | 0 | 0 | 0 | update number |
/// | ticker | last | open | high | low | volume, as a bit pattern |
/// | connection | 0 | 0 | 0 | 0 | 0 |
/// | option mark | price | two volatilities | a volatility, delta | gamma, theta | 0 |
@frozen public struct MarketRecord: BitwiseCopyable, Equatable, Sendable {
    /// The code of the kind: any byte, because it comes from a file.
    public let kindCode: UInt8
    /// See `Flags`.
    public let flags: UInt8
    public let marketIndex: UInt16
    /// The reason of a reset, the state of a connection, the vega of an option mark, else 0.
    public let detail: UInt32
    /// When the venue says it happened; `.distantPast` where it does not say.
    public let venueTime: Instant
    public let receivedAt: Instant
    public let sequence: UInt64
    public let a: Int64
    public let b: Int64
    public let c: Int64
    public let d: Int64

    /// A record has this many bytes, and no padding.
    public static let byteCount = 64

    @inlinable
    package init(
        kindCode: UInt8, flags: UInt8 = 0, marketIndex: UInt16 = 0, detail: UInt32 = 0,
        venueTime: Instant, receivedAt: Instant, sequence: UInt64 = 0,
        a: Int64 = 0, b: Int64 = 0, c: Int64 = 0, d: Int64 = 0
    ) {
        self.kindCode = kindCode
        self.flags = flags
        self.marketIndex = marketIndex
        self.detail = detail
        self.venueTime = venueTime
        self.receivedAt = receivedAt
        self.sequence = sequence
        self.a = a
        self.b = b
        self.c = c
        self.d = d
    }
}

extension MarketRecord {
    /// What a record holds.
    @frozen public enum Kind: UInt8, BitwiseCopyable, CaseIterable, Hashable, Sendable {
        case quote = 1
        case trade = 2
        case level = 3
        case reset = 4
        case ticker = 5
        case connection = 6
        case optionMark = 7
    }

    /// The bits of `flags`; all others are zero.
    @frozen public enum Flags {
        /// The side is sell: of a trade's aggressor, of a level.
        @inlinable public static var sell: UInt8 { 1 }
        /// The level change is the last one of its update.
        @inlinable public static var last: UInt8 { 2 }
    }

    /// The kind; nil for a code that this version does not know.
    ///
    /// Spelled out so that it inlines into a loop over records as one comparison.
    @inlinable public var kind: Kind? {
        switch kindCode {
        case 1: .quote
        case 2: .trade
        case 3: .level
        case 4: .reset
        case 5: .ticker
        case 6: .connection
        case 7: .optionMark
        default: nil
        }
    }

    @inlinable public var market: MarketID { MarketID(Int(marketIndex)) }

    /// The side of a trade's aggressor or of a level.
    @inlinable public var side: Side { flags & Flags.sell == 0 ? .buy : .sell }

    /// Whether a level change completes its update.
    @inlinable public var isLast: Bool { flags & Flags.last != 0 }
}
