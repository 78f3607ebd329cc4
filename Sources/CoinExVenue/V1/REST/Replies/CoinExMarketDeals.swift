import MarketModel
import Quantities
import WireCodecs

/// A trade between others, as the public list has it.
public struct CoinExMarketDeal: BitwiseCopyable, Equatable, Sendable {
    public var id: UInt64 = 0
    public var time = Instant.distantPast
    public var price = Price.zero
    public var amount = Quantity.zero
    /// The side that took.
    public var taker = Side.buy
}

/// Trades of a market, the newest first.
///
/// `[{"id":5,"date":1494214689,"date_ms":1494214689067,"price":"10.00","amount":"0.0001","type":"buy"}]`
public struct CoinExMarketDeals: CoinExDecodable, Equatable {
    public private(set) var deals: [CoinExMarketDeal] = []

    /// The most that the venue sends.
    public static let dealsMax = 1_000

    public init() { deals.reserveCapacity(Self.dealsMax) }

    public init(reading json: inout JSONCursor, as field: CoinExField) throws(CoinExDecodeError) {
        try decode(&json)
    }

    /// Reads a list into this one, and keeps the memory.
    public mutating func decode(_ json: inout JSONCursor) throws(CoinExDecodeError) {
        deals.removeAll(keepingCapacity: true)
        var field: CoinExField = .whole
        var isMissing = false
        do throws(JSONError) {
            try json.array { json throws(JSONError) in
                guard deals.count < Self.dealsMax else { throw JSONError(.refused, offset: json.offset) }
                var seen: UInt8 = 0
                let deal = try json.coinExMarketDeal(&field, &seen)
                if let missing = Self.missing(seen) {
                    (field, isMissing) = (missing, true)
                    throw JSONError(.refused, offset: json.offset)
                }
                deals.append(deal)
                field = .whole
            }
        } catch {
            guard isMissing else { throw CoinExDecodeError(error, field: field) }
            throw CoinExDecodeError(.missingField, offset: error.offset, field: field)
        }
    }

    @inline(__always)
    private static func missing(_ seen: UInt8) -> CoinExField? {
        if seen == 0b11111 { return nil }
        let names: InlineArray<5, CoinExField> = ["id", "date_ms", "price", "amount", "type"]
        return names[(~seen).trailingZeroBitCount]
    }
}

extension JSONCursor {
    @inline(__always)
    fileprivate mutating func coinExMarketDeal(
        _ field: inout CoinExField, _ seen: inout UInt8
    ) throws(JSONError) -> CoinExMarketDeal {
        var deal = CoinExMarketDeal()
        try object { json, key throws(JSONError) in
            switch key {
            case "id":
                (field, seen) = ("id", seen | 1)
                deal.id = try json.uint()
            case "date_ms":
                (field, seen) = ("date_ms", seen | 2)
                let start = json.offset
                guard let time = Instant(checkedMilliseconds: try json.int()) else {
                    throw JSONError(.outOfRange, offset: start)
                }
                deal.time = time
            case "price":
                (field, seen) = ("price", seen | 4)
                deal.price = try json.decimal()
            case "amount":
                (field, seen) = ("amount", seen | 8)
                deal.amount = try json.decimal()
            case "type":
                (field, seen) = ("type", seen | 16)
                let text = try json.text()
                switch text {
                case "buy": deal.taker = .buy
                case "sell": deal.taker = .sell
                default: throw JSONError(.refused, offset: text.offset)
                }
            default: field = .whole
            }
        }
        return deal
    }
}
