import Indicators
import MarketModel
import Quantities
import TestSupport
import Testing

/// What holds for any series, against naive definitions of the figures.
struct IndicatorPropertyTests {
    private static let cases = FuzzSettings.cases(60)
    private static let seed = FuzzSettings.seed(11)

    /// Short series of few different values, so that equal ones and flat windows occur.
    private func everySeries(_ body: ([Double], Int) -> [String]) -> [String] {
        (0..<Self.cases).flatMap { number in
            var random = SeededRandom(seed: Self.seed).stream(UInt64(number))
            let steps = 1 + random.below(40)
            let values = (0..<(1 + random.below(200))).map { _ in 100 + Double(random.below(steps)) / 4 }
            return body(values, 2 + random.below(12)).map { "seed \(Self.seed), case \(number): \($0)" }
        }
    }

    /// Where the indicator differs from a function of all values so far.
    private func faults<I: Indicator>(
        _ name: String, _ indicator: I, _ values: [I.Input], _ figure: (I.Value) -> Double,
        _ expected: (ArraySlice<I.Input>) -> Double?
    ) -> [String] {
        var indicator = indicator
        return values.indices.compactMap { index in
            indicator.add(values[index])
            let found = indicator.value.map(figure)
            let wanted = expected(values[...index])
            if found == nil, wanted == nil { return nil }
            guard let found, let wanted, (found - wanted).magnitude <= 1e-9 else {
                return "\(name) at \(index): \(found as Any), not \(wanted as Any)"
            }
            return nil
        }
    }

    private func mean(_ values: ArraySlice<Double>) -> Double {
        values.reduce(0, +) / Double(values.count)
    }

    private func deviation(_ values: ArraySlice<Double>) -> Double {
        let mean = mean(values)
        return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
    }

    @Test func `windows equal what is computed from scratch`() {
        let found = everySeries { values, period in
            let window = { (all: ArraySlice<Double>) in all.count < period ? nil : all.suffix(period) }
            return faults("sma", SMA(period: period), values, { $0 }) { window($0).map(mean) }
                + faults("maximum", RollingMaximum(length: period), values, { $0 }) { window($0)?.max() }
                + faults("wma", WMA(period: period), values, { $0 }) { all in
                    window(all).map { newest in
                        let weights = (1...period).map(Double.init)
                        return zip(weights, newest).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
                    }
                }
                + faults("deviation", RollingMoments(length: period), values, \.deviation) {
                    window($0).map(deviation)
                }
                + faults("z-score", ZScore(period: period), values, { $0 }) { all in
                    guard let newest = window(all), newest.max() != newest.min() else { return nil }
                    return (all[all.endIndex - 1] - mean(newest)) / deviation(newest)
                }
        }
        #expect(found == [])
    }

    @Test func `averages that smooth equal what is computed from scratch`() {
        let found = everySeries { values, period in
            let smoothed = { (all: ArraySlice<Double>, weight: Double) -> Double? in
                guard all.count >= period else { return nil }
                return all.dropFirst(period).reduce(mean(all.prefix(period))) {
                    $0 * (1 - weight) + $1 * weight
                }
            }
            return faults("ema", EMA(period: period), values, { $0 }) { smoothed($0, 2 / Double(period + 1)) }
                + faults("wilder", WilderAverage(period: period), values, { $0 }) {
                    smoothed($0, 1 / Double(period))
                }
                + faults("rsi", RSI(period: period), values, { $0 }) { all in
                    let changes = zip(all.dropFirst(), all).map { $0 - $1 }
                    let rises = smoothed(changes.map { max($0, 0) }[...], 1 / Double(period))
                    let falls = smoothed(changes.map { max(-$0, 0) }[...], 1 / Double(period))
                    guard let rises, let falls else { return nil }
                    return rises + falls > 0 ? 100 * rises / (rises + falls) : 50
                }
        }
        #expect(found == [])
    }

