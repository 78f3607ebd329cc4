import WireCodecs

/// Rows for people and for programs: an aligned table, or one JSON document.
struct VenueTable {
    struct Column {
        /// Its name in JSON.
        let key: StaticString
        /// Its head in the table.
        let title: String
        /// Numbers stand to the right, their units below each other where they have as many digits.
        var isNumber = false

        static func text(_ key: StaticString, _ title: String? = nil) -> Column {
            Column(key: key, title: title ?? "\(key)")
        }

        static func number(_ key: StaticString, _ title: String? = nil) -> Column {
            Column(key: key, title: title ?? "\(key)", isNumber: true)
        }
    }

    enum Tone {
        case plain
        case good
        case bad
    }

    struct Cell {
        enum Value {
            case text(String)
            case number(UInt64)
            case none
        }

        var value: Value
        var tone = Tone.plain

        /// A text, or a decimal, which is a text in JSON so that no digit of it is lost.
        static func text(_ text: String, _ tone: Tone = .plain) -> Cell {
            Cell(value: .text(text), tone: tone)
        }
        static func decimal(_ value: some CustomStringConvertible, _ tone: Tone = .plain) -> Cell {
            .text(value.description, tone)
        }
        static func id(_ number: UInt64) -> Cell { Cell(value: .number(number)) }
        static let none = Cell(value: .none)

        var shown: String {
            switch value {
            case .text(let text): text
            case .number(let number): String(number)
            case .none: "-"
            }
        }
    }

    let columns: [Column]
    var rows: [[Cell]] = []
    /// What is said instead of a table without rows.
    var emptyText = "nothing"
    /// One row that is an object in JSON, not a list of one.
    var isSingle = false

    init(_ columns: [Column], emptyText: String = "nothing", isSingle: Bool = false) {
        self.columns = columns
        self.emptyText = emptyText
        self.isSingle = isSingle
    }

    mutating func add(_ cells: Cell...) {
        precondition(cells.count == columns.count, "a row has a cell per column")
        rows.append(cells)
    }
}

// MARK: - For people

extension VenueTable {
    /// - Parameter hasColours: whether tones are shown, as at a terminal.
    func text(hasColours: Bool) -> String {
        guard !rows.isEmpty else { return emptyText }
        let widths = columns.indices.map { index in
            rows.reduce(columns[index].title.count) { max($0, $1[index].shown.count) }
        }
        var lines = [line(columns.map(\.title), widths)]
        for row in rows {
            let shown = row.map(\.shown)
            guard hasColours, row.contains(where: { $0.tone != .plain }) else {
                lines.append(line(shown, widths))
                continue
            }
            let coloured = row.indices.map { index in
                let padded = padded(shown[index], widths[index], columns[index])
                return switch row[index].tone {
                case .plain: padded
                case .good: "\u{1B}[32m\(padded)\u{1B}[0m"
                case .bad: "\u{1B}[31m\(padded)\u{1B}[0m"
                }
            }
            lines.append(coloured.joined(separator: "  "))
        }
        return lines.joined(separator: "\n")
    }

    private func line(_ texts: [String], _ widths: [Int]) -> String {
        let cells = texts.indices.map { padded(texts[$0], widths[$0], columns[$0]) }
        let line = cells.joined(separator: "  ")
        return String(line.reversed().drop { $0 == " " }.reversed())
    }

    private func padded(_ text: String, _ width: Int, _ column: Column) -> String {
        let blanks = String(repeating: " ", count: max(0, width - text.count))
        return column.isNumber ? blanks + text : text + blanks
    }
}

// MARK: - For programs

extension VenueTable {
    var json: String {
        var json = JSONWriter(capacity: 4_096)
        if isSingle, let row = rows.first {
            write(row, &json)
        } else {
            json.beginArray()
            for row in rows { write(row, &json) }
            json.endArray()
        }
        return json.withBytes { String(decoding: $0, as: UTF8.self) }
    }

    private func write(_ row: [Cell], _ json: inout JSONWriter) {
        json.beginObject()
        for (column, cell) in zip(columns, row) {
            json.key(column.key)
            switch cell.value {
            case .text(let text): json.string(text)
            case .number(let number): json.uint(number)
            case .none: json.null()
            }
        }
        json.endObject()
    }
}

/// Times as people read them.
enum VenueTime {
    /// `2024-08-08 23:54:13`, in UTC.
    static func text(_ time: some CustomStringConvertible) -> String {
        let text = time.description
        guard text.count >= 19 else { return text }
        return String(text.prefix(10)) + " " + String(text.dropFirst(11).prefix(8))
    }
}
