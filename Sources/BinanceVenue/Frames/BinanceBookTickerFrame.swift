import MarketModel
import Quantities
import WireCodecs

/// The best bid and ask: `<symbol>@bookTicker`.
///
/// Spot: `{"u":400,"s":"ABCUSDT","b":"25.35","B":"31.21","a":"25.36","A":"40.66"}`, without `e` and
/// without times. USD-M futures add `"e":"bookTicker"`, `E` and `T`.
/// As of 2024-08: developers.binance.com/docs/binance-spot-api-docs/web-socket-streams
package struct BinanceBookTickerFrame {
    package var symbol: UnsafeBufferPointer<UInt8>
    package var update: UInt64
    package var bid: Price
    package var bidSize: Quantity
    package var ask: Price
    package var askSize: Quantity
    /// When it happened in the matching engine; `.distantPast` on spot, which does not say.
    package var transactionTime: Instant

    private static let required = BinanceField.set(
        .lastUpdate, .symbol, .bid, .bidSize, .ask, .askSize)

    @inline(__always)
    static func decode(_ json: inout JSONCursor) throws(BinanceFrameError) -> Self {
        var frame = Self(
            symbol: UnsafeBufferPointer(start: nil, count: 0), update: 0, bid: .zero,
            bidSize: .zero, ask: .zero, askSize: .zero, transactionTime: .distantPast)
        var trail = BinanceFieldTrail()
        do throws(JSONError) {
            try json.object { json, key throws(JSONError) in
                switch key {
                case "u":
                    trail.enter(.lastUpdate)
                    frame.update = try json.uint()
                case "s":
                    trail.enter(.symbol)
                    frame.symbol = try json.plainText()
                case "b":
                    trail.enter(.bid)
                    frame.bid = try json.price()
                case "B":
                    trail.enter(.bidSize)
                    frame.bidSize = try json.quantity()
                case "a":
                    trail.enter(.ask)
                    frame.ask = try json.price()
                case "A":
                    trail.enter(.askSize)
                    frame.askSize = try json.quantity()
                case "T":
                    trail.enter(.transactionTime)
                    frame.transactionTime = try json.instant()
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
        try trail.require(required, endingAt: json.offset)
        return frame
    }
}
