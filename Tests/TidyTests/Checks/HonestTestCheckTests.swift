import Testing

struct HonestTestCheckTests {
    private func lines(_ text: String, path: String = "Tests/ATests/ATests.swift") -> [Int] {
        HonestTestCheck.findings(SourceFile(path, text)).map(\.line)
    }

    private let honest = "@Test func a() { #expect(b == 1) }\n"

    @Test func `a test file without an expectation is told`() {
        #expect(lines("import Testing\n@Test func a() { b() }  // #expect(b)\n") == [2])
        #expect(lines("struct ATests {}\n") == [1])
        #expect(lines("#expect(true)\n") == [1])
    }

    @Test(arguments: [
        "@Test(.disabled())", "@Test(.enabled(if: a))", "@Test(.disabled(if: a == \"b\"))",
        "@Test(.disabled(\" \"))",
        "withKnownIssue() { a() }", "@Suite(.enabled(if: f(a, \"b\")))",
    ])
    func `a test that may not run without a reason is told`(line: String) {
        #expect(lines(honest + line + " func c() {}\n") == [2])
    }

    @Test(arguments: [
        "@Test(.disabled(\"the venue is down\"))",
        "@Test(.enabled(if: Data.exists, \"needs the recordings\"))",
        "withKnownIssue(\"flaky peer\") { a() }",
        "@Test(\n    .enabled(\n        if: f(a, b),\n        \"needs both\"))",
    ])
    func `a reason lets it pass`(line: String) {
        #expect(lines(honest + line + " func c() {}\n").isEmpty)
    }

    @Test func `files that support tests need no expectation`() {
        #expect(lines("struct Tape {}\n", path: "Tests/ATests/Tape.swift").isEmpty)
        #expect(lines("struct ATests {}\n", path: "Sources/A/ATests.swift").isEmpty)
    }

    @Test func `the tests of this repository can fail`() throws {
        let files = try Repository.here().swiftFiles.filter(\.isTest)
        try #require(!files.isEmpty)
        report(files.flatMap(HonestTestCheck.findings))
    }
}
