/// All that is wrong with a configuration, gathered while its reading goes on.
///
/// Nobody wants to repair a file one error at a time: readers record what they find here, give nil,
/// and go on. Bounded: beyond `countMax` the diagnostics are counted and left out, and an error takes
/// the place of a warning.
package final class Diagnostics {
    package static let countMax = 100

    package private(set) var recorded: [Diagnostic] = []
    /// How many more there were.
    package private(set) var leftOut = 0
    package private(set) var hasErrors = false
    private var sources: [SourceText] = []

    package init() {}

    /// Whether a further diagnostic of this severity would be left out.
    package func isFull(for severity: Diagnostic.Severity = .error) -> Bool {
        if recorded.count < Self.countMax { return false }
        switch severity {
        case .warning: return true
        case .error: return !recorded.contains { $0.severity == .warning }
        }
    }

    package func record(_ diagnostic: Diagnostic) {
        if diagnostic.severity == .error { hasErrors = true }
        if recorded.count >= Self.countMax {
            leftOut += 1
            guard diagnostic.severity == .error,
                let warning = recorded.lastIndex(where: { $0.severity == .warning })
            else { return }
            recorded.remove(at: warning)
        }
        recorded.append(diagnostic)
    }

    /// Keeps the text of a file, so that its lines can be shown.
    func keep(_ source: SourceText) { sources.append(source) }

    /// The diagnostics in the order of the file; of one place, in the order they were recorded.
    package var inFileOrder: [Diagnostic] {
        recorded.enumerated().sorted { a, b in
            let (left, right) = (a.element, b.element)
            if left.file != right.file { return left.file < right.file }
            let (lineA, lineB) = (left.mark?.line ?? 0, right.mark?.line ?? 0)
            if lineA != lineB { return lineA < lineB }
            let (columnA, columnB) = (left.mark?.column ?? 0, right.mark?.column ?? 0)
            return columnA != columnB ? columnA < columnB : a.offset < b.offset
        }.map(\.element)
    }

    /// The report for a person: one diagnostic per line, with the line of the file and a caret below
    /// when wanted.
    package func rendered(showingLines: Bool) -> String {
        var lines: [String] = []
        for diagnostic in inFileOrder {
            lines.append(diagnostic.description)
            guard showingLines, let mark = diagnostic.mark,
                let source = sources.last(where: { $0.file == mark.file })
            else { continue }
            lines += Excerpt(of: source, at: mark)?.lines ?? []
        }
        if leftOut > 0 { lines.append("… and \(leftOut) more") }
        return lines.joined(separator: "\n")
    }
}

/// A configuration that cannot be used, with everything that is wrong with it.
package struct InvalidConfiguration: Error, Equatable, Sendable, CustomStringConvertible {
    /// In the order of the file; warnings are among them.
    package let diagnostics: [Diagnostic]
    package let leftOut: Int
    /// The report with the lines of the file.
    package let description: String

    init(_ diagnostics: Diagnostics) {
        self.diagnostics = diagnostics.inFileOrder
        leftOut = diagnostics.leftOut
        description = diagnostics.rendered(showingLines: true)
    }
}
