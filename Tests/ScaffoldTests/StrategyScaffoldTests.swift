import Scaffold
import Testing

struct StrategyScaffoldTests {
    private func scaffold(_ name: String) throws -> StrategyScaffold {
        try StrategyScaffold(try ScaffoldName(name), .house)
    }

    private let manifest = """
        let strategies = [
            strategy("EmaCross", executable: "ema-cross-bot"),
            strategy("MarketMaker", executable: "market-maker-bot"),
        ]

        """

    private let tool = """
        import EmaCrossStrategy
        import Launcher
        import MarketMakerStrategy
        import Runtime

        Program.main(
            "martlet",
            [
                StrategyBinding(EmaCross.self),
                StrategyBinding(MarketMaker.self),
            ])

        """

    private func changes(_ name: String) throws -> [String] {
        let plan = try scaffold(name).plan(manifest: manifest, tool: ("Sources/martlet/main.swift", tool))
        return plan.changes.map(\.after)
    }

    @Test func `a strategy is five files`() throws {
        #expect(
            try scaffold("dip-buyer").files.map(\.path) == [
                "Strategies/DipBuyer/DipBuyer.swift", "Strategies/DipBuyer/DipBuyer+Parameters.swift",
                "Strategies/DipBuyer/Run/main.swift", "configs/dip-buyer.yaml",
                "Tests/StrategiesTests/DipBuyer/DipBuyerTests.swift",
            ])
    }

    @Test(arguments: [
        ("dca", 1, 0), ("grid", 2, 1), ("twap", 3, 4),
    ])
    func `the lines are put where they belong`(name: String, entry: Int, module: Int) throws {
        let type = try ScaffoldName(name).type
        let after = try changes(name).map { $0.split(separator: "\n", omittingEmptySubsequences: false) }
        #expect(after[0][entry] == "    strategy(\"\(type)\", executable: \"\(name)-bot\"),")
        #expect(after[1][module] == "import \(type)Strategy")
        // One import more above them, and the head of the list.
        #expect(after[1][entry + 8] == "        StrategyBinding(\(type).self),")
        #expect(after[0].count == manifest.split(separator: "\n", omittingEmptySubsequences: false).count + 1)
        #expect(after[1].count == tool.split(separator: "\n", omittingEmptySubsequences: false).count + 2)
    }

    @Test(arguments: ["dca", "twap"])
    func `a list of one that becomes two has commas`(name: String) throws {
        let entry = "    strategy(\"Grid\", executable: \"grid-bot\")"
        let plan = try scaffold(name).plan(manifest: "let strategies = [\n\(entry)\n]\n", tool: nil)
        let type = try ScaffoldName(name).type
        let lines = [entry + ",", "    strategy(\"\(type)\", executable: \"\(name)-bot\"),"]
        let sorted = name == "dca" ? Array(lines.reversed()) : lines
        #expect(plan.changes[0].after == "let strategies = [\n\(sorted.joined(separator: "\n"))\n]\n")
    }

    @Test func `a strategy that is there already is refused`() {
        for name in ["ema-cross", "EmaCross", "MARKET_MAKER"] {
            #expect(throws: ScaffoldError.self) { try changes(name) }
        }
    }

    @Test func `a package without lists is told what it lacks`() throws {
        let name = "Package.swift has no list of strategies, with lines such as "
        #expect(throws: ScaffoldError(name + "'strategy(\"Grid\", executable: \"grid-bot\"),'")) {
            try scaffold("grid").plan(manifest: "let package = Package()\n", tool: nil)
        }
        #expect(
            throws: ScaffoldError(
                "main.swift has no list of strategies with one 'StrategyBinding(NAME.self),' per line")
        ) {
            try scaffold("grid").plan(
                manifest: manifest, tool: ("main.swift", "import Launcher\nf([StrategyBinding(A.self)])\n"))
        }
    }

    @Test func `Martlet and other packages call modules and bots differently`() throws {
        #expect(PackageStyle(manifest: #"name: "\(name)Strategy", dependencies: []"#) == .house)
        #expect(PackageStyle(manifest: #"name: "\(name)Module", dependencies: []"#) == .own)
        let name = try ScaffoldName("grid")
        let (house, own) = (try StrategyScaffold(name, .house), try StrategyScaffold(name, .own))
        #expect(house.module == "GridStrategy" && house.bot == "grid-bot")
        #expect(own.module == "GridModule" && own.bot == "grid")
        #expect(own.files.count { $0.text.contains("import GridModule\n") } == 2)
        #expect(!own.files.contains { $0.text.contains("GridStrategy") || $0.text.contains("grid-bot") })
    }

    @Test func `a bot is not called as something else is`() throws {
        let manifest = "    strategy(\"Dca\", executable: \"dca\"),\n    .executable(name: \"grid\")\n"
        #expect(
            throws: ScaffoldError(
                "Package.swift has something else that is called 'grid': choose another name")
        ) {
            try StrategyScaffold(try ScaffoldName("grid"), .own).plan(manifest: manifest, tool: nil)
        }
    }

    @Test func `the texts name the strategy and nothing else`() throws {
        for file in try scaffold("dip-buyer").files {
            #expect(file.text.contains("DipBuyer"), "\(file.path)")
            #expect(file.text.hasSuffix("\n") && !file.text.hasSuffix("\n\n"), "\(file.path)")
            #expect(!file.text.contains(" \n") && !file.text.contains("\t"), "\(file.path)")
            #expect(file.text.split(separator: "\n").allSatisfy { $0.count <= 118 }, "\(file.path)")
        }
    }
}
