import Indicators
import MarketModel
import Quantities
import Testing

/// Every indicator against TA-Lib, pandas or a written-out definition, at every row, warm-up included.
///
/// The tolerances are absolute, at prices of 60,000: a rounding of such a price is 7e-12. The bands of TA-Lib are
/// made of squares of prices and lose digits, most of all after a stretch without movement.
struct ReferenceTests {
    private func series<I: Indicator>(
        _ indicator: I, _ inputs: [I.Input], _ figure: (I.Value) -> Double
    ) -> [Double?] {
        var indicator = indicator
        return inputs.map { input in
            indicator.add(input)
            return indicator.value.map(figure)
        }
    }

    @Test func `averages and oscillators are those of TA-Lib`() throws {
        let table = try ReferenceTable("bars.csv")
        try #require(table.rowCount == 400)
        let close = try table.inputs("close")
        let figures: [(String, [Double?])] = [
            ("sma", series(SMA(period: 10), close) { $0 }),
            ("ema", series(EMA(period: 10), close) { $0 }),
            ("wma", series(WMA(period: 10), close) { $0 }),
            ("rsi", series(RSI(period: 14), close) { $0 }),
            ("macd", series(MACD(), close, \.line)),
            ("macd_signal", series(MACD(), close, \.signal)),
            ("macd_histogram", series(MACD(), close, \.histogram)),
        ]
        for (name, figures) in figures {
            let faults = differences(figures, try table.figures(name), tolerance: 1e-9)
            #expect(faults == [], "\(name)")
        }
    }

    @Test func `ranges and channels are those of TA-Lib`() throws {
        let table = try ReferenceTable("bars.csv")
        let (high, low) = (try table.inputs("high"), try table.inputs("low"))
        let close = try table.inputs("close")
        let candles = try close.indices.map {
            try #require(Feed.candle(high: high[$0], low: low[$0], close: close[$0]))
        }
        let atr = series(ATR(period: 14), candles) { $0 }
        #expect(differences(atr, try table.figures("atr"), tolerance: 1e-9) == [])
        let lower = series(DonchianChannel(period: 20), candles, \.lower)
        #expect(differences(lower, try table.figures("donchian_lower"), tolerance: 1e-11) == [])
        let upper = series(DonchianChannel(period: 20), candles, \.upper)
        #expect(differences(upper, try table.figures("donchian_upper"), tolerance: 1e-11) == [])
    }

    @Test func `bands are those of TA-Lib`() throws {
        let table = try ReferenceTable("bars.csv")
        let close = try table.inputs("close")
        let bands: [(String, (Band) -> Double)] = [
            ("bollinger_lower", \.lower), ("bollinger_middle", \.middle), ("bollinger_upper", \.upper),
        ]
        for (name, figure) in bands {
            let figures = series(BollingerBands(), close, figure)
            #expect(differences(figures, try table.figures(name), tolerance: 1e-6) == [], "\(name)")
        }
    }

    @Test func `volatility, z-scores and rolling averages by volume are those of pandas`() throws {
        let table = try ReferenceTable("bars.csv")
        let (close, volume) = (try table.inputs("close"), try table.inputs("volume"))
        let volatility = series(RealisedVolatility(period: 20, returnsPerYear: 525_600), close) { $0 }
        #expect(differences(volatility, try table.figures("volatility"), tolerance: 1e-11) == [])
        let score = series(ZScore(period: 15), close) { $0 }
        #expect(differences(score, try table.figures("z_score"), tolerance: 1e-9) == [])

        let trades = close.indices.map { row in
            Feed.trade(
                Int((close[row] * 100).rounded()), Int((volume[row] * 1_000).rounded()),
                at: Instant(milliseconds: Int64(row)))
        }
        let average = series(RollingVWAP(period: 20), trades) { $0 }
        #expect(differences(average, try table.figures("vwap"), tolerance: 1e-9) == [])
    }

    @Test func `quotes lead to the written-out microprice and order flow`() throws {
        let table = try ReferenceTable("flow.csv")
        let (bid, ask) = (try table.numbers("bid"), try table.numbers("ask"))
        let (bidSize, askSize) = (try table.numbers("bid_size"), try table.numbers("ask_size"))
        let quotes = bid.indices.map { Feed.quote(bid[$0], bidSize[$0], ask[$0], askSize[$0]) }
        // The table counts in hundredths and thousandths, as the feed does.
        let price = series(Microprice(), quotes) { $0 * 100 }
        #expect(differences(price, try table.figures("microprice"), tolerance: 1e-10) == [])
        let flow = series(OrderFlowImbalance(period: 10), quotes) { $0 * 1_000 }
        #expect(differences(flow, try table.figures("imbalance"), tolerance: 1e-10) == [])
    }

    @Test func `trades lead to the written-out averages of sessions and buckets`() throws {
        let table = try ReferenceTable("flow.csv")
        let (price, quantity) = (try table.numbers("price"), try table.numbers("quantity"))
        let (buys, second) = (try table.numbers("buys"), try table.numbers("second"))
        let trades = price.indices.map { row in
            Feed.trade(
                price[row], quantity[row], buys[row] == 1 ? .buy : .sell,
                at: Instant(milliseconds: Int64(second[row]) * 1_000))
        }
        let session = series(SessionVWAP(session: .minutes(60)), trades) { $0 * 100 }
        #expect(differences(session, try table.figures("session_vwap"), tolerance: 1e-10) == [])
        let informed = series(VPIN(bucket: Feed.quantity(70), buckets: 8), trades) { $0 }
        #expect(differences(informed, try table.figures("vpin"), tolerance: 1e-12) == [])
    }
}
