import TestSupport

/// The blocks of a walk-through in a page: what is typed, what is answered, what is edited.
struct WalkThrough {
    enum Step: Equatable {
        /// A command, and the lines that the page shows of what it says.
        case command(String, shown: [String])
        /// The lines of a diff of one or more files.
        case edit([String])
    }

    private(set) var steps: [Step] = []

    /// Reads the section of a page under a heading: blocks of `console` and `diff`.
    init(page: String, heading: String) {
        let lines = page.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var isInside = false
        var language: String?
        for line in lines {
            if let open = language {
                if line == "```" { language = nil } else { take(line, open) }
            } else if line.hasPrefix("```") {
                guard isInside else {
                    language = "other"
                    continue
                }
                language = String(line.dropFirst(3))
                if language == "diff" { steps.append(.edit([])) }
            } else if line.hasPrefix("## ") {
                isInside = line.hasPrefix("## \(heading)")
            }
        }
    }

    private mutating func take(_ line: String, _ language: String) {
        switch (language, steps.last) {
        case ("console", _) where line.hasPrefix("$ "):
            steps.append(.command(String(line.dropFirst(2)), shown: []))
        case ("console", .command(let command, let shown)) where line != "...":
            steps[steps.count - 1] = .command(command, shown: shown + [line])
        case ("diff", .edit(let before)): steps[steps.count - 1] = .edit(before + [line])
        case (_, _): break
        }
    }

    /// Carries out a diff in a folder; the numbers of its hunks do not count, each has to fit at one place.
    ///
    /// - Returns: what did not fit.
    static func apply(_ diff: [String], in folder: String) -> [String] {
        var failures: [String] = []
        var path = ""
        var old: [String] = []
        var new: [String] = []
        func finish() {
            guard !old.isEmpty else { return }
            let lines = ScratchFolder.text(path).split(separator: "\n", omittingEmptySubsequences: false)
            let text = lines.map(String.init)
            let starts = text.indices.filter { text[$0...].starts(with: old) }
            if starts.count == 1 {
                let edited = text[..<starts[0]] + new + text[(starts[0] + old.count)...]
                ScratchFolder.write(Array(edited.joined(separator: "\n").utf8), path)
            } else {
                failures.append("\(path): \(starts.count) places for\n\(old.joined(separator: "\n"))")
            }
            (old, new) = ([], [])
        }
        for line in diff {
            let rest = String(line.dropFirst())
            if line.hasPrefix("+++ b/") {
                finish()
                path = "\(folder)/\(line.dropFirst(6))"
            } else if line.hasPrefix("@@") || line.hasPrefix("--- ") {
                finish()
            } else if line.hasPrefix("-") {
                old.append(rest)
            } else if line.hasPrefix("+") {
                new.append(rest)
            } else {
                old.append(rest)
                new.append(rest)
            }
        }
        finish()
        return failures
    }
}
