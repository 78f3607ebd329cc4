import Quantities

/// A tape as text again, with what happened instead of what was expected: to be pasted into the test.
struct TapeScript {
    /// A row with the moments of it that are shown as one.
    struct Line {
        var comments: [String] = []
        var time: String
        var market = ""
        var venue = ""
        var expected: [TapeItem] = []
        var happened: [TapeItem] = []
    }

    let lines: [Line]
    private let playsVenue: Bool

    init(_ text: TapeText, _ moments: [TapeMoment]) {
        playsVenue = text.playsVenue
        var lines: [Line] = []
        /// The first moment of the line that is being put together.
        var begin = 0
        for (index, moment) in moments.enumerated() {
            guard let place = moment.row else {
                lines.append(
                    Line(time: "\(moment.at)", expected: moment.expected, happened: moment.happened))
                begin = index + 1
                continue
            }
            let next = index + 1 < moments.count ? moments[index + 1].row : nil
            let isQuiet = moment.expected.isEmpty && moment.happened.isEmpty
            if isQuiet, next?.index == place.index { continue }
            let first = moments[begin].row?.repetition ?? place.repetition
            lines.append(Self.line(text.rows[place.index], first...place.repetition, moment))
            begin = index + 1
        }
        self.lines = lines
    }

    private static func line(_ row: TapeRow, _ range: ClosedRange<Int>, _ moment: TapeMoment) -> Line {
        let alternatives = row.market.map(\.text)
        // A part of a row begins with the alternative whose turn it is.
        let shown = (0..<min(alternatives.count, range.count)).map {
            alternatives[(range.lowerBound + $0) % alternatives.count]
        }
        let isWhole = range.count == row.times.count
        return Line(
            comments: range.lowerBound == 0 ? row.comments : [],
            time: isWhole ? row.timeText : row.times.text(range),
            market: (isWhole ? alternatives : shown).joined(separator: " then "),
            venue: row.venue?.text ?? "", expected: moment.expected, happened: moment.happened)
    }

    /// Items longer than this together stand on lines of their own.
    static let itemsWidthMax = 60

    /// The text to paste.
    var text: String {
        var columns = TextColumns()
        columns.add(["time", "market"] + (playsVenue ? ["venue"] : []) + ["expected"])
        var comments: [(at: Int, text: String)] = []
        var count = 1
        for line in lines {
            comments += line.comments.map { (count, $0) }
            let parts = Self.parts(line.happened)
            for (index, part) in parts.enumerated() {
                let inputs = index == 0 ? [line.time, line.market] : ["", ""]
                let venue = playsVenue ? [index == 0 ? line.venue : ""] : []
                columns.add(inputs + venue + [part])
                count += 1
            }
        }
        var texts = columns.lines.map(Self.withoutBar)
        for comment in comments.reversed() { texts.insert(comment.text, at: comment.at) }
        return texts.joined(separator: "\n")
    }

    private static func parts(_ items: [TapeItem]) -> [String] {
        let whole = items.map(\.text).joined(separator: ", ")
        return whole.count <= itemsWidthMax ? [whole] : items.map(\.text)
    }

    /// A row in which nothing is expected ends with its last word.
    private static func withoutBar(_ line: String) -> String {
        line.hasSuffix("|") ? TextColumns.trimmed(String(line.dropLast())) : line
    }
}
