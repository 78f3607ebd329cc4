/// A line of a file with a caret under one place of it.
///
/// ```
///   12 |     spred: 0.1
///      |     ^
/// ```
struct Excerpt {
    /// A longer line is cut to this many columns around the place.
    static let columnsMax = 100

    let lines: [String]

    /// Nil when the line does not exist or is empty: there is nothing to show.
    init?(of source: SourceText, at mark: Mark) {
        guard let text = source.line(mark.line) else { return nil }
        let scalars = Array(text.unicodeScalars)
        if scalars.isEmpty { return nil }
        let place = min(max(mark.column - 1, 0), scalars.count)
        let start = max(0, min(place - Self.columnsMax / 2, scalars.count - Self.columnsMax))
        let end = min(scalars.count, start + Self.columnsMax)

        var shown = String.UnicodeScalarView()
        if start > 0 { shown.append("…") }
        // One column each, so that the caret stands right: tabs and what cannot be shown are blanks.
        for scalar in scalars[start..<end] {
            shown.append(Quoted.isVisible(scalar) ? scalar : " ")
        }
        if end < scalars.count { shown.append("…") }

        let number = String(mark.line)
        let margin = String(repeating: " ", count: max(0, 5 - number.count))
        let blank = String(repeating: " ", count: max(5, number.count))
        let caret = String(repeating: " ", count: place - start + (start > 0 ? 1 : 0)) + "^"
        lines = ["\(margin)\(number) | \(String(shown))", "\(blank) | \(caret)"]
    }
}
