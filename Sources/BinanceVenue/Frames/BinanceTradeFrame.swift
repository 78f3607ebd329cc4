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
    package var symbol: UnsafeBufferPointer<UInt8>
    package var id: UInt64
    package var price: Price
    package var quantity: Quantity
    /// True when the taker sold.
    package var buyerIsMaker: Bool
    /// When the trade happened.
    package var transactionTime: Instant
    /// False for what futures report as `X` other than `MARKET`.
    package var isMarketTrade: Bool

    /// Whether this is a trade as a strategy understands it.
    package var counts: Bool { isMarketTrade && price.isPositive && quantity.isPositive }

    private static let required = BinanceField.set(
        .event, .symbol, .tradeID, .price, .quantity, .transactionTime, .buyerIsMaker)

    @inline(__always)
    static func decode(_ json: inout JSONCursor) throws(BinanceFrameError) -> Self {
        var frame = Self(
            symbol: UnsafeBufferPointer(start: nil, count: 0), id: 0, price: .zero,
            quantity: .zero, buyerIsMaker: false, transactionTime: .distantPast,
            isMarketTrade: true)
        var trail = BinanceFieldTrail()
        do throws(JSONError) {
            try json.object { json, key throws(JSONError) in
                switch key {
                case "e":
                    trail.enter(.event)
                    try json.expect("trade")
                case "s":
                    trail.enter(.symbol)
                    frame.symbol = try json.plainText()
                case "t":
                    trail.enter(.tradeID)
                    frame.id = try json.uint()
                case "p":
                    trail.enter(.price)
                    frame.price = try json.price()
                case "q":
                    trail.enter(.quantity)
                    frame.quantity = try json.quantity()
                case "T":
                    trail.enter(.transactionTime)
                    frame.transactionTime = try json.instant()
                case "m":
                    trail.enter(.buyerIsMaker)
                    frame.buyerIsMaker = try json.bool()
                case "X":
                    trail.enter(.tradeKind)
                    frame.isMarketTrade = "MARKET" ~= (try json.text())
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
