import Testing

struct ManifestTests {
    private let text = """
        func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
            .target(name: name, dependencies: dependencies)
        }
        func door(_ name: String, apt: String) -> Target { .systemLibrary(name: name, path: "Sources/\\(name)") }
        func strategy(_ name: String, executable: String) -> [Target] { [] }
        func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target { .testTarget(name: name) }
        let package = Package(
            name: "House",
            products: [.library(name: "Kit", targets: ["Kit"])],
            targets: [
                // Floor 0: doors
                door("CZlib", apt: "zlib1g-dev"),
                // Floor 1: words, with a remark
                room("Words", ["CZlib"]),
                // Floor 3: contracts
                // A remark that is no header.
                room(
                    "Kit",
                    ["Words", .target(name: "CZlib")]),
                // Floor 7: entrances
                .executableTarget(name: "tool", dependencies: ["Kit"], path: "Sources/Tool"),
                // Tests
                tests("KitTests", ["Kit"]),
            ] + strategy("Grid", executable: "grid-bot")
        )
        """

    @Test func `targets stand on the floor of the header above them`() {
        let manifest = Manifest(SourceFile("Package.swift", text))
        let floors = manifest.targets.map { "\($0.name) \($0.floor.map(String.init) ?? "-")" }
        #expect(
            floors == [
                "CZlib 0", "Words 1", "Kit 3", "tool 7", "KitTests -", "GridStrategy -", "GridBot -",
            ])
        #expect(manifest.findings.isEmpty)
    }

    @Test func `dependencies are the literals of the list, not targets of their own`() {
        let manifest = Manifest(SourceFile("Package.swift", text))
        #expect(manifest.targets.first { $0.name == "Kit" }?.dependencies == ["Words", "CZlib"])
        #expect(manifest.targets.filter { $0.name == "CZlib" }.count == 1)
    }

    @Test func `a strategy is a library and an executable`() {
        let manifest = Manifest(SourceFile("Package.swift", text))
        let run = manifest.targets.first { $0.name == "GridBot" }
        #expect(run?.isExecutable == true)
        #expect(run?.path == "Strategies/Grid/Run")
        #expect(run?.dependencies == ["GridStrategy"])
        let library = manifest.targets.first { $0.name == "GridStrategy" }
        #expect(library?.isStrategy == true)
        #expect(library?.path == "Strategies/Grid")
    }

    @Test func `a target under no header is reported with its line`() {
        let file = SourceFile("Package.swift", "func room(_ a: String) {}\nroom(\"Lost\")\n")
        #expect(
            Manifest(file).findings == [
                Finding(
                    "Package.swift", 2,
                    "target Lost stands on no floor; put it below a comment line '// Floor N: …'")
            ])
    }

    @Test func `the manifest of this repository is read`() throws {
        let manifest = try Repository.here().manifest
        #expect(manifest.targets.contains { $0.name == "Quantities" && $0.floor == 1 })
        #expect(manifest.targets.contains { $0.name == "TidyTests" && $0.isTest })
        report(manifest.findings)
    }
}
