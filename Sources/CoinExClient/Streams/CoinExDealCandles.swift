import CoinExVenue
import Indicators
import MarketModel
import Quantities

/// Candles of a market that the venue streams none of, made of its deals.
///
/// ```swift
/// var candles = CoinExDealCandles("BTCUSDT", .minute)
/// for try await event in streams.events {
///     guard case .deals("BTCUSDT", let deals) = event else { continue }
///     for candle in candles.add(deals) { print(candle.close) }
/// }
/// ```
///
/// They go by the venue's time. An interval without deals between two with deals is a candle of the last price
/// without volume. Deals that were told before are passed over, so that what a new subscription repeats does no
/// harm. The first candle, and one during which deals were missed, may lack some: see `interrupt`.
public struct CoinExDealCandles: Sendable {
    public let market: String
    public let period: CoinExKlinePeriod
    private var builder: CandleBuilder
    private var lastID: UInt64 = 0

    public init(_ market: String, _ period: CoinExKlinePeriod) {
        self.market = market
        self.period = period
        // Weeks begin with Monday; 1970 began with a Thursday.
        let offset: Interval = period == .week ? .seconds(4 * 86_400) : .zero
        builder = CandleBuilder(.time(.seconds(period.seconds), offset: offset))
    }

    /// The candle that is not closed yet; nil before the first deal.
    public var current: CoinExStreamCandle? { builder.current.map(candle) }

    /// Adds deals as they are pushed, the newest first; returns the candles that this has closed, oldest first.
    public mutating func add(_ deals: [CoinExStreamDeal]) -> [CoinExStreamCandle] {
        var closed: [CoinExStreamCandle] = []
        for deal in deals.reversed() where deal.id > lastID {
            lastID = deal.id
            let trade = Trade(
                market: MarketID(0), aggressor: deal.side, id: DealID(deal.id), price: deal.price,
                quantity: deal.amount, venueTime: deal.time, receivedAt: deal.time)
            for candle in builder.add(trade) { closed.append(self.candle(candle)) }
        }
        return closed
    }

    /// Closes what is over by the venue's time, where no deal has come that would.
    public mutating func advance(to venueTime: Instant) -> [CoinExStreamCandle] {
        var closed: [CoinExStreamCandle] = []
        for candle in builder.advance(to: venueTime) { closed.append(self.candle(candle)) }
        return closed
    }

    /// Says that deals may have been missed: the connection was lost.
    public mutating func interrupt() { builder.interrupt() }

    private func candle(_ candle: Candle) -> CoinExStreamCandle {
        CoinExStreamCandle(
            market: market, start: candle.start, open: candle.open, close: candle.close, high: candle.high,
            low: candle.low, volume: candle.volume, value: candle.turnover)
    }
}
