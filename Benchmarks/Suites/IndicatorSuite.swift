import Indicators
import MarketModel
import Quantities

/// Indicators and candles: from a value to the figure behind it.
enum IndicatorSuite {
    private static let count = 100_000

    static func run(_ report: inout Report) {
        let prices = Self.prices
        run("indicator.sma", SMA(period: 100), prices, \.self, &report)
        run("indicator.ema", EMA(period: 100), prices, \.self, &report)
        run("indicator.wma", WMA(period: 100), prices, \.self, &report)
        run("indicator.rsi", RSI(period: 14), prices, \.self, &report)
        run("indicator.macd", MACD(), prices, \.line, &report)
        run("indicator.bollinger", BollingerBands(), prices, \.upper, &report)
        run("indicator.maximum", RollingMaximum(length: 100), prices, \.self, &report)
        run("indicator.volatility", RealisedVolatility(period: 100), prices, \.self, &report)

        let trades = Self.trades
        run("indicator.session-vwap", SessionVWAP(), trades, \.self, &report)
        run("indicator.rolling-vwap", RollingVWAP(period: 100), trades, \.self, &report)
        run("indicator.vpin", VPIN(bucket: Quantity(1)), trades, \.self, &report)
        let quotes = Self.quotes
        run("indicator.microprice", Microprice(), quotes, \.self, &report)
        run("indicator.order-flow", OrderFlowImbalance(period: 100), quotes, \.self, &report)

        runCandles("candles.time", .time(.seconds(1)), trades, &report)
        runCandles("candles.ticks", .ticks(100), trades, &report)
        runCandles("candles.volume", .volume(Quantity(25)), trades, &report)
    }

    private static func run<I: Indicator>(
        _ name: String, _ indicator: I, _ inputs: [I.Input], _ figure: (I.Value) -> Double,
        _ report: inout Report
    ) {
        guard report.options.wants(name) else { return }
        var indicator = indicator
        for input in inputs { indicator.add(input) }
        var sum = 0.0
        let best = Measurement.best(of: report.options.runs + 1) {
            Measurement.of {
                for index in inputs.indices {
                    indicator.add(inputs[index])
                    if let value = indicator.value { sum += figure(value) }
                }
            }
        }
        tell(name, best, inputs.count, isDone: sum.isFinite, &report)
    }

    private static func runCandles(
        _ name: String, _ kind: CandleBuilder.Kind, _ trades: [Trade], _ report: inout Report
    ) {
        guard report.options.wants(name) else { return }
        var closed = 0
        let best = Measurement.best(of: report.options.runs + 1) {
            var builder = CandleBuilder(kind)
            return Measurement.of {
                for index in trades.indices {
                    for candle in builder.add(trades[index]) { closed += candle.count }
                }
            }
        }
        tell(name, best, trades.count, isDone: closed > 0, &report)
    }

    /// The figure is used, so that nothing of the work can be left out.
    private static func tell(
        _ name: String, _ best: Measurement, _ count: Int, isDone: Bool, _ report: inout Report
    ) {
        report.add(name + ".time", best.nanoseconds / Double(count), "ns/value", .aimAtMost(50))
        report.add(name + ".allocations", isDone ? Double(best.allocations) : -1, "in all values", .atMost(0))
    }
}

// MARK: - Inputs

extension IndicatorSuite {
    private static var prices: [Double] {
        var random = SeededRandom(seed: 1)
        var cents = 6_000_000
        return (0..<count).map { _ in
            cents += random.below(201) - 100
            return Double(cents) / 100
        }
    }

    private static var trades: [Trade] {
        var random = SeededRandom(seed: 2)
        return prices.enumerated().map { index, price in
            let time = SyntheticRecords.start + .milliseconds(10) * index
            return Trade(
                market: MarketID(0), aggressor: random.chance(0.5) ? .buy : .sell, id: DealID(UInt64(index)),
                price: Price(raw: Int128(price * 100) * 10_000_000_000),
                quantity: Quantity(raw: Int128(1 + random.below(50_000)) * 10_000_000), venueTime: time,
                receivedAt: time)
        }
    }

    private static var quotes: [Quote] {
        var random = SeededRandom(seed: 3)
        return trades.map { trade in
            Quote(
                market: trade.market, bid: trade.price, bidSize: trade.quantity,
                ask: trade.price + Price(raw: 10_000_000_000),
                askSize: Quantity(raw: Int128(1 + random.below(50_000)) * 10_000_000), sequence: 0,
                venueTime: trade.venueTime, receivedAt: trade.receivedAt)
        }
    }
}
