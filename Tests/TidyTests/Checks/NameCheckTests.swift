import Testing

struct NameCheckTests {
    @Test(arguments: [
        "Sources/A/Utils.swift", "Sources/A/OrderUtils+Text.swift", "Sources/Common/A.swift",
        "Tests/ATests/helpers.py",
        "Sources/A/BookHelper.swift", "docs/misc.md",
    ])
    func `names without a subject are told`(path: String) {
        let found = NameCheck.findings(path: path)
        #expect(found.count == 1)
        #expect(found.first?.path == path)
    }

    @Test(arguments: [
        "Sources/A/Utilization.swift", "Sources/A/Commons.swift", "Sources/A/OrderBook+Text.swift",
        "Makefile",
    ])
    func `names with a subject pass`(path: String) {
        #expect(NameCheck.findings(path: path).isEmpty)
    }

    @Test func `every file of this repository is named for its subject`() throws {
        let paths = try Repository.here().paths
        try #require(!paths.isEmpty)
        report(paths.flatMap(NameCheck.findings))
    }
}
