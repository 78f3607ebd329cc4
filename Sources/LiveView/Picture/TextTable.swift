/// Rows of cells under titles, fitted into an area.
///
/// Columns are as wide as what is in them. Where they do not all fit, the ones that can be spared go, then the
/// widest become narrower; a number that gets narrower loses decimals, never digits.
struct TextTable {
    struct Column {
        var title: String
        var isRight = false
        /// The higher, the earlier it is left out; 0 stays.
        var spared = 0
    }

    enum Content {
        case text(String)
        case figure(Figure)

        var count: Int {
            switch self {
            case .text(let text): text.unicodeScalars.count
            case .figure(let figure): figure.text.count
            }
        }
    }

    struct Entry {
        var content: Content
        var role: Role

        init(_ text: String, _ role: Role = .plain) {
            content = .text(text)
            self.role = role
        }

        init(_ figure: Figure, _ role: Role = .plain) {
            content = .figure(figure)
            self.role = role
        }
    }

    var columns: [Column]
    var rows: [[Entry]] = []
    /// The row that has to be seen, and is marked.
    var chosen: Int?
    /// Whether the titles are shown.
    var hasTitles = true
    private static let narrowest = 3

    /// Rows that show everything.
    var height: Int { rows.count + (hasTitles ? 1 : 0) }

    func draw(_ screen: inout Screen, _ area: Area, _ glyphs: Glyphs) {
        guard area.rows > 0, area.columns > 0 else { return }
        let layout = layout(area.columns)
        var area = area
        if hasTitles {
            for place in layout {
                write(
                    .text(columns[place.index].title), .faint, place, &screen, area.column, area.row, glyphs)
            }
            area = area.dropping(rows: 1)
        }
        let window = visibleRows(area.rows)
        for (offset, index) in window.enumerated() {
            let row = area.row + offset
            for place in layout {
                let entry = rows[index][place.index]
                write(entry.content, entry.role, place, &screen, area.column, row, glyphs)
            }
            if index == chosen, rows.count > 1, let first = layout.first {
                screen.paint(.chosen, column: area.column + first.column, row: row, columns: first.width)
            }
        }
        let hidden = rows.count - window.count
        if hidden > 0 {
            // On the rule with the panel's title.
            let text = " \(hidden) more "
            let column = area.column + area.columns - text.count - 1
            screen.write(text, .faint, column: column, row: area.row - (hasTitles ? 2 : 1))
        }
    }

    /// The rows that are seen: the chosen one is among them.
    private func visibleRows(_ count: Int) -> Range<Int> {
        guard rows.count > count else { return rows.indices }
        let chosen = min(max(0, chosen ?? 0), rows.count - 1)
        let first = min(max(0, chosen - count / 2), rows.count - count)
        return first..<first + count
    }

    private struct Place {
        var index: Int
        var column: Int
        var width: Int
    }

    private func layout(_ space: Int) -> [Place] {
        var widths = columns.indices.map { index in
            let title = hasTitles ? columns[index].title.unicodeScalars.count : 0
            return rows.reduce(title) { max($0, $1[index].content.count) }
        }
        var kept = Array(columns.indices)
        func total() -> Int { kept.reduce(kept.count - 1) { $0 + widths[$1] } }
        while total() > space, let spared = kept.max(by: { columns[$0].spared < columns[$1].spared }),
            columns[spared].spared > 0
        {
            kept.removeAll { $0 == spared }
        }
        while total() > space, let widest = kept.max(by: { widths[$0] < widths[$1] }),
            widths[widest] > Self.narrowest
        {
            widths[widest] -= 1
        }
        while total() > space, kept.count > 1 { kept.removeLast() }
        var places: [Place] = []
        var column = 0
        // What is left over goes between the columns, so that figures do not crowd.
        let spare = kept.count > 1 ? min(2, (space - total()) / (kept.count - 1)) : 0
        for index in kept {
            places.append(Place(index: index, column: column, width: min(widths[index], space)))
            column += widths[index] + 1 + max(0, spare)
        }
        return places
    }

    private func write(
        _ content: Content, _ role: Role, _ place: Place, _ screen: inout Screen, _ column: Int, _ row: Int,
        _ glyphs: Glyphs
    ) {
        let text: String
        switch content {
        case .text(let whole): text = glyphs.fit(whole, place.width)
        case .figure(let figure): text = figure.text(columns: place.width)
        }
        let indent = columns[place.index].isRight ? place.width - text.unicodeScalars.count : 0
        screen.write(text, role, column: column + place.column + indent, row: row)
    }
}
