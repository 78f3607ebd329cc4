import BinanceVenue
import MarketModel
import Quantities

/// A recording as a stream of market events, whatever format its files have.
///
/// The files of one recording are read one after the other and continue each other. Memory does not
/// grow with their length: one line, its events, and one book per market when books are checked.
///
/// ```swift
/// var source = try RecordingSource(["btcusdt_20240808.gz", "btcusdt_20240809.gz"])
/// while let event = try source.next() { … }
/// print(source.report)
/// ```
package struct RecordingSource {
    package let format: RecordingFormat
    /// The markets with the digits of their numbers, by the index that events carry.
    package let markets: [RecordMarket]
    /// The markets as a session's table, with the rules that the caller gave or that were derived.
    package let table: MarketTable

    private let reader: any EventReader
    private var auditor: RecordingAuditor
    /// For trades alone, when quotes are to be inferred from them.
    private var inferred: InferredQuotes?
    private var pending: [MarketEvent] = []
    private var delivered = 0

    /// Opens a recording and surveys its markets, which reads text formats once from end to end.
    package init(
        _ paths: [String], _ options: RecordingOptions = RecordingOptions()
    ) throws(RecordingError) {
        guard let first = paths.first else { throw .noFiles }
        format = try RecordingFormat(sniffing: first)
        for path in paths.dropFirst() {
            if try RecordingFormat(sniffing: path) != format { throw .mixedFiles(path: path) }
        }
        switch format {
        case .rawFrames:
            markets = try RecordingSurvey(rawFrames: paths).markets(options)
            if markets.isEmpty { throw .noMarkets(path: first) }
            table = Self.table(markets, options)
            reader = RawFrameReader(paths, table, options.timeOrder)
        case .tradeTable:
            guard let name = options.marketName ?? Self.marketName(in: first) else {
                throw .unnamedMarket(path: first)
            }
            markets = try RecordingSurvey(tradeTables: paths, market: name).markets(options)
            table = Self.table(markets, options)
            reader = TradeTableReader(paths, MarketID(0), options.timeOrder)
        case .capture:
            let capture = try CaptureSet(paths)
            markets = try RecordingSurvey(capture: paths).markets(of: capture.markets, options)
            if markets.isEmpty { throw .noMarkets(path: first) }
            table = Self.table(markets, options)
            reader = capture
        case .records:
            let records = try RecordReader(paths)
            markets = records.markets
            table = Self.table(markets, options)
            reader = records
        }
        auditor = RecordingAuditor(table, options)
        if format == .tradeTable, options.infersQuotes { inferred = InferredQuotes(table) }
    }

    /// The next event; nil at the end of the recording.
    ///
    /// After the error of a line (`RecordingError.line`) the next call goes on behind that line.
    package mutating func next() throws(RecordingError) -> MarketEvent? {
        while delivered == pending.count {
            pending.removeAll(keepingCapacity: true)
            delivered = 0
            guard try reader.read(into: &pending) else { return nil }
            if inferred != nil { inferQuotes() }
        }
        let event = pending[delivered]
        delivered += 1
        auditor.note(event)
        return event
    }

    /// What was found in the segments of a capture; nil for other formats.
    package var capture: CaptureTally? { (reader as? CaptureSet)?.captured }

    /// Puts behind each trade the quote that it leaves.
    private mutating func inferQuotes() {
        let read = pending
        pending.removeAll(keepingCapacity: true)
        for event in read {
            pending.append(event)
            switch event {
            case .trade(let trade):
                if let quote = inferred?.quote(after: trade) { pending.append(.quote(quote)) }
            case .quote, .level, .reset, .ticker, .optionMark, .connection: break
            }
        }
    }

    /// Calls `body` with every remaining event.
    package mutating func forEach(
        _ body: (MarketEvent) throws(RecordingError) -> Void
    ) throws(RecordingError) {
        while let event = try next() { try body(event) }
    }

    /// What has been read so far.
    package var report: RecordingReport { auditor.report(reader.tally) }

    private static func table(
        _ markets: [RecordMarket], _ options: RecordingOptions
    ) -> MarketTable {
        var table = MarketTable()
        for market in markets {
            let derived = MarketRules(
                tick: market.tick, lot: market.lot, minimumQuantity: market.lot)
            table.add(
                market.name, base: market.base, quote: market.quote,
                rules: options.rules[market.name] ?? derived)
        }
        return table
    }

    /// The first word of a file's name that is the name of a market, such as `BTCUSDT`.
    private static func marketName(in path: String) -> String? {
        let file = path.split(separator: "/").last ?? ""
        let words = file.split { !$0.isLetter && !$0.isNumber }
        return words.lazy.map(String.init).first {
            $0.utf8.count >= 5 && $0 == $0.uppercased() && BinanceSymbolName($0) != nil
        }
    }
}
