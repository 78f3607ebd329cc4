/// The characters that a picture is made of: those of Unicode, or of ASCII alone.
package struct Glyphs: Equatable, Sendable {
    package var horizontal: Unicode.Scalar
    package var vertical: Unicode.Scalar
    package var more: Unicode.Scalar
    package var arrowUp: Unicode.Scalar
    package var arrowDown: Unicode.Scalar
    package var times: Unicode.Scalar
    package var full: Unicode.Scalar
    package var empty: Unicode.Scalar
    /// From low to high.
    package var heights: [Unicode.Scalar]
    let isUnicode: Bool

    package static let unicode = Glyphs(
        horizontal: "─", vertical: "│", more: "…", arrowUp: "▲", arrowDown: "▼", times: "×", full: "█",
        empty: "·", heights: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"], isUnicode: true)

    package static let ascii = Glyphs(
        horizontal: "-", vertical: "|", more: "~", arrowUp: "^", arrowDown: "v", times: "x", full: "#",
        empty: ".", heights: ["_", ".", "-", "=", "+", "*", "#"], isUnicode: false)

    /// A text of others (a label, a note, a reason) as cells that each take one column.
    ///
    /// Control characters, what takes two columns or none, and what the terminal cannot show become `?`: a
    /// note cannot send the terminal commands, nor push a column out of its place.
    package func clean(_ text: String) -> String {
        var clean = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { clean.append(isPlain(scalar) ? scalar : "?") }
        return String(clean)
    }

    private func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        if (0x20..<0x7F).contains(scalar.value) { return true }
        guard isUnicode else { return false }
        // Latin, Greek and Cyrillic up to their last letters, without what combines; punctuation, currency
        // signs, arrows, mathematical signs, lines and blocks.
        switch scalar.value {
        case 0xA0...0x2FF, 0x370...0x52F:
            return scalar.value != 0xAD && !(0x483...0x489).contains(scalar.value)
        case 0x2010...0x2027, 0x2030...0x205E, 0x20A0...0x20BF, 0x2190...0x21FF, 0x2200...0x22FF: return true
        case 0x2500...0x259F: return true
        default: return false
        }
    }

    /// A text cut to a width, with a mark where something is missing.
    package func fit(_ text: String, _ columns: Int) -> String {
        let scalars = text.unicodeScalars
        guard scalars.count > columns else { return text }
        guard columns > 0 else { return "" }
        var cut = String.UnicodeScalarView(scalars.prefix(columns - 1))
        cut.append(more)
        return String(cut)
    }

    /// A bar that is filled for a share of its width; from a hundredth on, something of it is.
    package func gauge(_ share: Double, _ columns: Int) -> String {
        let nearest = Int((min(1, max(0, share)) * Double(columns)).rounded())
        let filled = share >= 0.01 ? max(1, nearest) : nearest
        return String(
            String.UnicodeScalarView(
                Array(repeating: full, count: filled) + Array(repeating: empty, count: columns - filled)))
    }

    /// Values as hills: rows of text from the top, each value a column, the newest at the right end.
    package func hills(_ values: [Double], rows: Int) -> [String] {
        guard rows > 0, let lowest = values.min(), let highest = values.max() else { return [] }
        let range = highest - lowest
        let steps = rows * heights.count
        // How high each column is, in parts of a cell; the lowest value can be seen too.
        let levels = values.map { value in
            range > 0 ? 1 + Int((value - lowest) * Double(steps - 1) / range) : 1
        }
        return (0..<rows).map { row in
            let below = (rows - 1 - row) * heights.count
            var line = String.UnicodeScalarView()
            for level in levels {
                let part = min(level - below, heights.count)
                line.append(part > 0 ? heights[part - 1] : " ")
            }
            return String(line)
        }
    }

    /// So many values that are spread evenly over the ones given, the last one among them.
    package static func spread(_ values: [Double], _ columns: Int) -> [Double] {
        guard columns > 0, !values.isEmpty else { return [] }
        return (1...columns).map { values[(values.count * $0 + columns - 1) / columns - 1] }
    }
}
