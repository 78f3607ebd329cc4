import BinanceVenue
import MarketModel
import Quantities
import Recordings

/// Turns tables that people have into a record file that backtests read.
///
/// The tables are read twice: first to see that all rows are good, how many digits they have and whether they are
/// in order, then to write. So nothing is written before all is known to be good, and memory does not grow with
/// the tables; see `SortedLane` for those that are out of order.
///
/// The rules for rows that are not as they should be:
/// 1. A row that cannot be read is an error, up to `ImportSettings.refusedMax` rows are left out and counted; a row
///    of a book is always an error.
/// 2. Trades, quotes and candles out of order are sorted by time and number. A book out of order is an error.
/// 3. A trade, quote or candle with the number, time and values of another one is left out; with the same number
///    and time and other values it is an error. Without numbers nothing is left out.
package struct TableImporter {
    private let settings: ImportSettings
    private let names = MarketNames()
    private let lanes: [Lane]
    private let emptyTables: [String]
    private let totalBytes: Int
    private let progress: (ImportProgress) -> Bool
    private var digits: [DigitTally] = []
    /// Whether a market has quotes or a book of its own.
    private var isQuoted: [Bool] = []

    /// Looks at the first lines of all tables.
    ///
    /// - Parameters:
    ///   - paths: of files that are plain, compressed by gzip, or zip archives.
    ///   - progress: told now and then how far it has come; false ends it.
    package init(
        _ paths: [String], _ settings: ImportSettings,
        progress: @escaping (ImportProgress) -> Bool = { _ in true }
    ) throws(ImportError) {
        guard !paths.isEmpty else { throw .noFiles }
        self.settings = settings
        self.progress = progress
        var tables: [ProbedTable] = []
        var empty: [String] = []
        for input in try TableInput.list(paths) {
            if let table = try ProbedTable(input, settings.table, names) {
                let isOpen = table.kind == .candles && table.columns.index(of: .closeTime) == nil
                if isOpen, settings.period == nil { throw .unknownPeriod(table: input.name) }
                tables.append(table)
            } else {
                empty.append(input.name)
            }
        }
        emptyTables = empty
        totalBytes = tables.reduce(0) { $0 + $1.input.storedBytes }
        lanes = Lane.arrange(tables)
    }

    /// Reads and writes all; the file appears under its name only when it is complete.
    package mutating func write(to target: String) throws(ImportError) -> ImportSummary {
        let ordered = try check()
        let markets = try self.markets()
        let scales = markets.map(\.scale)
        let candles = CandleRows(period: settings.period, lots: markets.map(\.lot))
        var streams: [any EventStream] = []
        var readers: [LaneReader] = []
        var start = 0
        for (index, lane) in lanes.enumerated() {
            let isOrdered = ordered[index]
            let reader = reader(lane, candles, .skip, isOrdered ? .writing : .sorting, from: start)
            readers.append(reader)
            start += lane.tables.reduce(0) { $0 + $1.input.storedBytes }
            if isOrdered {
                streams.append(reader)
            } else {
                streams.append(
                    try SortedLane(
                        reader, usesNumbers: lane.findsRepetitions, scales, rowsMax: settings.sortedRowsMax,
                        target: target))
            }
        }
        let infers = markets.indices.map { $0 < isQuoted.count && !isQuoted[$0] && settings.infersQuotes }
        var writer = try EventWriter(target, markets, infers: infers, lanes: lanes.count, settings)
        var merge = try EventMerge(streams)
        let isSorted = !ordered.contains(true)
        var count = 0
        while let (event, lane) = try merge.next() {
            try writer.take(event, lane, lanes[lane])
            count += 1
            // Where tables are read while they are written, their readers tell.
            if count % settings.reportRows == 0, isSorted {
                try tell(.writing, done: totalBytes, rows: count)
            }
        }
        try writer.finish()
        for (lane, reader) in zip(lanes, readers) {
            // Only with the lots of all rows is it known which candles have too few.
            lane.summary.rows.shortCandles = reader.counts.shortCandles
        }
        var summary = writer.summary
        summary.lanes = lanes.map(\.summary)
        summary.emptyTables = emptyTables
        return summary
    }

    // MARK: The first reading

    /// Reads all rows; tells for each lane whether it is in order.
    private mutating func check() throws(ImportError) -> [Bool] {
        var ordered: [Bool] = []
        var start = 0
        for lane in lanes {
            var watch = OrderWatch(usesNumbers: lane.findsRepetitions)
            let reader = reader(
                lane, CandleRows(period: settings.period), .note(max: settings.refusedMax), .checking,
                from: start)
            var before: ProbedTable?
            while let event = try reader.next() {
                let wasOrdered = watch.isOrdered
                watch.note(event)
                if lane.kind == .book, wasOrdered, !watch.isOrdered, let table = reader.table, let before {
                    throw .overlap(first: before.input.name, second: table.input.name)
                }
                before = reader.table ?? before
                note(event)
            }
            try reader.judge()
            lane.summary.rows = reader.counts
            lane.summary.sorted = watch.backwards
            ordered.append(watch.isOrdered)
            start += lane.tables.reduce(0) { $0 + $1.input.storedBytes }
        }
        return ordered
    }

    private mutating func note(_ event: MarketEvent) {
        while digits.count < names.names.count {
            digits.append(DigitTally())
            isQuoted.append(false)
        }
        switch event {
        case .trade(let trade):
            digits[Int(trade.market.index)].note(Level(price: trade.price, quantity: trade.quantity))
        case .quote(let quote):
            let index = Int(quote.market.index)
            isQuoted[index] = true
            digits[index].note(Level(price: quote.bid, quantity: quote.bidSize))
            digits[index].note(Level(price: quote.ask, quantity: quote.askSize))
        case .level(let level):
            isQuoted[Int(level.market.index)] = true
            digits[Int(level.market.index)].note(Level(price: level.price, quantity: level.quantity))
        case .reset, .ticker, .optionMark, .connection: break
        }
    }

    private func reader(
        _ lane: Lane, _ candles: CandleRows, _ refusal: LaneReader.Refusal, _ stage: ImportProgress.Stage,
        from start: Int
    ) -> LaneReader {
        let (progress, total) = (progress, totalBytes)
        return LaneReader(
            lane, names, wanted: settings.table.market, candles, refusal, reportRows: settings.reportRows
        ) {
            (rows, bytes) throws(ImportError) in
            let state = ImportProgress(stage: stage, done: start + bytes, total: total, rows: rows)
            guard progress(state) else { throw .interrupted }
        }
    }

    private func tell(_ stage: ImportProgress.Stage, done: Int, rows: Int) throws(ImportError) {
        let state = ImportProgress(stage: stage, done: done, total: totalBytes, rows: rows)
        guard progress(state) else { throw .interrupted }
    }

    /// The markets with the digits that their numbers have.
    private func markets() throws(ImportError) -> [RecordMarket] {
        let names = names.names
        guard lanes.contains(where: { $0.summary.rows.rows > 0 }), !digits.isEmpty else { throw .noRows }
        let table = settings.table
        if table.base != nil, names.count > 1 { throw .severalMarkets(names) }
        var markets: [RecordMarket] = []
        for (index, name) in names.enumerated() {
            // A market of which no row was taken has no digits.
            let digits = index < digits.count ? digits[index] : DigitTally()
            guard let assets = Self.assets(of: name, table) else { throw .unknownQuoteAsset(market: name) }
            markets.append(
                RecordMarket(
                    name: name, base: assets.base, quote: assets.quote,
                    priceDecimals: digits.priceDecimals, quantityDecimals: digits.quantityDecimals,
                    tick: digits.tick, lot: digits.lot))
        }
        return markets
    }

    /// What is traded for what: as the caller says, as the venue's names have it, or as two words tell it.
    private static func assets(of name: String, _ table: TableDescription) -> (base: String, quote: String)? {
        if let base = table.base, let quote = table.quote { return (base, quote) }
        let upper = name.uppercased()
        let words = upper.split(whereSeparator: { "-/_".contains($0) })
        if words.count == 2, let pair = BinanceSymbolName(words.joined()), pair.quote == words[1] {
            return (pair.base, pair.quote)
        }
        return BinanceSymbolName(upper).map { ($0.base, $0.quote) }
    }

    // MARK: A look at the first rows

    /// What the first rows of each table are read as; nothing is written.
    package func preview(rows: Int) throws(ImportError) -> [TablePreview] {
        var previews: [TablePreview] = []
        for lane in lanes {
            for table in lane.tables {
                previews.append(try TablePreview(table, names, settings, rows: rows))
            }
        }
        return previews
    }
}
