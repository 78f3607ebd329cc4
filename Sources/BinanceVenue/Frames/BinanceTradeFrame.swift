import MarketModel
import Quantities
import WireCodecs

/// A trade: `<symbol>@trade`.
///
/// Spot: `{"e":"trade","E":1672515782136,"s":"ABCUSDT","t":12345,"p":"0.001","q":"100",
/// "T":1672515782136,"m":true,"M":true}`. USD-M futures have `X` instead of `M`: only `MARKET` is a
/// trade between two orders, the others (insurance fund, automatic deleveraging, `NA`) are book-keeping.
/// As of 2024-08: developers.binance.com/docs/binance-spot-api-docs/web-socket-streams
package struct BinanceTradeFrame {
    package private(set) var symbol = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    package private(set) var id: UInt64 = 0
    package private(set) var price = Price.zero
    package private(set) var quantity = Quantity.zero
    /// True when the taker sold.
    package private(set) var buyerIsMaker = false
    /// When the trade happened.
    package private(set) var transactionTime = Instant.distantPast
    /// False for what futures report as `X` other than `MARKET`.
    package private(set) var isMarketTrade = true

    /// Whether this is a trade as a strategy understands it.
    package var counts: Bool { isMarketTrade && price.isPositive && quantity.isPositive }

    private static let required = BinanceField.set(
        .event, .symbol, .tradeID, .price, .quantity, .transactionTime, .buyerIsMaker)

    mutating func decode(_ json: inout JSONCursor) throws(BinanceFrameError) {
        isMarketTrade = true
        var trail = BinanceFieldTrail()
        do throws(JSONError) {
            try json.object { json, key throws(JSONError) in
                switch key {
                case "e":
                    trail.enter(.event)
                    try json.expect("trade")
                case "s":
                    trail.enter(.symbol)
                    symbol = try json.plainText()
                case "t":
                    trail.enter(.tradeID)
                    id = try json.uint()
                case "p":
                    trail.enter(.price)
                    price = try json.price()
                case "q":
                    trail.enter(.quantity)
                    quantity = try json.quantity()
                case "T":
                    trail.enter(.transactionTime)
                    transactionTime = try json.instant()
                case "m":
                    trail.enter(.buyerIsMaker)
                    buyerIsMaker = try json.bool()
                case "X":
                    trail.enter(.tradeKind)
                    isMarketTrade = "MARKET" ~= (try json.text())
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
