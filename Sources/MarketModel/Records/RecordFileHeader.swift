import Quantities

/// A market of a record file: its names, its scale and its steps.
public struct RecordMarket: Equatable, Sendable {
    /// The venue's name, 1 to 255 bytes.
    public var name: String
    /// 1 to 255 bytes.
    public var base: String
    /// 1 to 255 bytes.
    public var quote: String
    /// Digits after the point of prices, 0 to 12.
    public var priceDecimals: Int
    /// Digits after the point of quantities, 0 to 12.
    public var quantityDecimals: Int
    /// The step of prices. Positive.
    public var tick: Price
    /// The step of quantities. Positive.
    public var lot: Quantity

    public init(
        name: String, base: String, quote: String, priceDecimals: Int, quantityDecimals: Int,
        tick: Price, lot: Quantity
    ) {
        precondition(tick.isPositive && lot.isPositive, "tick and lot are positive")
        precondition(
            [name, base, quote].allSatisfy { (1...255).contains($0.utf8.count) },
            "names have 1 to 255 bytes")
        self.name = name
        self.base = base
        self.quote = quote
        self.priceDecimals = priceDecimals
        self.quantityDecimals = quantityDecimals
        self.tick = tick
        self.lot = lot
    }

    public var scale: RecordScale {
        RecordScale(priceDecimals: priceDecimals, quantityDecimals: quantityDecimals)
    }
}

/// What stands in front of the records of a file.
///
/// All numbers are little-endian.
///
/// | offset | bytes | what |
/// |---|---|---|
/// | 0 | 8 | `MARTLETR` |
/// | 8 | 4 | version, 1 |
/// | 12 | 4 | length of the header, a multiple of 64 |
/// | 16 | 8 | number of records |
/// | 24 | 8 | `receivedAt` of the first record; 0 in an empty file |
/// | 32 | 8 | `receivedAt` of the last record; 0 in an empty file |
/// | 40 | 4 | number of markets |
/// | 44 | 4 | CRC-32 of the header with this field as zero |
/// | 48 | 16 | zero |
/// | 64 | … | the markets, one after the other |
/// | … | … | zeros up to the length |
///
/// A market is its name, base and quote (each a length byte and UTF-8), its price decimals and quantity
/// decimals (a byte each), its tick and lot (16 bytes each, raw units).
public struct RecordFileHeader: Equatable, Sendable {
    /// The markets of the file, by the index that its records give; names are unique.
    public var markets: [RecordMarket]
    public var recordCount: UInt64
    public var firstAt: Instant
    public var lastAt: Instant

    public static let version: UInt32 = 1

    /// The longest header that is accepted: more than `MarketID.marketsMax` markets ever need.
    public static let byteCountMax = 1 << 20

    public init(
        markets: [RecordMarket], recordCount: UInt64 = 0, firstAt: Instant = Instant(nanoseconds: 0),
        lastAt: Instant = Instant(nanoseconds: 0)
    ) {
        precondition(markets.count <= MarketID.marketsMax, "a file has at most 1,024 markets")
        self.markets = markets
        self.recordCount = recordCount
        self.firstAt = firstAt
        self.lastAt = lastAt
    }

    /// The markets as a session's table, in the same order.
    ///
    /// A file knows steps only: the least quantity is the lot, and fees are zero until the caller
    /// says otherwise.
    public var table: MarketTable {
        var table = MarketTable()
        for market in markets {
            table.add(
                market.name, base: market.base, quote: market.quote,
                rules: MarketRules(
                    tick: market.tick, lot: market.lot, minimumQuantity: market.lot))
        }
        return table
    }
}
