import MarketModel
import Quantities

/// What was read of the tables of one lane, and what was done with it.
package struct LaneSummary: Equatable, Sendable {
    /// The most places of refused rows and of silences that are kept; all are counted.
    package static let placesMax = 20

    /// What was counted row by row.
    package struct Rows: Equatable, Sendable {
        package var rows = 0
        /// Left out because they cannot be read.
        package var refused = 0
        package var places: [RefusedRow] = []
        /// Of markets that were not asked for.
        package var foreign = 0
        /// Quotes left out because a side is missing.
        package var oneSided = 0
        /// Trades whose side was guessed from their prices.
        package var guessedSides = 0
        /// Candles that became one trade because their volume has too few lots.
        package var shortCandles = 0
    }

    /// A stretch without any event of a market.
    package struct Silence: Equatable, Sendable {
        package var market: MarketID
        package var since: Instant
        package var length: Interval
    }

    package var format: TableFormat
    package var kind: TableKind
    package var tables = 0
    package var rows = Rows()
    /// Events that were put in order.
    package var sorted = 0
    /// Events left out because they were there before, with the same number, time and values.
    package var repeated = 0
    /// Places where numbers of trades are missing, and how many are.
    package var idGaps = 0
    package var missingIDs: UInt64 = 0
    package var silenceCount = 0
    package var silences: [Silence] = []
    package var events = 0
    package var firstAt: Instant?
    package var lastAt: Instant?

    init(format: TableFormat, kind: TableKind) {
        self.format = format
        self.kind = kind
    }
}

/// What an import has read and written.
package struct ImportSummary: Equatable, Sendable {
    package var markets: [String] = []
    package var lanes: [LaneSummary] = []
    /// Tables without any line.
    package var emptyTables: [String] = []
    /// Quotes that were inferred from trades.
    package var inferredQuotes = 0
    package var events = 0
    package var firstAt: Instant?
    package var lastAt: Instant?

    package init() {}
}

extension ImportSummary: CustomStringConvertible {
    package var description: String {
        var lines: [String] = []
        if let firstAt, let lastAt { lines.append("from \(firstAt) to \(lastAt)") }
        lines.append("markets: \(markets.joined(separator: ", "))")
        for lane in lanes { lines += text(lane) }
        lines += emptyTables.map { "\($0): empty" }
        if inferredQuotes > 0 { lines.append("\(inferredQuotes) quotes inferred from trades") }
        return lines.joined(separator: "\n")
    }

    private func text(_ lane: LaneSummary) -> [String] {
        let rows = lane.rows
        var lines = [
            "\(lane.format.rawValue): \(lane.tables) \(lane.tables == 1 ? "table" : "tables"), \(rows.rows) rows,"
                + " \(lane.events) events; \(rows.refused) refused, \(lane.repeated) doubled and left out,"
                + " \(lane.sorted) out of order\(lane.sorted > 0 ? " and sorted" : "")"
        ]
        if rows.foreign > 0 { lines.append("  \(rows.foreign) rows of other markets left out") }
        if rows.oneSided > 0 { lines.append("  \(rows.oneSided) quotes without a side left out") }
        if rows.guessedSides > 0 {
            lines.append("  \(rows.guessedSides) trades without a side: taken by the step of the price")
        }
        if rows.shortCandles > 0 {
            lines.append("  \(rows.shortCandles) candles of too few lots: one trade at the close each")
        }
        if lane.kind == .trades {
            lines.append("  gaps in the numbers of trades: \(lane.idGaps), \(lane.missingIDs) missing")
        }
        lines.append("  silences: \(lane.silenceCount)")
        lines += lane.silences.map { silence in
            let length = Amount(raw: Int128(silence.length.nanoseconds) * 1_000).text(decimals: 3)
            return "    \(markets[Int(silence.market.index)]) for \(length) s since \(silence.since)"
        }
        if lane.silenceCount > lane.silences.count {
            lines.append("    and \(lane.silenceCount - lane.silences.count) more")
        }
        lines += rows.places.map { "  refused: \($0)" }
        return lines
    }
}
