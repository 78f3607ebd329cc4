import MarketModel
import Quantities
import Recordings

/// Writes the events of all lanes in their order: leaves out what was told twice, numbers what has no number,
/// infers quotes, and counts.
struct EventWriter: ~Copyable {
    /// What is remembered of a market in a lane.
    private struct Memory {
        var last: MarketEvent?
        /// The number that was given last, where rows have none.
        var number: UInt64 = 0
    }

    private var writer: RecordFileWriter
    private var inferred: InferredQuotes
    /// The markets that quotes are inferred for.
    private let infers: [Bool]
    private let names: [String]
    private let silenceMin: Interval
    /// Per lane and market.
    private var memories: [[Memory]]
    private(set) var summary = ImportSummary()

    init(
        _ target: String, _ markets: [RecordMarket], infers: [Bool], lanes: Int, _ settings: ImportSettings
    ) throws(ImportError) {
        do throws(RecordingError) {
            writer = try RecordFileWriter(target, markets)
        } catch {
            throw .target(error)
        }
        inferred = InferredQuotes(RecordFileHeader(markets: markets).table)
        self.infers = infers
        names = markets.map(\.name)
        silenceMin = settings.silenceMin
        memories = Array(repeating: Array(repeating: Memory(), count: markets.count), count: lanes)
        summary.markets = names
    }

    /// Takes the next event of a lane.
    mutating func take(_ event: MarketEvent, _ index: Int, _ lane: Lane) throws(ImportError) {
        guard let (market, number) = event.numbered else {
            lane.summary.note(event, nil, silenceMin: silenceMin)
            return try write(event)
        }
        let place = Int(market.index)
        let last = memories[index][place].last
        if lane.findsRepetitions, let last, last.receivedAt == event.receivedAt,
            last.numbered?.number == number
        {
            guard last == event else {
                throw .contradiction(market: names[place], id: number, at: event.receivedAt)
            }
            lane.summary.repeated += 1
            return
        }
        memories[index][place].last = event
        lane.summary.note(event, last, silenceMin: silenceMin)
        switch event {
        case .trade(var trade):
            if lane.isNumbered {
                lane.summary.noteGap(last?.numbered?.number, number)
            } else {
                memories[index][place].number += 1
                trade.id = DealID(memories[index][place].number)
            }
            try write(.trade(trade))
            guard infers[place], let quote = inferred.quote(after: trade) else { return }
            summary.inferredQuotes += 1
            try write(.quote(quote))
        case .quote, .level, .reset, .ticker, .optionMark, .connection: try write(event)
        }
    }

    /// Completes the file.
    mutating func finish() throws(ImportError) {
        do throws(RecordingError) {
            try writer.finish()
        } catch {
            throw .target(error)
        }
    }

    private mutating func write(_ event: MarketEvent) throws(ImportError) {
        do throws(RecordingError) {
            try writer.append(event)
        } catch {
            throw .target(error)
        }
        summary.events += 1
        if summary.firstAt == nil { summary.firstAt = event.receivedAt }
        summary.lastAt = event.receivedAt
    }
}

extension LaneSummary {
    /// - Parameter last: the event of the same market in front of it; nil for the first, and where it does not count.
    mutating func note(_ event: MarketEvent, _ last: MarketEvent?, silenceMin: Interval) {
        events += 1
        if firstAt == nil { firstAt = event.receivedAt }
        let before = last?.receivedAt ?? (kind == .book ? lastAt : nil)
        lastAt = event.receivedAt
        guard let before, event.receivedAt - before >= silenceMin, let market = event.market else { return }
        silenceCount += 1
        if silences.count < Self.placesMax {
            silences.append(Silence(market: market, since: before, length: event.receivedAt - before))
        }
    }

    /// Numbers of trades follow each other.
    mutating func noteGap(_ last: UInt64?, _ number: UInt64) {
        guard let last, number > last, number - last > 1 else { return }
        idGaps += 1
        let (sum, overflow) = missingIDs.addingReportingOverflow(number - last - 1)
        missingIDs = overflow ? .max : sum
    }
}

extension MarketEvent {
    /// The market of the event; nil for a connection.
    fileprivate var market: MarketID? {
        switch self {
        case .trade(let event): event.market
        case .quote(let event): event.market
        case .level(let event): event.market
        case .reset(let event): event.market
        case .ticker(let event): event.market
        case .optionMark(let event): event.market
        case .connection: nil
        }
    }
}
