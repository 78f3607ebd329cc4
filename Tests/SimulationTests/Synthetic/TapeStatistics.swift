import MarketModel
import Quantities
import Simulation

/// What a run of a synthetic market looks like from outside, from its public events alone.
struct TapeStatistics {
    private(set) var events = 0
    private(set) var trades = 0
    private(set) var buyVolume = 0.0
    private(set) var sellVolume = 0.0
    private(set) var buys = 0
    /// How many steps ended with a spread of so many ticks; the last entry is all wider ones.
    private(set) var spreads = Array(repeating: 0, count: 11)
    private(set) var levelCounts = (bids: 0, asks: 0, samples: 0)
    private(set) var oneSided = 0
    /// The mid price, in ticks, at every full second.
    private(set) var mids: [Double] = []
    private(set) var tradesPerSecond: [Int] = []
    private var tradesBefore = 0
    /// FNV-1a over everything that is in the events.
    private(set) var digest: UInt64 = 0xCBF2_9CE4_8422_2325

    /// Runs a market for some seconds; a fault is what a venue must never show.
    static func run(
        _ configuration: SyntheticMarketConfiguration, seed: UInt64, seconds: Int
    ) throws -> (statistics: TapeStatistics, fault: String?) {
        var market = try SyntheticMarket(configuration: configuration, seed: seed)
        var statistics = TapeStatistics()
        var events: [MarketEvent] = []
        var matches: [ClientMatch] = []
        var state = MarketState()
        market.snapshot(at: configuration.startsAt, into: &events)
        if let fault = statistics.take(events, &state, configuration) { return (statistics, fault) }
        events.removeAll()
        var end = configuration.startsAt
        for _ in 0..<seconds {
            end = end + .seconds(1)
            while market.nextEventAt <= end {
                market.step(events: &events, clientMatches: &matches)
                if let fault = statistics.take(events, &state, configuration) {
                    return (statistics, "\(end): \(fault)")
                }
                events.removeAll(keepingCapacity: true)
            }
            statistics.endSecond(state, configuration)
        }
        if !matches.isEmpty { return (statistics, "a client without orders traded") }
        return (statistics, statistics.difference(state.book, market.book))
    }

    private mutating func take(
        _ events: [MarketEvent], _ state: inout MarketState,
        _ configuration: SyntheticMarketConfiguration
    ) -> String? {
        if !Self.isOneUpdate(events) { return "the levels of a step are not one update" }
        for event in events {
            self.events += 1
            switch event {
            case .trade(let trade):
                if trade.id.raw != UInt64(trades) + 1 { return "deals are not numbered in sequence" }
                trades += 1
                if trade.aggressor == .buy { buys += 1 }
                if trade.aggressor == .buy {
                    buyVolume += Double(trade.quantity)
                } else {
                    sellVolume += Double(trade.quantity)
                }
                state.apply(trade)
                if !trade.price.isMultiple(of: configuration.tick)
                    || !trade.quantity.isMultiple(of: configuration.lot) || !trade.price.isPositive
                {
                    return "off tick or lot: \(trade)"
                }
                mix(trade.price.raw, trade.quantity.raw, trade.venueTime, UInt64(trade.aggressor.rawValue))
            case .level(let change):
                let outcome = state.apply(change)
                if outcome == .crossed || outcome == .ignored { return "the book broke at \(change)" }
                if !change.price.isPositive || change.quantity.isNegative { return "\(change)" }
                mix(change.price.raw, change.quantity.raw, change.venueTime, UInt64(change.side.rawValue))
            case .quote(let quote):
                if !state.apply(quote) { return "a crossed quote \(quote)" }
                mix(quote.bid.raw, quote.ask.raw, quote.venueTime, quote.sequence)
            case .reset(let reset): state.apply(reset)
            case .ticker, .optionMark, .connection: return "an event that no matching makes"
            }
        }
        guard let bid = state.book.bids.best, let ask = state.book.asks.best else {
            oneSided += 1
            return nil
        }
        if let quote = state.quote,
            quote.bid != bid.price || quote.bidSize != bid.quantity || quote.ask != ask.price
                || quote.askSize != ask.quantity
        {
            return "\(quote) is not the best of the book, \(bid) and \(ask)"
        }
        spreads[min((ask.price - bid.price).steps(of: configuration.tick), 10)] += 1
        levelCounts.bids += state.book.bids.count
        levelCounts.asks += state.book.asks.count
        levelCounts.samples += 1
        return nil
    }

    /// Whether the book that was told by events is the one that the orders make.
    private func difference(_ told: OrderBook, _ real: FastMatchingBook) -> String? {
        for side in [told.bids, told.asks] {
            var levels: [Level] = []
            real.publicLevels(side.side, limit: .max, into: &levels)
            if levels != (0..<side.count).map({ side[$0] }) { return "\(side.side): \(levels), told \(side)" }
        }
        return nil
    }

    private mutating func endSecond(
        _ state: MarketState, _ configuration: SyntheticMarketConfiguration
    ) {
        if let quote = state.quote { mids.append(Double(quote.mid) / Double(configuration.tick)) }
        tradesPerSecond.append(trades - tradesBefore)
        tradesBefore = trades
    }

    /// Whether the last level change of a step, and no other, is marked as such.
    private static func isOneUpdate(_ events: [MarketEvent]) -> Bool {
        var marks: [Bool] = []
        for case .level(let change) in events { marks.append(change.isLast) }
        return marks.isEmpty || marks.firstIndex(of: true) == marks.count - 1
    }

    private mutating func mix(_ a: Int128, _ b: Int128, _ time: Instant, _ other: UInt64) {
        let words = [
            UInt64(truncatingIfNeeded: a), UInt64(truncatingIfNeeded: b),
            UInt64(bitPattern: time.nanoseconds), other,
        ]
        for word in words { digest = (digest ^ word) &* 0x0000_0100_0000_01B3 }
    }
}

extension TapeStatistics {
    /// Changes of the mid price over so many seconds, relative to the price.
    func returns(every seconds: Int = 1) -> [Double] {
        let picked = stride(from: 0, to: mids.count, by: seconds).map { mids[$0] }
        return zip(picked.dropFirst(), picked).map { ($0 - $1) / $1 }
    }

    static func mean(_ values: [Double]) -> Double {
        values.reduce(0, +) / Double(max(1, values.count))
    }

    static func variance(_ values: [Double]) -> Double {
        let mean = mean(values)
        return Self.mean(values.map { ($0 - mean) * ($0 - mean) })
    }

    /// The fourth moment over the squared second: 3 for normal numbers.
    static func kurtosis(_ values: [Double]) -> Double {
        let mean = mean(values)
        let variance = variance(values)
        return Self.mean(values.map { x in (x - mean) * (x - mean) * (x - mean) * (x - mean) })
            / (variance * variance)
    }

    static func autocorrelation(_ values: [Double], lag: Int) -> Double {
        let mean = mean(values)
        let products = zip(values.dropFirst(lag), values).map { ($0 - mean) * ($1 - mean) }
        return Self.mean(products) / variance(values)
    }
}
