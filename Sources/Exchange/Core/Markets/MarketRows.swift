import MarketModel
import Quantities

/// A trade as the public sees it.
package struct PublicDeal: BitwiseCopyable, Equatable, Sendable {
    package var id: DealID
    package var market: MarketID
    package var at: Instant
    /// The side of the taker.
    package var aggressor: Side
    package var price: Price
    package var quantity: Quantity
}

/// The best levels of a market, merged to a step or not.
package struct DepthPicture: Equatable, Sendable {
    /// From the best on.
    package var asks: [Level] = []
    package var bids: [Level] = []
    /// Zero before the first trade.
    package var last: Price = .zero
    /// When the book changed last.
    package var at: Instant

    package init(at: Instant) { self.at = at }
}

/// What has happened in a market over the last 24 hours.
package struct MarketTicker: BitwiseCopyable, Equatable, Sendable {
    /// Prices are zero before the first trade.
    package var last = Price.zero
    package var open = Price.zero
    package var high = Price.zero
    package var low = Price.zero
    /// In the base asset.
    package var volume = Quantity.zero
    /// In the quote asset.
    package var value = Notional.zero
    /// The best prices that show; zero quantity where a side is empty.
    package var bid = Level(price: .zero, quantity: .zero)
    package var ask = Level(price: .zero, quantity: .zero)
    /// All that shows of a side; zero where that was not asked for: `ExchangeCore.visibleTotal`.
    package var bidTotal = Quantity.zero
    package var askTotal = Quantity.zero
}

/// Prices and volume of one period.
package struct PeriodCandle: BitwiseCopyable, Equatable, Sendable {
    package var startsAt: Instant
    package var open: Price
    package var close: Price
    package var high: Price
    package var low: Price
    package var volume: Quantity
    package var value: Notional
}

/// The lengths of candles that the venue knows.
package enum CandlePeriod: Int, CaseIterable, Sendable {
    case minute = 60
    case threeMinutes = 180
    case fiveMinutes = 300
    case quarterHour = 900
    case halfHour = 1_800
    case hour = 3_600
    case twoHours = 7_200
    case fourHours = 14_400
    case sixHours = 21_600
    case twelveHours = 43_200
    case day = 86_400
    case threeDays = 259_200
    case week = 604_800

    package var length: Interval { .seconds(Int64(rawValue)) }
}

/// How often something about a market has changed: whoever remembers the numbers knows what is new.
package struct MarketVersions: BitwiseCopyable, Equatable, Sendable {
    /// The public depth.
    package var depth: UInt64 = 0
    /// Deals, and with them candles, ticker and index.
    package var deals: UInt64 = 0
}
