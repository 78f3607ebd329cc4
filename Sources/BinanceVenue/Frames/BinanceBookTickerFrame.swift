import MarketModel
import Quantities
import WireCodecs

/// The best bid and ask: `<symbol>@bookTicker`.
///
/// Spot: `{"u":400,"s":"ABCUSDT","b":"25.35","B":"31.21","a":"25.36","A":"40.66"}`, without `e` and
/// without times. USD-M futures add `"e":"bookTicker"`, `E` and `T`.
/// As of 2024-08: developers.binance.com/docs/binance-spot-api-docs/web-socket-streams
package struct BinanceBookTickerFrame {
    package private(set) var symbol = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    package private(set) var update: UInt64 = 0
    package private(set) var bid = Price.zero
    package private(set) var bidSize = Quantity.zero
    package private(set) var ask = Price.zero
    package private(set) var askSize = Quantity.zero
    /// When it happened in the matching engine; `.distantPast` on spot, which does not say.
    package private(set) var transactionTime = Instant.distantPast

    private static let required = BinanceField.set(
        .lastUpdate, .symbol, .bid, .bidSize, .ask, .askSize)

    mutating func decode(_ json: inout JSONCursor) throws(BinanceFrameError) {
        transactionTime = .distantPast
        var trail = BinanceFieldTrail()
        do throws(JSONError) {
            try json.object { json, key throws(JSONError) in
                switch key {
                case "u":
                    trail.enter(.lastUpdate)
                    update = try json.uint()
                case "s":
                    trail.enter(.symbol)
                    symbol = try json.plainText()
                case "b":
                    trail.enter(.bid)
                    bid = try json.price()
                case "B":
                    trail.enter(.bidSize)
                    bidSize = try json.quantity()
                case "a":
                    trail.enter(.ask)
                    ask = try json.price()
                case "A":
                    trail.enter(.askSize)
                    askSize = try json.quantity()
                case "T":
                    trail.enter(.transactionTime)
                    transactionTime = try json.instant()
                case "e":
                    trail.enter(.event)
                    try json.expect("bookTicker")
                default:
                    trail.enter(.frame)
                }
            }
        } catch {
            throw BinanceFrameError(error, field: trail.current)
        }
        try trail.require(Self.required, endingAt: json.offset)
    }
}
