/// A table of a page; it scrolls in its place where it is wider than that.
package struct Table: Equatable, Sendable {
    package struct Column: Equatable, Sendable {
        package var title: String
        /// Aligned to the right, digits under digits.
        package var isNumber: Bool

        package static func text(_ title: String) -> Column { Column(title: title, isNumber: false) }
        package static func number(_ title: String) -> Column { Column(title: title, isNumber: true) }
    }

    package struct Cell: Equatable, Sendable, ExpressibleByStringLiteral {
        package var text: String
        /// A colour, or none.
        package var tone: Tone?
        /// Stands out, as a value that differs from the others.
        package var isMarked: Bool

        package init(_ text: String, _ tone: Tone? = nil, isMarked: Bool = false) {
            self.text = text
            self.tone = tone
            self.isMarked = isMarked
        }

        package init(stringLiteral text: String) { self.init(text) }

        /// Money or a rate: coloured by its sign.
        package static func gain(_ value: Double, _ decimals: Int = 2) -> Cell {
            let text = NumberText.signed(value, decimals)
            if text.hasPrefix("+") { return Cell(text, .good) }
            return Cell(text, text.hasPrefix("−") ? .bad : nil)
        }
    }

    package var title: String
    package var columns: [Column]
    package var rows: [[Cell]]

    package init(_ title: String, _ columns: [Column], _ rows: [[Cell]]) {
        self.title = title
        self.columns = columns
        self.rows = rows
    }

    package var markup: String {
        var markup = Markup()
        markup.element("div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": title]) {
            box in
            box.element("table") { table in
                table.element("thead") { head in
                    head.element("tr") { row in
                        for column in columns {
                            row.element(
                                "th", ["scope": "col", "class": column.isNumber ? "number" : "words"],
                                column.title)
                        }
                    }
                }
                table.element("tbody") { body in
                    for cells in rows {
                        body.element("tr") { row in
                            for (column, cell) in zip(columns, cells) { write(cell, column, to: &row) }
                        }
                    }
                }
            }
        }
        return markup.text
    }

    private func write(_ cell: Cell, _ column: Column, to row: inout Markup) {
        var names = column.isNumber ? "number" : "words"
        if let tone = cell.tone { names += " " + tone.name }
        if cell.isMarked { names += " marked" }
        row.element("td", ["class": names], cell.text)
    }
}
