import Testing

struct MachinePathCheckTests {
    private func findings(_ text: String, path: String) -> [Finding] {
        MachinePathCheck.findings(SourceFile(path, text))
    }

    @Test(arguments: ["home", "root", "work", "tmp"])
    func `places on one machine are told`(folder: String) {
        for path in ["Sources/A/A.swift", "docs/a.md", "configs/a.yaml", ".ci/run"] {
            #expect(findings("a\nlet a = \"/\(folder)/a\"\n", path: path).map(\.line) == [2])
        }
    }

    @Test func `tests may use the temporary folder and the data beside the repository, no other places`() {
        let path = "Tests/ATests/ATests.swift"
        #expect(findings("/" + "tmp/a", path: path).isEmpty)
        #expect(findings("../" + "shared/data", path: path).isEmpty)
        #expect(findings("../" + "shared/data", path: "Sources/A/A.swift").count == 1)
        #expect(findings("/" + "root/a", path: path).count == 1)
    }

    @Test(arguments: [
        "https://example.org/home/a", "Sources/work/a", "./tmp/a", "/rooted/a", "~/" + "work/a",
    ])
    func `other paths pass`(text: String) {
        #expect(findings(text + "\n", path: "docs/a.md").isEmpty)
    }

    @Test func `this repository knows no machine`() throws {
        let files = try Repository.here().files
        try #require(!files.isEmpty)
        report(files.flatMap(MachinePathCheck.findings))
    }
}
