/// Whether a terminal shows colours.
package enum Palette: Equatable, Sendable {
    /// The sixteen colours that a terminal's theme sets: they are readable on its background.
    case colours
    /// Bold, faint and reversed only.
    case plain

    /// What turns the terminal from its defaults to a role.
    func rendition(_ role: Role) -> String {
        switch self {
        case .colours:
            switch role {
            case .plain: ""
            case .faint: ";2"
            case .strong: ";1"
            case .title: ";1;36"
            case .bar: ";7"
            case .chosen: ";1;7"
            case .bid, .gain, .good: ";32"
            case .ask, .loss: ";31"
            // Set against a background of their own: legible whatever the terminal's is.
            case .own: ";30;46"
            case .warning: ";30;43"
            case .alarm: ";1;37;41"
            }
        case .plain:
            switch role {
            case .plain, .bid, .ask, .gain, .loss, .good: ""
            case .faint: ";2"
            case .strong, .title, .own: ";1"
            case .bar, .chosen: ";7"
            case .warning: ";4"
            case .alarm: ";1;7"
            }
        }
    }
}

/// Turns pictures into what a terminal has to be sent: only what differs from the picture before.
package struct ScreenWriter: Sendable {
    /// What stands on the terminal; nil when that is not known.
    private var shown: Screen?
    private let palette: Palette

    /// Unchanged cells that are written again rather than jumped over: a jump is about as long.
    private static let gapMax = 6

    package init(_ palette: Palette) { self.palette = palette }

    /// The terminal may show anything: the next picture is sent whole.
    package mutating func forget() { shown = nil }

    /// The bytes that make a terminal show the picture; none when it does already.
    package mutating func bytes(for screen: Screen) -> [UInt8] {
        var text = ""
        let before: Screen
        if let shown, shown.size == screen.size {
            before = shown
        } else {
            text += "\u{1B}[0m\u{1B}[2J"
            before = Screen(screen.size)
        }
        var role: Role?
        for row in 0..<screen.size.rows {
            var column = 0
            while let first = nextChange(from: column, row, before, screen) {
                var end = first + 1
                while let next = nextChange(from: end, row, before, screen), next - end <= Self.gapMax {
                    end = next + 1
                }
                text += "\u{1B}[\(row + 1);\(first + 1)H"
                for column in first..<end {
                    let cell = screen[column, row]
                    if cell.role != role {
                        text += "\u{1B}[0\(palette.rendition(cell.role))m"
                        role = cell.role
                    }
                    text.unicodeScalars.append(cell.scalar)
                }
                column = end
            }
        }
        if role != nil { text += "\u{1B}[0m" }
        shown = screen
        return Array(text.utf8)
    }

    private func nextChange(from column: Int, _ row: Int, _ before: Screen, _ after: Screen) -> Int? {
        var column = column
        while column < after.size.columns {
            if before[column, row] != after[column, row] { return column }
            column += 1
        }
        return nil
    }
}
