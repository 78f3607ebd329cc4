/// Files, functions and lines stay short enough to be read at once.
enum LengthCheck {
    static let fileLinesMax = 500
    static let functionLinesMax = 70
    static let lineLengthMax = 120

    static func findings(_ file: SourceFile) -> [Finding] {
        guard file.isSwift else { return [] }
        var findings = lineFindings(file)
        if file.lineCount > fileLinesMax {
            let message =
                "\(file.lineCount) lines, at most \(fileLinesMax): move one subject into a file of its own"
            findings.append(Finding(file.path, fileLinesMax + 1, message))
        }
        if !file.isTest { findings += functionFindings(file) }
        return findings
    }

    /// Characters count, not bytes; a line with a link, or inside a literal of a test, may be longer.
    private static func lineFindings(_ file: SourceFile) -> [Finding] {
        (1...file.lineCount).compactMap { line in
            let range = file.range(ofLine: line)
            guard range.count > lineLengthMax else { return nil }
            let text = String(decoding: file.text[range], as: UTF8.self)
            let isLiteral = file.isTest && (file.code[range] + file.comments[range]).allSatisfy(\.isBlank)
            guard text.count > lineLengthMax, !text.contains("://"), !isLiteral else { return nil }
            return Finding(
                file.path, line, "\(text.count) characters, at most \(lineLengthMax): break the line")
        }
    }

    private static func functionFindings(_ file: SourceFile) -> [Finding] {
        file.functions.compactMap { function in
            let first = file.line(at: function.lowerBound)
            let lines = file.line(at: function.upperBound) - first + 1
            guard lines > functionLinesMax else { return nil }
            let message = "a function of \(lines) lines, at most \(functionLinesMax): name a part of it"
            return Finding(file.path, first, message)
        }
    }
}
