/// Written files have no tabs, no spaces at the end of a line, and one line break at their end.
enum WhitespaceCheck {
    /// Recorded data keeps its bytes as they came; these are written by hand.
    private static let extensions = ["swift", "md", "yaml", "yml", "h", "c", "modulemap", "sh", "py"]

    static func findings(_ file: SourceFile) -> [Finding] {
        guard applies(to: file) else { return [] }
        var findings: [Finding] = []
        for line in 1...file.lineCount {
            let bytes = file.text[file.range(ofLine: line)]
            if file.name != "Makefile", bytes.contains(UInt8(ascii: "\t")) {
                findings.append(Finding(file.path, line, "a tab: indent with four spaces"))
            }
            if bytes.last?.isBlank == true || bytes.last == UInt8(ascii: "\r") {
                findings.append(Finding(file.path, line, "space at the end of the line: remove it"))
            }
        }
        if file.text.last?.isNewline != true || file.text.dropLast().last?.isNewline == true {
            findings.append(Finding(file.path, file.lineCount, "end the file with one line break"))
        }
        return findings
    }

    private static func applies(to file: SourceFile) -> Bool {
        guard let dot = file.name.lastIndex(of: "."), dot > file.name.startIndex else { return true }
        return extensions.contains(String(file.name[file.name.index(after: dot)...]))
    }
}
