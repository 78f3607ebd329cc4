/// Decisions do not walk dictionaries or sets: their order differs from process to process.
///
/// As text only names are known: a name counts as unordered when this file declares it as a dictionary or
/// a set. A walk passes when the statement sorts, or when a comment says why the order cannot matter.
enum UnorderedIterationCheck {
    static func findings(_ file: SourceFile) -> [Finding] {
        let names = DeclaredNames(file)
        let walks = loops(file) + copies(file) + chains(file)
        let faults = walks.filter { walk in
            let text = String(decoding: file.code[walk.range], as: UTF8.self)
            return !text.contains("sorted") && names.isUnordered(text)
        }
        var lines: Set<Int> = []
        return faults.sorted { $0.start < $1.start }.compactMap { walk in
            guard lines.insert(file.line(at: walk.start)).inserted else { return nil }
            let message = "walks a dictionary or a set in an order that differs per process: sort it first"
            return EffectsCheck.unexcused(walk.start, message, file)
        }
    }

    /// An expression that is walked: where it is reported, and its text up to the end of its statement.
    private struct Walk {
        let start: Int
        let range: Range<Int>
    }

    /// `for x in expression {`.
    private static func loops(_ file: SourceFile) -> [Walk] {
        file.codeOffsets(of: "for").compactMap { offset in
            guard let brace = file.code.outermost(UInt8(ascii: "{"), from: offset) else { return nil }
            let header = String(decoding: file.code[offset..<brace], as: UTF8.self)
            guard let word = header.firstRange(of: " in ") else { return nil }
            let start = offset + header[..<word.upperBound].utf8.count
            return Walk(start: offset, range: start..<max(start, brace))
        }
    }

    /// `Array(expression)` with what follows in its statement.
    private static func copies(_ file: SourceFile) -> [Walk] {
        file.codeOffsets(of: "Array(").map { offset in
            let start = offset + 6
            let text = start..<file.code.closing(of: start - 1)
            let rest = text.upperBound..<endOfStatement(from: text.upperBound, file.code)
            let isSorted = String(decoding: file.code[rest], as: UTF8.self).contains("sorted")
            return Walk(start: offset, range: isSorted ? start..<start : text)
        }
    }

    /// `expression.map { … }` and the other walks by closure.
    private static func chains(_ file: SourceFile) -> [Walk] {
        let walkers = [".forEach", ".map", ".compactMap", ".flatMap", ".enumerated", ".first", ".popFirst"]
        return walkers.flatMap { walker in
            file.codeOffsets(of: walker).compactMap { offset in
                let start = startOfChain(endingBefore: offset, file.code)
                let end = endOfStatement(from: offset, file.code)
                let isSorted = String(decoding: file.code[start..<end], as: UTF8.self).contains("sorted")
                return isSorted ? nil : Walk(start: start, range: start..<offset)
            }
        }
    }

    /// The beginning of `a.b.c` that ends before `offset`, over line breaks before a dot.
    private static func startOfChain(endingBefore offset: Int, _ code: [UInt8]) -> Int {
        var start = offset
        while let before = code.lastSolid(before: start),
            code[before].isWordByte || code[before] == UInt8(ascii: ".")
        {
            let joins = before == start - 1 || code[start] == UInt8(ascii: ".")
            guard joins else { break }
            start = before
        }
        return start
    }

    /// Where the statement around `offset` ends: at a line break that no `.` follows, or when its bracket closes.
    private static func endOfStatement(from offset: Int, _ code: [UInt8]) -> Int {
        var at = offset
        while at < code.count {
            if code[at].isClosing, at > offset { return at }
            if code[at].isNewline {
                let next = code.skippingSpace(from: at)
                guard next < code.count, code[next] == UInt8(ascii: ".") else { return at }
                at = next
            } else {
                at = code[at].isOpening ? code.closing(of: at) + 1 : at + 1
            }
        }
        return code.count
    }
}
