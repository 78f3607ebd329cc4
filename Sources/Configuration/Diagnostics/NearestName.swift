/// The known name that a mistyped one was probably meant to be.
///
/// Names are compared without case, `_` and `-`, by the number of letters that must be inserted,
/// dropped, replaced or swapped with their neighbour (the optimal string alignment form of the
/// Damerau-Levenshtein distance).
package enum NearestName {
    /// Longer names are not compared; no name of ours comes near.
    package static let lengthMax = 64

    /// The nearest of `known`, or nil when none is near enough to be more help than noise.
    ///
    /// Near enough: at most one change in every three letters of the longer name, and never so many
    /// that no letter stays. Of equally near names the first one in `known` wins.
    package static func of(_ name: String, among known: some Sequence<String>) -> String? {
        guard let wanted = letters(of: name) else { return nil }
        var best: (name: String, distance: Int)?
        for candidate in known {
            guard let letters = letters(of: candidate) else { continue }
            let limit = min(
                max(1, max(wanted.count, letters.count) / 3),
                min(wanted.count, letters.count) - 1,
                best.map { $0.distance - 1 } ?? .max)
            guard limit >= 0, abs(wanted.count - letters.count) <= limit else { continue }
            let distance = distance(wanted, letters)
            if distance <= limit { best = (candidate, distance) }
        }
        return best?.name
    }

    private static func letters(of name: String) -> [Unicode.Scalar]? {
        guard name.unicodeScalars.count <= lengthMax else { return nil }
        let letters = name.lowercased().unicodeScalars.filter { $0 != "_" && $0 != "-" }
        return letters.isEmpty ? nil : Array(letters)
    }

    /// The changes that lead from one name to the other.
    static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        // Three rows of the table: two back for the swaps, the last one, and the one being filled.
        var beforeLast = [Int](repeating: 0, count: b.count + 1)
        var last = Array(0...b.count)
        var row = last
        for i in 0..<a.count {
            row[0] = i + 1
            for j in 0..<b.count {
                let replaced = last[j] + (a[i] == b[j] ? 0 : 1)
                var changes = min(replaced, last[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                    changes = min(changes, beforeLast[j - 1] + 1)
                }
                row[j + 1] = changes
            }
            (beforeLast, last, row) = (last, row, beforeLast)
        }
        return last[b.count]
    }
}
