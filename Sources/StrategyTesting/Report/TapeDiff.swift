/// What was expected and what happened, side by side.
///
/// Lines on which both agree show `=`; others begin with a mark: `≠` where something else happened, `-` where
/// nothing happened, `+` where something happened that was not expected.
struct TapeDiff {
    let lines: [String]

    init(_ script: TapeScript, playsVenue: Bool) {
        var columns = TextColumns()
        columns.add(["  time", "market"] + (playsVenue ? ["venue"] : []) + ["expected", "happened"])
        for line in script.lines {
            let pairs = Self.pairs(line.expected.map(\.self), line.happened)
            for (index, pair) in pairs.enumerated() {
                let time = index == 0 ? line.time : ""
                let inputs =
                    [index == 0 ? line.market : ""] + (playsVenue ? [index == 0 ? line.venue : ""] : [])
                let happened = pair.mark == " " && pair.happened != nil ? "=" : pair.happened ?? ""
                columns.add(["\(pair.mark) \(time)"] + inputs + [pair.expected ?? "", happened])
            }
        }
        lines = columns.lines
    }

    struct Pair: Equatable {
        var mark: Character
        var expected: String?
        var happened: String?
    }

    /// The items side by side, so that as many as possible that are alike stand beside each other.
    static func pairs(_ expected: [TapeItem], _ happened: [TapeItem]) -> [Pair] {
        var pairs: [Pair] = []
        /// Differing items between two that are alike.
        var missing: [String] = []
        var extra: [String] = []
        func flush() {
            for index in 0..<max(missing.count, extra.count) {
                let left = index < missing.count ? missing[index] : nil
                let right = index < extra.count ? extra[index] : nil
                let mark: Character = left == nil ? "+" : right == nil ? "-" : "≠"
                pairs.append(Pair(mark: mark, expected: left, happened: right))
            }
            missing = []
            extra = []
        }
        let common = longestCommon(expected, happened)
        var (i, j) = (0, 0)
        while i < expected.count || j < happened.count {
            if i < expected.count, j < happened.count, expected[i] == happened[j] {
                flush()
                pairs.append(Pair(mark: " ", expected: expected[i].text, happened: happened[j].text))
                (i, j) = (i + 1, j + 1)
            } else if j == happened.count || i < expected.count && common[i + 1][j] >= common[i][j + 1] {
                missing.append(expected[i].text)
                i += 1
            } else {
                extra.append(happened[j].text)
                j += 1
            }
        }
        flush()
        return pairs.isEmpty ? [Pair(mark: " ")] : pairs
    }

    /// For every pair of beginnings left out, how many items the rests have in common, in order.
    private static func longestCommon(_ a: [TapeItem], _ b: [TapeItem]) -> [[Int]] {
        var table = Array(repeating: Array(repeating: 0, count: b.count + 1), count: a.count + 1)
        for i in a.indices.reversed() {
            for j in b.indices.reversed() {
                table[i][j] = a[i] == b[j] ? table[i + 1][j + 1] + 1 : max(table[i + 1][j], table[i][j + 1])
            }
        }
        return table
    }
}
