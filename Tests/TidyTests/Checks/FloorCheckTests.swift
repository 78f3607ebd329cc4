import Testing

struct FloorCheckTests {
    private func findings(_ manifest: String, _ sources: [String: String]) -> [String] {
        let functions = "func room() {}; func strategy() {}; func tests() {}; func testRoom() {}\n"
        let files = sources.keys.sorted().map { SourceFile($0, sources[$0] ?? "") }
        let package = Manifest(SourceFile("Package.swift", functions + manifest))
        return FloorCheck.findings(package, files, paths: files.map(\.path)).map(\.description)
    }

    private let low = "// Floor 1: words\nroom(\"Words\")\n"
    private let lowFile = ["Sources/Words/Word.swift": "struct Word {}\n"]

    @Test func `imports of lower floors and of the system pass`() {
        let found = findings(
            low
                + "// Floor 2: domain\nroom(\"Model\", [\"Words\"])\n// Tests\ntests(\"ModelTests\", [\"Model\"])\n",
            lowFile.merging([
                "Sources/Model/A.swift": "import Foundation\npublic import Words\nimport struct Words.Word\n",
                "Tests/ModelTests/ATests.swift": "import Testing\n@testable import Model\n",
            ]) { $1 })
        #expect(found.isEmpty)
    }

    @Test func `an import upward is told with its place`() {
        let found = findings(
            low + "// Floor 2: domain\nroom(\"Model\", [\"Words\"])\n",
            ["Sources/Words/Word.swift": "\nimport Model\n", "Sources/Model/A.swift": ""])
        #expect(
            found == [
                "Sources/Words/Word.swift:2: Words (floor 1) uses Model (floor 2); only lower floors are open: "
                    + "move the shared part down or let a higher floor join them"
            ])
    }

    @Test func `a dependency within one floor is told`() {
        let found = findings(
            low + "room(\"Bytes\", [\"Words\"])\n", lowFile.merging(["Sources/Bytes/B.swift": ""]) { $1 })
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("Package.swift:4: Bytes (floor 1) uses Words (floor 1)") == true)
    }

    @Test func `a module that nobody declared is told`() {
        let found = findings(low, ["Sources/Words/Word.swift": "import Wrods\n"])
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("Sources/Words/Word.swift:1: Wrods is no target of the house") == true)
    }

    @Test func `an import that the manifest does not list is told`() {
        let found = findings(
            low + "// Floor 2: domain\nroom(\"Model\")\n",
            lowFile.merging(["Sources/Model/A.swift": "import Words"]) { $1 })
        #expect(
            found == [
                "Sources/Model/A.swift:1: Model imports Words without listing it; add it in Package.swift"
            ])
    }

    @Test func `folders and targets answer each other`() {
        let found = findings(low, ["Sources/Other/A.swift": "", "Sources/CSystem/CNew/shim.h": ""])
        #expect(
            found == [
                "Package.swift:3: target Words has no folder with files; add it or drop it",
                "Sources/CSystem/CNew/shim.h:1: no target of Package.swift owns Sources/CSystem/CNew; "
                    + "list it there or remove it",
                "Sources/Other/A.swift:1: no target of Package.swift owns Sources/Other; list it there or remove it",
            ])
    }

    @Test func `an executable may join the libraries of its floor, a strategy sees the promised rooms only`()
    {
        let manifest =
            "// Floor 3: contracts\nroom(\"StrategyKit\")\nroom(\"VenueKit\")\n"
            + "// Floor 7: entrances\nroom(\"Launcher\", [\"StrategyKit\"])\n"
            + "strategy(\"Grid\", executable: \"grid-bot\")\n"
        let files = [
            "Sources/StrategyKit/A.swift": "", "Sources/VenueKit/A.swift": "", "Sources/Launcher/A.swift": "",
            "Strategies/Grid/Grid.swift": "import StrategyKit\n",
            "Strategies/Grid/Run/main.swift": "import GridStrategy\nimport Launcher\n",
        ]
        #expect(findings(manifest, files).isEmpty)

        let bad = files.merging(["Strategies/Grid/Grid.swift": "import VenueKit\n"]) { $1 }
        #expect(
            findings(manifest, bad) == [
                "Strategies/Grid/Grid.swift:1: the strategy GridStrategy uses VenueKit; "
                    + "strategies see only Indicators, MarketModel, Quantities, StrategyKit"
            ])
    }

    @Test func `what tests share serves tests, and no floor`() {
        let manifest =
            "// Floor 1: words\nroom(\"Words\")\n// Tests\ntestRoom(\"Shared\", [\"Words\"])\n"
            + "tests(\"WordsTests\", [\"Shared\", \"Words\"])\n"
        let files = [
            "Sources/Words/Word.swift": "", "Tests/Shared/A.swift": "import Words\n",
            "Tests/WordsTests/A.swift": "import Shared\nimport Words\n",
        ]
        #expect(findings(manifest, files) == [])
        let bad = files.merging(["Sources/Words/Word.swift": "import Shared\n"]) { $1 }
        #expect(
            findings(manifest, bad) == [
                "Sources/Words/Word.swift:1: Words uses Shared, which stands on no floor; "
                    + "move what it needs into a room"
            ])
    }

    @Test func `this repository keeps its floors`() throws {
        let repository = try Repository.here()
        try #require(repository.swiftFiles.count > 1)
        report(FloorCheck.findings(repository.manifest, repository.swiftFiles, paths: repository.paths))
    }
}
