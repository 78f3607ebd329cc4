/// How large a screen is, in cells.
package struct ScreenSize: Equatable, Sendable {
    package var columns: Int
    package var rows: Int

    package init(columns: Int, rows: Int) {
        self.columns = max(0, columns)
        self.rows = max(0, rows)
    }
}

/// What a cell stands for: a palette says how that looks.
package enum Role: UInt8, CaseIterable, Sendable {
    case plain
    /// What need not be read: rules, units, explanations.
    case faint
    case strong
    /// Titles of panels.
    case title
    /// The first and the last line.
    case bar
    /// What is chosen.
    case chosen
    case bid
    case ask
    /// An own order.
    case own
    case gain
    case loss
    case good
    case warning
    case alarm
}

package struct Cell: Equatable, Sendable {
    package var scalar: Unicode.Scalar
    package var role: Role

    package init(_ scalar: Unicode.Scalar = " ", _ role: Role = .plain) {
        self.scalar = scalar
        self.role = role
    }
}

/// A rectangle of a screen.
package struct Area: Equatable, Sendable {
    package var column: Int
    package var row: Int
    package var columns: Int
    package var rows: Int

    /// Without its first rows.
    func dropping(rows dropped: Int) -> Area {
        Area(column: column, row: row + dropped, columns: columns, rows: max(0, rows - dropped))
    }
}

/// A picture of cells, drawn anew for every frame.
///
/// Whatever is drawn outside of it is left out, so that nothing has to ask for its size twice.
package struct Screen: Equatable, Sendable {
    package let size: ScreenSize
    /// Row by row.
    package private(set) var cells: [Cell]

    package init(_ size: ScreenSize) {
        self.size = size
        cells = Array(repeating: Cell(), count: size.columns * size.rows)
    }

    package subscript(column: Int, row: Int) -> Cell { cells[row * size.columns + column] }

    mutating func put(_ scalar: Unicode.Scalar, _ role: Role, column: Int, row: Int) {
        guard (0..<size.columns).contains(column), (0..<size.rows).contains(row) else { return }
        cells[row * size.columns + column] = Cell(scalar, role)
    }

    /// Writes a text that fits a line to its right; returns the column behind it.
    @discardableResult
    mutating func write(_ text: String, _ role: Role, column: Int, row: Int) -> Int {
        var column = column
        for scalar in text.unicodeScalars {
            put(scalar, role, column: column, row: row)
            column += 1
        }
        return column
    }

    /// Gives a stretch of a row another role.
    mutating func paint(_ role: Role, column: Int, row: Int, columns: Int) {
        for column in column..<max(column, column + columns)
        where (0..<size.columns).contains(column) && (0..<size.rows).contains(row) {
            cells[row * size.columns + column].role = role
        }
    }

    /// The rows as text, without spaces at their ends.
    package var text: String {
        (0..<size.rows).map { row in
            var line = String.UnicodeScalarView()
            for column in 0..<size.columns { line.append(self[column, row].scalar) }
            while line.last == " " { line.removeLast() }
            return String(line)
        }.joined(separator: "\n")
    }
}
