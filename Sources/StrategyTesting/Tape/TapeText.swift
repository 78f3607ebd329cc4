import MarketModel
import Quantities

/// The text of a tape, read: what happens when, and what is expected.
struct TapeText: Sendable {
    var rows: [TapeRow] = []
    /// Whether the tape plays the venue itself: it has a column for that.
    var playsVenue = false

    private enum Column: String, CaseIterable {
        case time, market, venue, expected
    }

    private var columns: [Column] = [.time, .market, .expected]

    init(_ text: String, _ table: MarketTable) throws(TapeError) {
        var comments: [String] = []
        var isFirst = true
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let source = TapeSource(line: index + 1, text: String(line))
            let trimmed = line.drop { $0 == " " }
            if trimmed.hasPrefix("//") {
                comments.append(String(trimmed))
                continue
            }
            if line.allSatisfy({ " -+|".contains($0) }) { continue }
            let cells = TapeCell.cells(of: source)
            if isFirst, cells[0].text == Column.time.rawValue {
                try readHeader(cells)
            } else {
                try readRow(cells, source, &comments, table)
            }
            isFirst = false
        }
    }

    /// What is expected, in all rows together.
    var expectsNothing: Bool { rows.allSatisfy { $0.expected.isEmpty } }

    private mutating func readHeader(_ cells: [TapeCell]) throws(TapeError) {
        columns = []
        for cell in cells {
            let word = TapeWord(text: cell.text, source: cell.source, column: cell.column)
            guard let column = Column(rawValue: cell.text) else {
                throw word.unknown("column", among: Column.allCases.map(\.rawValue))
            }
            if columns.contains(column) { throw word.error("there are two columns '\(cell.text)'") }
            columns.append(column)
        }
        playsVenue = columns.contains(.venue)
    }

    private mutating func readRow(
        _ cells: [TapeCell], _ source: TapeSource, _ comments: inout [String], _ table: MarketTable
    ) throws(TapeError) {
        if cells.count > columns.count {
            let names = columns.map(\.rawValue).joined(separator: " | ")
            throw source.error(
                cells[columns.count].column,
                "a row has at most \(columns.count) columns: \(names)")
        }
        func cell(_ column: Column) -> TapeCell {
            let empty = TapeCell(text: "", source: source, column: 1)
            guard let index = columns.firstIndex(of: column), index < cells.count else { return empty }
            return cells[index]
        }
        let time = cell(.time)
        let expected = try ExpectedWords.items(cell(.expected), table)
        if time.isEmpty {
            // It goes on where the row above ended.
            guard cell(.market).isEmpty, cell(.venue).isEmpty, !rows.isEmpty else {
                throw source.error(1, "a row in which something happens has a time")
            }
            rows[rows.count - 1].expected += expected
            return
        }
        let times = try times(time)
        if let last = rows.last?.times.last, times.first < last {
            throw source.error(time.column, "\(times.first) is before the row above, \(last)")
        }
        let market = Self.alternatives(cell(.market))
        var actions: [[MarketAction]] = []
        for alternative in market { actions.append(try MarketWords.actions(alternative, table)) }
        let venue = cell(.venue)
        rows.append(
            TapeRow(
                source: source, comments: comments, times: times, timeText: time.text, market: market,
                marketActions: actions, venue: venue, venueActions: try VenueWords.actions(venue, table),
                expected: expected))
        comments = []
    }

    /// `250ms`, or `0s..9s by 1s`.
    private func times(_ cell: TapeCell) throws(TapeError) -> TapeTimes {
        let words = cell.words
        guard let dots = words[0].text.range(of: "..") else {
            if words.count > 1 { throw words[1].error("one time, or '0s..9s by 1s' for several") }
            return TapeTimes(first: try words[0].interval(), step: .zero, count: 1)
        }
        let first = TapeWord(
            text: String(words[0].text[..<dots.lowerBound]), source: cell.source, column: words[0].column)
        let lastText = String(words[0].text[dots.upperBound...])
        let last = TapeWord(
            text: lastText, source: cell.source,
            column: words[0].column + words[0].text.count - lastText.count)
        guard words.count == 3, words[1].text == "by" else {
            throw words[0].error("several times are written '0s..9s by 1s'")
        }
        let (from, to, step) = (try first.interval(), try last.interval(), try words[2].interval())
        guard from <= to, step > .zero else { throw words[0].error("times run forward, by a positive step") }
        let count = (to - from).nanoseconds / step.nanoseconds + 1
        guard count <= TapeTimes.countMax else {
            throw words[0].error("a row has at most \(TapeTimes.countMax) moments, not \(count)")
        }
        return TapeTimes(first: from, step: step, count: Int(count))
    }

    /// The parts of a cell between the words `then`.
    private static func alternatives(_ cell: TapeCell) -> [TapeCell] {
        var parts: [TapeCell] = []
        var begin = cell.column
        let end = cell.column + cell.text.count
        for stop in cell.words.filter({ $0.text == "then" }).map({ ($0.column, $0.column + 5) }) + [
            (end, end)
        ] {
            let text = cell.text.dropFirst(begin - cell.column).prefix(stop.0 - begin)
            var trimmed = text
            while trimmed.last == " " { trimmed.removeLast() }
            parts.append(TapeCell(text: String(trimmed), source: cell.source, column: begin))
            begin = stop.1
        }
        return parts
    }
}

extension String {
    /// The first place at which a text of ASCII letters stands.
    fileprivate func range(of part: String) -> Range<String.Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(part) { return start..<index(start, offsetBy: part.count) }
            start = index(after: start)
        }
        return nil
    }
}
