import Indicators
import MarketModel
import Quantities
import Testing

/// After a million values every rolling figure equals the one that is computed of the window alone.
struct DriftTests {
    private static let count = 1_000_000
    private static let period = 50

    /// A walk around 60,000 by cents, with jumps a million times as large that come and go.
    private func series() -> [Double] {
        var random = SeededRandom(seed: 7)
        var cents = 6_000_000
        return (0..<Self.count).map { _ in
            cents += random.below(21) - 10
            let spike = random.below(1_000) == 0 ? 6e9 : 0
            return Double(cents) / 100 + spike
        }
    }

    /// Feeds everything, and a fresh indicator with the end of the series.
    private func ends<I: Indicator>(
        _ make: () -> I, _ inputs: [I.Input], last: Int
    ) throws -> (I.Value, I.Value) {
        var (old, new) = (make(), make())
        for input in inputs { old.add(input) }
        for input in inputs.suffix(last) { new.add(input) }
        return (try #require(old.value), try #require(new.value))
    }

    private func isClose(_ a: Double, _ b: Double, _ relative: Double) -> Bool {
        (a - b).magnitude <= relative * max(a.magnitude, b.magnitude)
    }

    @Test func `sums, means and deviations do not drift over a million values`() throws {
        // The end has no spikes, so that what earlier ones may have left would be seen.
        let calm = series().dropLast(200) + (0..<200).map { 60_000 + Double($0 % 7) / 100 }
        let inputs = Array(calm)
        let period = Self.period
        let sma = try ends({ SMA(period: period) }, inputs, last: period)
        #expect(isClose(sma.0, sma.1, 1e-14))
        let wma = try ends({ WMA(period: period) }, inputs, last: period)
        #expect(isClose(wma.0, wma.1, 1e-14))
        let volatility = try ends({ RealisedVolatility(period: period) }, inputs, last: period + 1)
        #expect(isClose(volatility.0, volatility.1, 1e-12))
        let band = try ends({ BollingerBands(period: period) }, inputs, last: period)
        #expect(isClose(band.0.middle, band.1.middle, 1e-14))
        #expect(isClose(band.0.width, band.1.width, 1e-10))
        let score = try ends({ ZScore(period: period) }, inputs, last: period)
        #expect(isClose(score.0, score.1, 1e-9))
    }

    @Test func `the deviation of prices that vary by a cent keeps its digits`() throws {
        var bands = RollingMoments(length: 100)
        for index in 0..<Self.count { bands.add(60_000_000 + (index.isMultiple(of: 2) ? 0.01 : 0)) }
        let value = try #require(bands.value)
        // A price of 60 million has steps of 7.5e-9: that is all the error there is.
        #expect((value.deviation - 0.005).magnitude < 1e-8)
    }

    @Test func `smoothed figures forget how they began`() throws {
        let inputs = Array(series().prefix(100_000)).map { min($0, 1e6) }
        let ema = try ends({ EMA(period: 20) }, inputs, last: 2_000)
        #expect(isClose(ema.0, ema.1, 1e-13))
        let rsi = try ends({ RSI(period: 14) }, inputs, last: 2_000)
        #expect(isClose(rsi.0, rsi.1, 1e-10))
    }

    @Test func `order flow and traded averages do not drift over a million values`() throws {
        var random = SeededRandom(seed: 8)
        let quotes = (0..<Self.count).map { _ in
            let bid = 10_000 + random.below(3)
            return Feed.quote(bid, random.below(1_000), bid + 1 + random.below(2), random.below(1_000))
        }
        let flow = try ends({ OrderFlowImbalance(period: 50) }, quotes, last: 51)
        #expect((flow.0 - flow.1).magnitude < 1e-12)
        let trades = quotes.map { quote in
            Trade(
                market: quote.market, aggressor: .buy, id: DealID(1), price: quote.ask,
                quantity: quote.askSize + Feed.quantity(1), venueTime: .distantPast, receivedAt: .distantPast)
        }
        let average = try ends({ RollingVWAP(period: 50) }, trades, last: 50)
        #expect(isClose(average.0, average.1, 1e-14))

        // Over a whole session the exact figure is known: money adds up without rounding here.
        var session = SessionVWAP()
        var (turnover, volume) = (Notional.zero, Quantity.zero)
        for var trade in trades {
            trade.venueTime = Instant(milliseconds: 0)
            session.add(trade)
            turnover += try trade.price.times(trade.quantity, .down)
            volume += trade.quantity
        }
        #expect(isClose(try #require(session.value), Double(turnover) / Double(volume), 1e-14))
    }
}
