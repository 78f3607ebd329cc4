import MarketModel
import Quantities

/// The first rows of a table, as they are read.
package struct TablePreview: Sendable, CustomStringConvertible {
    package let description: String

    init(
        _ table: ProbedTable, _ names: MarketNames, _ settings: ImportSettings, rows: Int
    ) throws(ImportError) {
        let market = table.market.map { " of \(names.names[Int($0.index)])" } ?? ""
        var lines = [
            "\(table.input.name): \(table.format.rawValue), \(table.kind.rawValue)\(market),"
                + " \(table.hasHeader ? "with" : "without") a header line"
        ]
        let used = (table.kind.required + table.kind.optional).compactMap { field in
            table.columns.index(of: field).map { "\(field.rawValue) \($0 + 1)" }
        }
        lines.append("  columns: \(used.joined(separator: ", "))")
        let input = try table.input.open()
        if table.hasHeader { _ = try input.next() }
        var reader = RowReader(
            table, names, wanted: settings.table.market, CandleRows(period: settings.period))
        var read = 0
        while read < rows, let line = try input.next() {
            if line.isEmpty { continue }
            read += 1
            var events: [MarketEvent] = []
            do throws(RowFault) {
                try reader.read(line, into: &events)
            } catch {
                lines.append("  \(input.number): \(error)")
            }
            lines += events.map { "  \(input.number): \(Self.text($0, names))" }
        }
        var rest: [MarketEvent] = []
        reader.finish(into: &rest)
        lines += rest.map { "  \(input.number): \(Self.text($0, names))" }
        description = lines.joined(separator: "\n")
    }

    private static func text(_ event: MarketEvent, _ names: MarketNames) -> String {
        func name(_ market: MarketID) -> String { names.names[Int(market.index)] }
        switch event {
        case .trade(let trade):
            return "\(trade.receivedAt) \(name(trade.market)) trade \(trade.id.raw):"
                + " \(trade.aggressor == .buy ? "buy" : "sell") \(trade.quantity) @ \(trade.price)"
        case .quote(let quote):
            return "\(quote.receivedAt) \(name(quote.market)) quote \(quote.sequence):"
                + " \(quote.bidSize) @ \(quote.bid) / \(quote.askSize) @ \(quote.ask)"
        case .level(let level):
            return "\(level.receivedAt) \(name(level.market)) \(level.side == .buy ? "bid" : "ask")"
                + " \(level.quantity) @ \(level.price)\(level.isLast ? ", the update's last" : "")"
        case .reset(let reset): return "\(reset.receivedAt) \(name(reset.market)) a snapshot begins"
        case .ticker(let ticker): return "\(ticker.receivedAt) \(name(ticker.market)) last \(ticker.last)"
        case .optionMark(let mark): return "\(mark.receivedAt) \(name(mark.market)) mark \(mark.price)"
        case .connection(let change): return "\(change.receivedAt) \(change.state)"
        }
    }
}
