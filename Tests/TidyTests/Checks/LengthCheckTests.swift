import Testing

struct LengthCheckTests {
    private func findings(_ text: String, path: String = "Sources/A/A.swift") -> [Finding] {
        LengthCheck.findings(SourceFile(path, text))
    }

    private func body(_ head: String, lines: Int) -> String {
        head + " {\n" + String(repeating: "    f()\n", count: lines - 2) + "}\n"
    }

    @Test(arguments: [
        "func f()", "init?(a: Int = { 1 }())", "subscript(index: Int) -> Int", "deinit", "var a: [Int]",
        "func f<T>(_ a: T)\n    async throws(E) -> Int where T: A,\n        T: B\n",
        "static func == (a: A, b: A) -> Bool",
    ])
    func `functions of more than seventy lines are told`(head: String) {
        let extra = head.split(separator: "\n").count - 1 + (head.hasSuffix("\n") ? 1 : 0)
        let inside = "struct A {\n"
        #expect(findings(inside + body(head, lines: 70 - extra) + "}\n").isEmpty)
        let found = findings(inside + body(head, lines: 71 - extra) + "}\n")
        #expect(
            found == [
                Finding("Sources/A/A.swift", 2, "a function of 71 lines, at most 70: name a part of it")
            ])
        #expect(findings(body(head, lines: 71), path: "Tests/ATests/ATests.swift").isEmpty)
    }

    @Test(arguments: [
        "protocol P {\n    func f() throws -> Int\n    init()\n", "enum A {\n    var a = 1\n", "struct A {\n",
    ])
    func `types are no functions, and requirements have no bodies`(head: String) {
        #expect(findings(head + body("    struct B", lines: 100) + "}\n").isEmpty)
    }

    @Test func `files of more than five hundred lines are told`() {
        #expect(findings(String(repeating: "f()\n", count: 500)).isEmpty)
        #expect(findings(String(repeating: "f()\n", count: 501)).map(\.line) == [501])
    }

    @Test func `lines of more than 120 characters are told`() {
        let long = "// " + String(repeating: "é", count: 118)
        #expect(findings(String(long.dropLast())).isEmpty)
        #expect(findings("\n" + long).map(\.line) == [2])
        #expect(findings(long + " https://example.org").isEmpty)
        #expect(findings(long, path: "Makefile").isEmpty)
    }

    @Test func `a recorded frame in the literal of a test may be long`() {
        let text = "let a = \"\"\"\n" + String(repeating: "x", count: 300) + "\n\"\"\"\n"
        #expect(findings(text, path: "Tests/ATests/ATests.swift").isEmpty)
        #expect(findings(text).map(\.line) == [2])
    }

    @Test func `the files of this repository are short enough`() throws {
        let files = try Repository.here().swiftFiles
        try #require(!files.isEmpty)
        report(files.flatMap(LengthCheck.findings))
    }
}
