import Scaffold
import Testing

struct PackageScaffoldTests {
    private func package(_ origin: String) throws -> PackageScaffold {
        try PackageScaffold(
            try ScaffoldName("my-bots"), strategy: try ScaffoldName("first"),
            origin: PackageScaffold.Origin(origin))
    }

    private func text(_ path: String, _ package: PackageScaffold) -> String {
        package.plan.files.first { $0.path == path }?.text ?? ""
    }

    @Test func `a package has a strategy, a tool, and what is around them`() throws {
        let plan = try package("/checkout/martlet").plan
        #expect(plan.changes.isEmpty)
        #expect(
            plan.files.map(\.path).sorted() == [
                ".gitignore", "Makefile", "Package.swift", "README.md", "Sources/MyBots/main.swift",
                "Strategies/First/First+Parameters.swift", "Strategies/First/First.swift",
                "Strategies/First/Run/main.swift", "Tests/StrategiesTests/First/FirstTests.swift",
                "configs/first.yaml",
            ])
    }

    @Test(arguments: [
        (
            "/checkout/martlet", ".package(name: \"Martlet\", path: \"/checkout/martlet\")", "Martlet"
        ),
        (
            "https://example.org/birds/Martlet.git",
            ".package(url: \"https://example.org/birds/Martlet.git\", branch: \"main\")", "Martlet"
        ),
        (
            "git@example.org:swift-bots", ".package(url: \"git@example.org:swift-bots\", branch: \"main\")",
            "swift-bots"
        ),
    ])
    func `the manifest finds Martlet by path or address`(origin: String, call: String, name: String) throws {
        let manifest = text("Package.swift", try package(origin))
        #expect(manifest.contains("        \(call)\n"))
        #expect(manifest.contains(".product(name: \"MartletKit\", package: \"\(name)\")"))
    }

    @Test func `a new strategy finds its lists in a new package`() throws {
        let package = try package("/checkout/martlet")
        let manifest = text("Package.swift", package)
        let tool = text("Sources/MyBots/main.swift", package)
        #expect(StrategyScaffold.isManifest(manifest))
        #expect(StrategyScaffold.isTool(tool))
        let plan = try StrategyScaffold(
            try ScaffoldName("dip-buyer"), PackageStyle(manifest: manifest)
        )
        .plan(manifest: manifest, tool: ("Sources/MyBots/main.swift", tool))
        #expect(
            plan.changes[0].after.contains(
                "    strategy(\"DipBuyer\", executable: \"dip-buyer\"),\n    strategy(\"First\","))
        #expect(
            plan.changes[1].after.contains(
                "        StrategyBinding(DipBuyer.self),\n        StrategyBinding(First.self),\n    ])"))
        #expect(plan.changes[1].after.contains("import DipBuyerModule\nimport FirstModule\n"))
    }

    @Test func `what cannot be is refused with the reason`() throws {
        #expect(throws: ScaffoldError("the package and its bot would both be called 'first'")) {
            try PackageScaffold(
                try ScaffoldName("first"), strategy: try ScaffoldName("first"), origin: .path("/x"))
        }
        #expect(throws: ScaffoldError("'tests' is a name of Martlet's own: choose another one")) {
            try PackageScaffold(
                try ScaffoldName("tests"), strategy: try ScaffoldName("first"), origin: .path("/x"))
        }
        #expect(throws: ScaffoldError("'/a\"b' cannot stand in a Package.swift")) { try package("/a\"b") }
    }
}
