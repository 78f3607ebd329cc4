import MarketModel
import Quantities
import Recordings
import TestSupport
import Testing

@testable import Imports

/// What came of an import: the events of the record file, in words, and the summary.
struct Imported {
    let summary: ImportSummary
    let markets: [RecordMarket]
    let events: [MarketEvent]

    init(
        _ paths: [String], in folder: ScratchFolder, _ change: (inout ImportSettings) -> Void = { _ in }
    ) throws {
        var settings = ImportSettings()
        settings.infersQuotes = false
        change(&settings)
        let target = folder.file("imported.records")
        var importer = try TableImporter(paths, settings)
        summary = try importer.write(to: target)
        let records = try MappedRecords(target)
        markets = records.header.markets
        let scales = records.header.markets.map(\.scale)
        events = records.withRecords { span in
            span.indices.compactMap { index -> MarketEvent? in
                span[index].event(scales[Int(span[index].marketIndex)])
            }
        }
    }

    /// One line per event: milliseconds after the beginning of 2025, and what happened.
    var text: String { events.map(Self.text).joined(separator: "\n") }

    static func text(_ event: MarketEvent) -> String {
        let time = Amount(raw: Int128(event.receivedAt.nanoseconds - Day.start.nanoseconds) * 1_000_000)
        switch event {
        case .trade(let trade):
            return "\(time) trade #\(trade.id.raw) \(trade.aggressor) \(trade.quantity) @ \(trade.price)"
        case .quote(let quote):
            return "\(time) quote \(quote.bidSize) @ \(quote.bid) / \(quote.askSize) @ \(quote.ask)"
        case .level(let level):
            return "\(time) \(level.side) \(level.quantity) @ \(level.price)\(level.isLast ? " last" : "")"
        case .reset(let reset): return "\(time) \(reset.reason)"
        case .ticker: return "\(time) ticker"
        case .optionMark: return "\(time) mark"
        case .connection: return "\(time) connection"
        }
    }
}

/// The first day of 2025, when Binance began to count microseconds.
enum Day {
    static let start = Instant(milliseconds: 1_735_689_600_000)

    static func milliseconds(_ value: Int) -> String { "\(1_735_689_600_000 + value)" }
    static func microseconds(_ value: Int) -> String { "\(1_735_689_600_000_000 + value)" }
}

/// The error of an import; nil when there is none.
func importError(
    _ paths: [String], in folder: ScratchFolder, _ change: (inout ImportSettings) -> Void = { _ in }
) throws -> ImportError? {
    do {
        _ = try Imported(paths, in: folder, change)
        return nil
    } catch let error as ImportError {
        return error
    }
}
