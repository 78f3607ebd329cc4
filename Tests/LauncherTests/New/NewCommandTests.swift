import Glibc
import TestSupport
import Testing

@Suite struct NewCommandTests {
    private let scratch = ScratchFolder()

    private static let manifest = #"""
        func strategy(_ name: String, executable: String) { target(name: "\(name)Strategy") }

        let strategies = [
            strategy("Grid", executable: "grid-bot"),
            strategy("Twap", executable: "twap-bot"),
        ]

        """#

    private static let tool = """
        import GridStrategy
        import Launcher
        import TwapStrategy

        Program.main("bots", [
            StrategyBinding(Grid.self),
            StrategyBinding(Twap.self),
        ])

        """

    /// A package as far as `new strategy` looks at it.
    private func makePackage() {
        for folder in ["Sources", "Sources/Bots", "Strategies", "Strategies/Grid"] {
            mkdir(scratch.file(folder), 0o755)
        }
        _ = scratch.write(Self.manifest, "Package.swift")
        _ = scratch.write(Self.tool, "Sources/Bots/main.swift")
    }

    private func run(_ words: String, in folder: String = ".") -> Saying {
        Saying(["-c", "cd \(folder) && exec \(BuiltPrograms.martlet) \(words)"], program: "sh", in: scratch)
    }

    private func text(_ path: String) -> String {
        String(decoding: ScratchFolder.read(scratch.file(path)), as: UTF8.self)
    }

    /// Every file of the package with its text, and every folder.
    private func tree(_ folder: String = "") -> [String] {
        ScratchFolder.names(in: scratch.file(folder)).flatMap { name -> [String] in
            let path = folder.isEmpty ? name : "\(folder)/\(name)"
            if name.hasPrefix("child-") { return [] }
            return ["\(path): \(text(path))"] + tree(path)
        }
    }

    @Test func `a strategy is made from any folder of the package, and listed`() {
        makePackage()
        let saying = run("new strategy dipBuyer", in: "Strategies/Grid")
        #expect(saying.ending == .exit(0))
        #expect(saying.errors == "")
        for path in [
            "Strategies/DipBuyer/DipBuyer.swift", "Strategies/DipBuyer/DipBuyer+Parameters.swift",
            "Strategies/DipBuyer/Run/main.swift", "configs/dip-buyer.yaml",
            "Tests/StrategiesTests/DipBuyer/DipBuyerTests.swift",
        ] {
            #expect(saying.output.contains("\n  \(path)\n"))
            #expect(ScratchFolder.size(scratch.file(path)) > 0)
        }
        #expect(saying.output.contains("\n  Package.swift (one more strategy)\n"))
        #expect(
            text("Package.swift").contains(
                "[\n    strategy(\"DipBuyer\", executable: \"dip-buyer-bot\"),\n    strategy(\"Grid\""))
        #expect(text("Sources/Bots/main.swift").hasPrefix("import DipBuyerStrategy\nimport GridStrategy\n"))
        #expect(
            saying.outputLines.suffix(3) == [
                "  swift run dip-buyer-bot", "  swift test --disable-xctest --filter DipBuyerTests",
                "  swift run -c release dip-buyer-bot configs/dip-buyer.yaml",
            ])
    }

    @Test func `a configuration that was made is good`() {
        makePackage()
        #expect(run("new strategy ema-cross").ending == .exit(0))
        // The name is that of a strategy that the tool knows, with other parameters.
        let saying = run("check configs/ema-cross.yaml")
        #expect(saying.ending == .exit(65))
        #expect(saying.errors.contains("unknown key 'discount' in 'strategies[0].parameters'"))
        #expect(!saying.errors.contains("configs/ema-cross.yaml:1:"))
    }

    @Test(arguments: [
        "configs/dip-buyer.yaml", "Strategies/DipBuyer/Run/main.swift",
        "Tests/StrategiesTests/DipBuyer/DipBuyerTests.swift",
    ])
    func `what is there is never overwritten, and then nothing is made`(path: String) {
        makePackage()
        var folder = ""
        for part in path.split(separator: "/").dropLast() {
            folder += (folder.isEmpty ? "" : "/") + part
            mkdir(scratch.file(folder), 0o755)
        }
        _ = scratch.write("mine", path)
        let before = tree()
        let saying = run("new strategy dip-buyer")
        #expect(saying.ending == .exit(65))
        #expect(saying.errors.hasPrefix("martlet: \(path) is there already: nothing was made;"))
        #expect(tree() == before)
    }

    @Test func `a write that fails leaves everything as it was`() {
        makePackage()
        // A file where a folder is needed, which is met when four files are written.
        _ = scratch.write("mine", "Tests")
        let before = tree()
        let saying = run("new strategy dip-buyer")
        #expect(saying.ending == .exit(74))
        #expect(saying.errors.contains("Not a directory"))
        #expect(tree() == before)
    }

    @Test(arguments: [
        ("new strategy grid", 65, "Package.swift has a strategy 'Grid' already"),
        (
            "new strategy Market", 64,
            "'Market' is a type that strategies use: choose another name, such as my-market"
        ),
        ("new strategy a/b", 64, "'a/b' has a '/' in it: write a name, not a path, such as dip-buyer"),
        ("new strategy a b", 64, "one name at a time: 'b' is one too many"),
        ("new strategy", 64, "which name? 'martlet new strategy NAME'"),
        ("new strategy a --martlet .", 64, "--martlet goes with 'new package'"),
        ("new", 64, "a new what? 'martlet new strategy NAME' or 'new package NAME'"),
        ("new strateg", 64, "there is no command 'new strateg'; did you mean 'new strategy'?"),
        ("new package Strategies", 64, "'strategies' is a name of Martlet's own: choose another one"),
        ("new package a --martlet nowhere", 64, "--martlet nowhere: there is no such folder"),
        ("new package a --martlet Sources", 64, "--martlet Sources: that is no checkout of Martlet"),
    ])
    func `what cannot be made is told with its reason, and nothing is made`(
        words: String, code: Int32, message: String
    ) {
        makePackage()
        let before = tree()
        let saying = run(words)
        #expect(saying.ending == .exit(code))
        #expect(saying.errors.hasPrefix("martlet: \(message)\n"), "\(saying.errors)")
        #expect(tree() == before)
    }

    @Test func `outside of a package with strategies it says where to go`() {
        let lost = run("new strategy a")
        #expect(lost.ending == .exit(65))
        #expect(lost.errors.contains(" is in no package; go to one with strategies, or make one with "))
        _ = scratch.write("let package = Package()\n", "Package.swift")
        let other = run("new strategy a")
        #expect(other.ending == .exit(65))
        #expect(
            other.errors.contains("/Package.swift has no list of strategies; 'new package NAME' makes one"))
    }

    @Test func `a package is made beside what is there, in a folder of its own`() {
        let saying = run("new package my_bots --strategy dip-buyer")
        #expect(saying.ending == .exit(0))
        let manifest = text("my-bots/Package.swift")
        #expect(manifest.contains(".package(name: \"Martlet\", path: \"\(Checkout.path)\")"))
        #expect(manifest.contains("    strategy(\"DipBuyer\", executable: \"dip-buyer\")\n"))
        #expect(
            saying.outputLines.suffix(3) == [
                "  cd my-bots", "  swift run -c release dip-buyer", "  swift test --disable-xctest",
            ])
        let before = tree()
        let again = run("new package MyBots")
        #expect(again.ending == .exit(65))
        #expect(again.errors.contains("/my-bots is there already: nothing was made; choose another name\n"))
        #expect(tree() == before)
    }

    @Test func `a package can depend on an address`() {
        let saying = run("new package far --martlet https://example.org/birds/martlet.git")
        #expect(saying.ending == .exit(0))
        #expect(
            text("far/Package.swift").contains(
                ".package(url: \"https://example.org/birds/martlet.git\", branch: \"main\")"))
    }
}