    @Test func `figures keep within their bounds`() throws {
        var random = SeededRandom(seed: Self.seed)
        var (rsi, channel, bands) = (RSI(period: 3), DonchianChannel(period: 5), BollingerBands(period: 5))
        var (informed, volatility) = (
            VPIN(bucket: Feed.quantity(10), buckets: 4), RealisedVolatility(period: 4)
        )
        var micro = Microprice()
        for step in 0..<20_000 {
            let cents = 1 + random.below(1_000)
            let close = Double(cents) / 100
            rsi.add(close)
            bands.add(close)
            volatility.add(close)
            channel.add(high: close + random.uniform(), low: close - random.uniform())
            let side: Side = random.chance(0.5) ? .buy : .sell
            informed.add(Feed.trade(cents, 1 + random.below(60), side, at: Instant(milliseconds: 0)))
            let quote = Feed.quote(cents, random.below(9), cents + 3, random.below(9))
            micro.add(quote)

            let price = try #require(micro.value)
            try #require(price >= Double(quote.bid) && price <= Double(quote.ask), "step \(step)")
            if let value = rsi.value { try #require((0...100).contains(value), "step \(step)") }
            if let value = informed.value { try #require((0...1).contains(value), "step \(step)") }
            if let value = volatility.value { try #require(value >= 0, "step \(step)") }
            if let band = channel.value {
                try #require(band.lower <= close && close <= band.upper, "step \(step)")
            }
            if let band = bands.value {
                try #require(band.lower <= band.middle && band.middle <= band.upper, "step \(step)")
            }
        }
        #expect(rsi.value != nil && informed.value != nil && channel.value != nil && bands.value != nil)
    }

    @Test func `what is no number, or beyond all measure, is left out`() {
        let clean: [Double] = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8]
        let dirty = clean.flatMap { [.nan, $0, .infinity, -.infinity, 1e101, -.greatestFiniteMagnitude] }
        func ends<I: Indicator>(_ indicator: I, _ inputs: [Double]) -> I.Value? where I.Input == Double {
            var indicator = indicator
            for input in inputs { indicator.add(input) }
            return indicator.value
        }
        #expect(ends(SMA(period: 4), dirty) == ends(SMA(period: 4), clean))
        #expect(ends(EMA(period: 4), dirty) == ends(EMA(period: 4), clean))
        #expect(ends(WMA(period: 4), dirty) == ends(WMA(period: 4), clean))
        #expect(ends(RSI(period: 4), dirty) == ends(RSI(period: 4), clean))
        #expect(ends(ZScore(period: 4), dirty) == ends(ZScore(period: 4), clean))
        #expect(ends(BollingerBands(period: 4), dirty) == ends(BollingerBands(period: 4), clean))
        #expect(ends(RollingMaximum(length: 4), dirty) == 8)
        #expect(ends(RealisedVolatility(period: 4), dirty) == ends(RealisedVolatility(period: 4), clean))
        let macd = MACD(fast: 2, slow: 4, signal: 2)
        #expect(ends(macd, dirty) != nil && ends(macd, dirty) == ends(macd, clean))
        var (range, other) = (ATR(period: 2), ATR(period: 2))
        for value in clean {
            range.add(high: value + 1, low: value - 1, close: value)
            other.add(high: .nan, low: value, close: value)
            other.add(high: value + 1, low: value - 1, close: value)
        }
        #expect(range.value == other.value && range.value != nil)
    }

    @Test func `a flat market is neither strong nor weak, and has no deviation`() {
        var (rsi, score, moments) = (RSI(period: 3), ZScore(period: 3), RollingMoments(length: 3))
        for price in [7.1, 7.3, 0.1, 0.1, 0.1] { moments.add(price) }
        for _ in 0..<10 {
            rsi.add(0.1)
            score.add(0.1)
        }
        #expect(rsi.value == 50)
        #expect(score.value == nil)
        #expect(moments.value == RollingMoments.Value(mean: 0.1, variance: 0))
    }

    @Test func `a trade of many buckets fills all of the window`() {
        var informed = VPIN(bucket: Quantity(raw: 1), buckets: 3)
        informed.add(Feed.trade(1, 1_000_000_000, at: Instant(milliseconds: 0)))
        #expect(informed.value == 1)
    }

    @Test func `a trade of an earlier session is left out`() {
        var session = SessionVWAP(session: .seconds(10))
        session.add(Feed.trade(100, 1, at: Instant(milliseconds: 9_999)))
        session.add(Feed.trade(300, 1, at: Instant(milliseconds: 10_000)))
        session.add(Feed.trade(100, 1, at: Instant(milliseconds: 9_999)))
        session.add(Feed.trade(500, 1, at: .distantFuture))
        #expect(session.value == 3)
    }

    @Test func `a window that is too long or empty is a defect`() async {
        await #expect(processExitsWith: .failure) { _ = SMA(period: 0) }
        await #expect(processExitsWith: .failure) { _ = EMA(period: 1_000_001) }
    }
}
