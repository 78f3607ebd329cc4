import Indicators
import MarketModel
import Quantities

/// Trades and quotes for tests: prices in hundredths, quantities in thousandths.
enum Feed {
    static let market = MarketID(0)

    static func price(_ cents: Int) -> Price { Price(raw: Int128(cents) * 10_000_000_000) }
    static func quantity(_ lots: Int) -> Quantity { Quantity(raw: Int128(lots) * 1_000_000_000) }

    static func trade(_ cents: Int, _ lots: Int, _ side: Side = .buy, at time: Instant) -> Trade {
        Trade(
            market: market, aggressor: side, id: DealID(1), price: price(cents), quantity: quantity(lots),
            venueTime: time, receivedAt: time)
    }

    static func quote(
        _ bid: Int, _ bidSize: Int, _ ask: Int, _ askSize: Int, at time: Instant = .distantPast
    ) -> Quote {
        Quote(
            market: market, bid: price(bid), bidSize: quantity(bidSize), ask: price(ask),
            askSize: quantity(askSize), sequence: 0, venueTime: time, receivedAt: time)
    }

    /// A candle that has only a range.
    static func candle(high: Double, low: Double, close: Double) -> Candle? {
        let step = Price(raw: 1)
        guard let high = Price(signal: high, step: step, .toNearestOrEven),
            let low = Price(signal: low, step: step, .toNearestOrEven),
            let close = Price(signal: close, step: step, .toNearestOrEven)
        else { return nil }
        return Candle(
            start: .distantPast, end: .distantPast, open: close, high: high, low: low, close: close)
    }
}
