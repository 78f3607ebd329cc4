import MarketModel
import Quantities
import WireCodecs

/// The book of a market: asks ascending, bids descending.
///
/// `{"last":"10.00","time":1539764050033,"asks":[["10.00","0.9999"]],"bids":[["9.99","1.0000"]]}`
public struct CoinExDepth: CoinExDecodable, Equatable {
    public private(set) var last = Price.zero
    public private(set) var serverTime = Instant.distantPast
    public private(set) var asks: [Level] = []
    public private(set) var bids: [Level] = []

    /// The most levels of a side that the venue sends.
    public static let levelsMax = 50

    /// An empty book, to be decoded into again and again.
    public init() {
        asks.reserveCapacity(Self.levelsMax)
        bids.reserveCapacity(Self.levelsMax)
    }

    public init(reading json: inout JSONCursor, as field: CoinExField) throws(CoinExDecodeError) {
        try decode(&json)
    }

    /// Reads a book into this one, and keeps the memory.
    public mutating func decode(_ json: inout JSONCursor) throws(CoinExDecodeError) {
        asks.removeAll(keepingCapacity: true)
        bids.removeAll(keepingCapacity: true)
        var seen: UInt8 = 0
        var field: CoinExField = .whole
        do throws(JSONError) {
            try json.object { json, key throws(JSONError) in
                switch key {
                case "last":
                    (field, seen) = ("last", seen | 1)
                    last = try json.decimal(Price.self)
                case "time":
                    (field, seen) = ("time", seen | 2)
                    let start = json.offset
                    guard let time = Instant(checkedMilliseconds: try json.int()) else {
                        throw JSONError(.outOfRange, offset: start)
                    }
                    serverTime = time
                case "asks":
                    (field, seen) = ("asks", seen | 4)
                    try json.coinExLevels(into: &asks)
                case "bids":
                    (field, seen) = ("bids", seen | 8)
                    try json.coinExLevels(into: &bids)
                default: field = .whole
                }
            }
        } catch {
            throw CoinExDecodeError(error, field: field)
        }
        let names: InlineArray<4, CoinExField> = ["last", "time", "asks", "bids"]
        for index in 0..<4 where seen & 1 << UInt8(index) == 0 {
            throw CoinExDecodeError(.missingField, offset: json.offset, field: names[index])
        }
    }
}

extension JSONCursor {
    /// Appends the levels of a `[["price", "amount"], …]` list.
    @inline(__always)
    fileprivate mutating func coinExLevels(into levels: inout [Level]) throws(JSONError) {
        // A cursor that nobody else sees stays in registers.
        var json = self
        var goesOn = try json.beginList()
        while goesOn {
            guard levels.count < CoinExDepth.levelsMax else {
                throw JSONError(.refused, offset: json.offset)
            }
            try json.beginArray()
            let price = try json.decimal(Price.self)
            try json.nextElement()
            let quantity = try json.decimal(Quantity.self)
            try json.endArray()
            levels.append(Level(price: price, quantity: quantity))
            goesOn = try json.nextOfList()
        }
        self = json
    }
}
