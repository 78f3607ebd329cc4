import MarketModel
import Quantities

/// Watches the events of a recording go by and keeps the report.
struct RecordingAuditor {
    private var current = RecordingReport()
    private var markets: [MarketAudit]
    private var offsets = MedianSample()
    private let silenceMin: Interval
    private let checksBooks: Bool

    init(_ table: MarketTable, _ options: RecordingOptions) {
        markets = Array(repeating: MarketAudit(), count: table.markets.count)
        current.markets = table.markets.map(\.name)
        silenceMin = options.silenceMin
        checksBooks = options.checksBooks
    }

    func report(_ tally: ReaderTally) -> RecordingReport {
        var report = current
        report.lines = tally.lines
        report.clampedTimes = tally.clampedTimes
        report.frames = tally.frames
        report.clockOffset = offsets.median
        return report
    }

    mutating func note(_ event: MarketEvent) {
        let now = event.receivedAt
        current.range = (current.range?.lowerBound ?? now)...now
        switch event {
        case .quote(let quote):
            current.quotes += 1
            noteTime(quote.market, quote.venueTime, now)
            note(quote)
        case .trade(let trade):
            current.trades += 1
            noteTime(trade.market, trade.venueTime, now)
            note(trade)
        case .level(let change):
            current.levels += 1
            if change.isLast { noteTime(change.market, change.venueTime, now) }
            note(change)
        case .reset(let reset):
            current.resets += 1
            noteTime(reset.market, .distantPast, now)
            note(reset)
        case .ticker(let ticker):
            current.tickers += 1
            noteTime(ticker.market, ticker.venueTime, now)
        case .optionMark(let mark):
            current.optionMarks += 1
            noteTime(mark.market, mark.venueTime, now)
        case .connection: current.connections += 1
        }
    }

    private mutating func noteTime(_ market: MarketID, _ venueTime: Instant, _ now: Instant) {
        if venueTime != .distantPast { offsets.note(venueTime - now) }
        let index = Int(market.index)
        if let last = markets[index].lastEventAt, now - last >= silenceMin {
            current.silenceCount += 1
            if current.silences.count < RecordingReport.placesMax {
                current.silences.append(.init(market: market, since: last, length: now - last))
            }
        }
        markets[index].lastEventAt = now
    }

    private mutating func note(_ quote: Quote) {
        if !quote.bid.isPositive || !quote.ask.isPositive {
            current.oneSidedQuotes += 1
        } else if quote.bid >= quote.ask {
            current.crossedQuotes += 1
        }
        if checksBooks { count(markets[Int(quote.market.index)].apply(quote)) }
    }

    private mutating func note(_ trade: Trade) {
        let index = Int(trade.market.index)
        if let last = markets[index].lastTrade {
            if trade.id.raw <= last {
                current.repeatedTrades += 1
                return
            }
            if trade.id.raw - last > 1 { current.tradeGaps += 1 }
        }
        markets[index].lastTrade = trade.id.raw
    }

    private mutating func note(_ change: LevelChange) {
        guard checksBooks else { return }
        let (outcome, sample) = markets[Int(change.market.index)].apply(change)
        switch outcome {
        case .crossed: current.crossedBooks += 1
        case .partial, .updated, .ignored: count(sample)
        }
    }

    private mutating func note(_ reset: BookReset) {
        if checksBooks { markets[Int(reset.market.index)].apply(reset) }
        switch reset.reason {
        case .snapshot, .disconnected, .checksumMismatch, .recordingGap: return
        case .sequenceGap: break
        }
        current.sequenceGapCount += 1
        if current.sequenceGaps.count < RecordingReport.placesMax {
            current.sequenceGaps.append(
                .init(market: reset.market, at: reset.receivedAt, lastGood: reset.sequence))
        }
    }

    private mutating func count(_ sample: MarketAudit.Sample?) {
        switch sample {
        case .equal:
            current.bookSamples += 1
            current.bookMatches += 1
        case .different: current.bookSamples += 1
        case nil: break
        }
    }
}
