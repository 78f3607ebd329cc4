import Testing

struct WhitespaceCheckTests {
    private func findings(_ text: String, path: String = "Sources/A/A.swift") -> [Finding] {
        WhitespaceCheck.findings(SourceFile(path, text))
    }

    @Test(arguments: [
        ("a\n\tb\n", 2), ("a\nb \nc\n", 2), ("a\nb", 2), ("a\n\n", 2), ("", 1), ("a\r\nb\n", 1),
    ])
    func `untidy space is told with its line`(text: String, line: Int) {
        #expect(findings(text).map(\.line) == [line])
    }

    @Test func `tidy text, tabs of a Makefile and recorded data pass`() {
        #expect(findings("a\n\n    b\n").isEmpty)
        #expect(findings("a:\n\tb\n", path: "Makefile").isEmpty)
        #expect(findings("{\"a\":\t1} ", path: "Tests/ATests/Frames/a.json").isEmpty)
    }

    @Test func `the files of this repository are tidy`() throws {
        let files = try Repository.here().files
        try #require(!files.isEmpty)
        report(files.flatMap(WhitespaceCheck.findings))
    }
}
