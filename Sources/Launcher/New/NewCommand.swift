import Glibc
import Journal
import Scaffold

/// `new`: makes a strategy, or a package of one's own.
struct NewCommand {
    static let options: [Arguments.Option] = [
        .init(name: "martlet", value: "PATH|URL", help: "package: where Martlet is; this checkout if known"),
        .init(name: "strategy", value: "NAME", help: "package: the name of its first strategy; 'first'"),
        .init(name: "quiet", help: "only what went wrong"),
    ]

    @Sendable static func details(_ program: String) -> [String] {
        [
            "strategy NAME, anywhere in a package with strategies, makes",
            "  Strategies/Name/        a small strategy that is safe on paper, to be rewritten",
            "  Strategies/Name/Run/    the bot that runs it alone",
            "  configs/name.yaml       a configuration with every parameter explained",
            "  Tests/StrategiesTests/  a test",
            "and adds it to Package.swift and to the tool that knows all strategies.",
            "",
            "package NAME makes a folder NAME with a package that depends on Martlet: one strategy, its bot,",
            "a configuration, a test. 'swift build', 'swift test' and 'swift run' work there at once.",
            "",
            "dip-buyer, DipBuyer and dip_buyer are the same name. Nothing is ever overwritten; when anything",
            "is in the way, nothing is made.",
            "",
            "  \(program) new strategy dip-buyer",
            "  \(program) new package my-bots",
        ]
    }

    let program: Program
    let terminal: Terminal

    init(_ program: Program, _ terminal: Terminal) {
        self.program = program
        self.terminal = terminal
    }

    func perform(_ words: [String]) throws -> ExitCode {
        let arguments = try Arguments(words, options: Self.options)
        let names = Array(arguments.positional.dropFirst())
        switch arguments.positional.first {
        case "strategy":
            for option in ["martlet", "strategy"] where arguments.has(option) {
                throw UsageError("--\(option) goes with 'new package'")
            }
            try makeStrategy(try name(names, of: "strategy"))
        case "package": try makePackage(try name(names, of: "package"), arguments)
        case let word?:
            throw UsageError.unknownCommand("new \(word)", among: ["new strategy", "new package"])
        case nil: throw UsageError("a new what? '\(program.name) new strategy NAME' or 'new package NAME'")
        }
        return .success
    }

    private func name(_ names: [String], of kind: String) throws(UsageError) -> ScaffoldName {
        guard let text = names.first else {
            throw UsageError("which name? '\(program.name) new \(kind) NAME'")
        }
        guard names.count == 1 else { throw UsageError("one name at a time: '\(names[1])' is one too many") }
        return try usable { () throws(ScaffoldError) in try ScaffoldName(text) }
    }

    /// A name that cannot be is a mistake of the command line.
    private func usable<Value>(_ make: () throws(ScaffoldError) -> Value) throws(UsageError) -> Value {
        do throws(ScaffoldError) {
            return try make()
        } catch {
            throw UsageError(error.description)
        }
    }

    // MARK: - Strategies

    private func makeStrategy(_ name: ScaffoldName) throws {
        let package = try PackageFolder.around(try currentFolder())
        let strategy = try usable { () throws(ScaffoldError) in
            try StrategyScaffold(name, PackageStyle(manifest: package.manifest))
        }
        let plan = try strategy.plan(manifest: package.manifest, tool: try package.tool())
        var writer = PlanWriter(root: package.path)
        try writer.carryOut(plan)
        tell(plan, in: package.path)
        terminal.line("\nNext, in \(package.path):")
        terminal.line("  swift run \(strategy.bot)")
        terminal.line("  swift test --disable-xctest --filter \(name.type)Tests")
        terminal.line("  swift run -c release \(strategy.bot) \(strategy.configuration)")
    }

    // MARK: - Packages

    private func makePackage(_ name: ScaffoldName, _ arguments: Arguments) throws {
        let first = arguments.value("strategy") ?? "first"
        let origin = try origin(arguments.value("martlet"))
        let package = try usable { () throws(ScaffoldError) in
            try PackageScaffold(name, strategy: try ScaffoldName(first), origin: origin)
        }
        let folder = "\(try currentFolder())/\(name.dashed)"
        guard !TextFile.exists(folder) else {
            throw ScaffoldError("\(folder) is there already: nothing was made; choose another name")
        }
        var writer = PlanWriter(root: folder)
        try writer.carryOut(package.plan)
        tell(package.plan, in: folder)
        terminal.line("\nNext:")
        terminal.line("  cd \(name.dashed)")
        terminal.line("  swift run -c release \(package.strategy.bot)")
        terminal.line("  swift test --disable-xctest")
    }

    /// Where the package is to find Martlet: as it is told, or in the checkout that this program is of.
    private func origin(_ text: String?) throws -> PackageScaffold.Origin {
        guard let text else {
            guard let checkout = PackageFolder.ofThisProgram() else {
                throw UsageError(
                    "where is Martlet? 'new package NAME --martlet PATH' with a checkout, or its address")
            }
            return .path(checkout)
        }
        switch PackageScaffold.Origin(text) {
        case .url(let address): return .url(address)
        case .path(let path):
            guard let resolved = realpath(path, nil) else {
                throw UsageError("--martlet \(path): there is no such folder")
            }
            defer { free(resolved) }
            let folder = String(cString: resolved)
            guard let manifest = try? TextFile.read(folder + "/Package.swift"),
                manifest.contains("\"MartletKit\"")
            else { throw UsageError("--martlet \(path): that is no checkout of Martlet") }
            return .path(folder)
        }
    }

    // MARK: - Words

    private func tell(_ plan: ScaffoldPlan, in folder: String) {
        terminal.line("made in \(folder):")
        for file in plan.files { terminal.line("  \(file.path)") }
        for change in plan.changes { terminal.line("  \(change.path) (one more strategy)") }
    }

    private func currentFolder() throws(FileError) -> String {
        guard let path = getcwd(nil, 0) else { throw FileError(.open, ".", code: errno) }
        defer { free(path) }
        return String(cString: path)
    }
}
