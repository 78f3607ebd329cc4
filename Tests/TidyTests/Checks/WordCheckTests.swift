import Testing

struct WordCheckTests {
    @Test(arguments: WordCheck.unfinished)
    func `marks of unfinished work are told everywhere`(word: String) {
        for path in ["Sources/A/A.swift", "Tests/ATests/ATests.swift", "docs/a.md", "Makefile"] {
            let found = WordCheck.findings(SourceFile(path, "a\n// \(word) more\n"))
            #expect(found.map(\.path).contains(path))
            #expect(found.allSatisfy { $0.line == 2 })
        }
        #expect(WordCheck.findings(SourceFile("docs/a.md", "a\(word)s\n")).isEmpty)
    }

    @Test(arguments: WordCheck.crashing.map(\.0))
    func `crashing expressions are told outside the tests`(phrase: String) {
        let text = "let a = \(phrase) b\n"
        #expect(WordCheck.findings(SourceFile("Sources/A/A.swift", text)).count == 1)
        #expect(WordCheck.findings(SourceFile("Tests/ATests/ATests.swift", text)).isEmpty)
        #expect(WordCheck.findings(SourceFile("Sources/A/A.swift", "// \(text)")).isEmpty)
    }

    @Test func `this repository has neither`() throws {
        let files = try Repository.here().files
        try #require(!files.isEmpty)
        report(files.flatMap(WordCheck.findings))
    }
}
