import Configuration
import MarketModel
import Quantities
import Recordings

/// Where a run's market events come from.
public final class MarketInput {
    public enum Kind: Sendable {
        /// Synthetic markets live in the venue.
        case synthetic
        /// A recording that is decoded as it is read.
        case events
        /// Record files in memory.
        case records
    }

    /// Records that are run before anybody looks up.
    static let chunkLength = 8_192

    @usableFromInline package let kind: Kind
    /// When the first event reaches us.
    @usableFromInline package let start: Instant
    /// When the run ends at the latest; nil is when the data ends.
    @usableFromInline package let end: Instant?
    private var source: RecordingSource?
    private var files: [MappedRecords] = []
    /// Of the record files, per market.
    @usableFromInline private(set) var scales: [RecordScale] = []
    private var file = 0
    private var record = 0
    /// The first event, which was read to learn the start.
    private var first: MarketEvent?
    /// Whether there are events behind the end, which are left out.
    private var isCut = false
    /// By the recording's market index: the session's market; nil is not traded and left out.
    private var markets: [MarketID?] = []

    package init(_ parts: SessionParts) throws(RunError) {
        let configuration = parts.configuration
        switch configuration.data {
        case .synthetic:
            kind = .synthetic
            start = SessionParts.syntheticStart
        case .venue: throw .setup("the venue's own data come over a connection, not from a source")
        case .recording(let files):
            if let mapped = try Self.map(files, parts) {
                kind = .records
                self.files = mapped.files
                scales = mapped.scales
                start = mapped.start
            } else {
                kind = .events
                var opened = try Self.open(files, parts)
                markets = try Self.matched(opened.table.markets.map(\.name), parts)
                first = try Self.next(&opened)
                guard let first else { throw .noData }
                start = first.receivedAt
                source = opened
            }
        }
        end = configuration.duration.map { [start] in start + $0 }
    }

    /// The next event of a recording that is decoded as it is read; nil at the end.
    @usableFromInline package func next() throws(RunError) -> MarketEvent? {
        if let event = first {
            first = nil
            if let event = Self.inSession(event, markets) { return event }
        }
        while !isCut, source != nil, let event = try Self.next(&source!) {
            if let end, event.receivedAt > end {
                isCut = true
            } else if let event = Self.inSession(event, markets) {
                return event
            }
        }
        return nil
    }

    /// The next records of record files, valid as long as this object is; nil at the end.
    @usableFromInline
    package func nextChunk() -> UnsafeBufferPointer<MarketRecord>? {
        while !isCut, file < files.count {
            let records = files[file].records
            if record < records.count {
                var chunk = records[record..<min(record + Self.chunkLength, records.count)]
                record += chunk.count
                if let end, chunk[chunk.endIndex - 1].receivedAt > end {
                    isCut = true
                    chunk = chunk.prefix { $0.receivedAt <= end }
                    if chunk.isEmpty { return nil }
                }
                return UnsafeBufferPointer(rebasing: chunk)
            }
            file += 1
            record = 0
        }
        return nil
    }

    /// When a session over a recording is over whose last event came at `last`.
    @usableFromInline
    package func over(after last: Instant) -> Instant { isCut ? end ?? last : last }

    /// What was read, of a recording that is decoded as it is read.
    package var report: RecordingReport? { source?.report }

    private static func next(_ source: inout RecordingSource) throws(RunError) -> MarketEvent? {
        do throws(RecordingError) {
            return try source.next()
        } catch {
            throw .recording(error)
        }
    }

    static func open(_ files: [String], _ parts: SessionParts) throws(RunError) -> RecordingSource {
        var options = RecordingOptions()
        options.checksBooks = false
        for market in parts.configuration.markets {
            options.rules[market.name] = market.rules
            options.quoteAssets.append(market.quote)
        }
        // A table of trades does not name its market: it is that of the session.
        if parts.configuration.markets.count == 1 { options.marketName = parts.configuration.markets[0].name }
        do throws(RecordingError) {
            return try RecordingSource(files, options)
        } catch {
            throw .recording(error)
        }
    }

    /// Record files whose markets are those of the session, in its order; nil for all else.
    static func map(
        _ files: [String], _ parts: SessionParts
    ) throws(RunError) -> (files: [MappedRecords], scales: [RecordScale], start: Instant)? {
        do throws(RecordingError) {
            guard let path = files.first, try RecordingFormat(sniffing: path) == .records else { return nil }
            var mapped: [MappedRecords] = []
            for file in files { mapped.append(try MappedRecords(file)) }
            let markets = mapped[0].header.markets
            guard markets.map(\.name) == parts.table.markets.map(\.name) else { return nil }
            for other in mapped where other.header.markets != markets {
                throw .mixedFiles(path: other.path)
            }
            guard let start = mapped.lazy.compactMap({ $0.records.first?.receivedAt }).first else {
                return nil
            }
            return (mapped, markets.map(\.scale), start)
        } catch {
            throw .recording(error)
        }
    }

    /// For every market of the recording the session's market of that name.
    static func matched(
        _ recorded: [String], _ parts: SessionParts
    ) throws(RunError) -> [MarketID?] {
        for market in parts.table.markets where !recorded.contains(market.name) {
            throw .marketNotRecorded(market.name, recorded: recorded)
        }
        return recorded.map { parts.table.market(named: $0)?.id }
    }

    /// The event with the session's market of `markets`; nil when the session does not have it.
    static func inSession(_ event: MarketEvent, _ markets: [MarketID?]) -> MarketEvent? {
        switch event {
        case .quote(var quote):
            guard let market = markets[Int(quote.market.index)] else { return nil }
            quote.market = market
            return .quote(quote)
        case .trade(var trade):
            guard let market = markets[Int(trade.market.index)] else { return nil }
            trade.market = market
            return .trade(trade)
        case .level(var change):
            guard let market = markets[Int(change.market.index)] else { return nil }
            change.market = market
            return .level(change)
        case .reset(var reset):
            guard let market = markets[Int(reset.market.index)] else { return nil }
            reset.market = market
            return .reset(reset)
        case .ticker(var ticker):
            guard let market = markets[Int(ticker.market.index)] else { return nil }
            ticker.market = market
            return .ticker(ticker)
        case .optionMark(var mark):
            guard let market = markets[Int(mark.market.index)] else { return nil }
            mark.market = market
            return .optionMark(mark)
        case .connection: return event
        }
    }
}
