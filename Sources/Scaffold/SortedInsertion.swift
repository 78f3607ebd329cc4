/// Puts lines into the lists of a Swift file, at their place in the order.
struct SortedInsertion {
    private(set) var lines: [String]

    init(_ text: String) {
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    var text: String { lines.joined(separator: "\n") }

    /// Whether any line is this one, blanks around it aside.
    func contains(_ line: String) -> Bool { lines.contains { Self.bare($0) == line } }

    /// Puts `line` among the lines that begin as `kin` says, before the first that is greater; false when
    /// there are none of its kind.
    ///
    /// It is indented as they are; where it ends with a comma, so does the last of them.
    mutating func insert(_ line: String, among kin: String) -> Bool {
        let places = lines.indices.filter { Self.bare(lines[$0]).hasPrefix(kin) }
        guard let last = places.last else { return false }
        let next = places.first { Self.bare(lines[$0]) > line }
        let model = lines[next ?? last]
        let indent = String(model.prefix { $0 == " " })
        // A list of one may do without its comma, a longer one does not.
        if line.hasSuffix(","), !lines[last].hasSuffix(",") { lines[last] += "," }
        lines.insert(indent + line, at: next ?? last + 1)
        return true
    }

    private static func bare(_ line: String) -> String {
        let start = line.drop { $0 == " " }
        return String(start.reversed().drop { $0 == " " }.reversed())
    }
}
