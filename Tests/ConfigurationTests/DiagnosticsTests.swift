import Testing

@testable import Configuration

struct DiagnosticsTests {
    private func diagnostic(_ severity: Diagnostic.Severity, _ line: Int) -> Diagnostic {
        Diagnostic(severity, at: Mark(file: "x.yaml", line: line, column: 1), "m\(line)")
    }

    @Test func `what is beyond the limit is counted and left out`() {
        let diagnostics = Diagnostics()
        for line in 1...(Diagnostics.countMax + 7) { diagnostics.record(diagnostic(.error, line)) }
        #expect(diagnostics.recorded.count == Diagnostics.countMax)
        #expect(diagnostics.leftOut == 7)
        #expect(diagnostics.rendered(showingLines: true).hasSuffix("x.yaml:100:1: m100\n… and 7 more"))
    }

    @Test func `an error takes the place of a warning, never the other way round`() {
        let diagnostics = Diagnostics()
        for line in 1...Diagnostics.countMax { diagnostics.record(diagnostic(.warning, line)) }
        #expect(!diagnostics.hasErrors)
        #expect(diagnostics.isFull(for: .warning))
        #expect(!diagnostics.isFull(for: .error))
        diagnostics.record(diagnostic(.error, 500))
        diagnostics.record(diagnostic(.warning, 501))
        #expect(diagnostics.hasErrors)
        #expect(diagnostics.recorded.last?.description == "x.yaml:500:1: m500")
        #expect(diagnostics.recorded.count == Diagnostics.countMax)
        #expect(diagnostics.leftOut == 2)
    }

    @Test func `a file of unknown keys stays a bounded report`() {
        let text = (0..<20_000).map { "key\($0): 1\n" }.joined()
        let faults = Sample.faults(text)
        #expect(faults.count == Diagnostics.countMax)
        #expect(faults.last == "x.yaml:100:1: unknown key 'key99' at the top level")
    }

    @Test func `a long line is shown around the place`() throws {
        let text = String(repeating: "a", count: 300) + "\tX" + String(repeating: "b", count: 300)
        let source = SourceText(file: "x.yaml", bytes: Array(text.utf8))
        let excerpt = try #require(Excerpt(of: source, at: Mark(file: "x.yaml", line: 1, column: 302)))
        let shown = Array(excerpt.lines[0])
        let caret = try #require(Array(excerpt.lines[1]).firstIndex(of: "^"))
        #expect(shown[caret] == "X")
        #expect(shown[caret - 1] == " ")
        #expect(shown.count == 8 + Excerpt.columnsMax + 2)
    }

    @Test(arguments: [(1, 1), (1, 5), (1, 6), (2, 1), (3, 1), (4, 1), (9, 9), (0, 0)])
    func `an excerpt exists where there is text`(line: Int, column: Int) {
        let source = SourceText(file: "x.yaml", bytes: Array("name:\r\n\nx".utf8))
        let excerpt = Excerpt(of: source, at: Mark(file: "x.yaml", line: line, column: column))
        let caret = excerpt.map { Array($0.lines[1]).count - 8 }
        switch line {
        case 1: #expect(caret == min(column, 6))
        case 3: #expect(caret == 1)
        default: #expect(caret == nil)
        }
    }

    @Test func `nothing invisible reaches the terminal`() {
        #expect(
            Quoted("a\u{1B}[2J\n\t\u{202E}\u{A0}é€😀").description == "'a\\u{1B}[2J\\n\\t\\u{202E}\\u{A0}é€😀'")
        #expect(
            Quoted(String(repeating: "x", count: 41)).description == "'\(String(repeating: "x", count: 40))…'"
        )
        #expect(
            Quoted(String(repeating: "x", count: 40)).description == "'\(String(repeating: "x", count: 40))'")
    }
}
