/// What a new package has beside its strategy.
struct PackageTemplate {
    private let package: PackageScaffold

    init(_ package: PackageScaffold) { self.package = package }

    private var name: ScaffoldName { package.name }
    private var strategy: StrategyScaffold { package.strategy }

    /// How the manifest finds Martlet, and the name that its products are asked for by.
    private var dependency: (call: String, name: String) {
        switch package.origin {
        case .path(let path): return (".package(name: \"Martlet\", path: \"\(path)\")", "Martlet")
        case .url(let address):
            // SwiftPM knows a repository by the end of its address.
            let end =
                address.split(whereSeparator: { $0 == "/" || $0 == ":" }).last.map(String.init) ?? address
            let name = end.hasSuffix(".git") ? String(end.dropLast(4)) : end
            return (".package(url: \"\(address)\", branch: \"main\")", name)
        }
    }

    var manifest: String {
        #"""
        // swift-tools-version: 6.2

        import PackageDescription

        let kit = Target.Dependency.product(name: "MartletKit", package: "\#(dependency.name)")
        let testing = Target.Dependency.product(name: "StrategyTesting", package: "\#(dependency.name)")

        let settings: [SwiftSetting] = [
            .enableUpcomingFeature("ExistentialAny"),
            .enableUpcomingFeature("MemberImportVisibility"),
        ]

        /// A strategy in `Strategies/`: its library, and the bot that runs it alone (`Run/`).
        ///
        /// The module is called otherwise than the type in it, so that both can be named.
        func strategy(_ name: String, executable: String) -> (bot: Product, targets: [Target]) {
            let library = Target.target(
                name: "\(name)Module", dependencies: [kit], path: "Strategies/\(name)", exclude: ["Run"],
                swiftSettings: settings)
            let bot = Target.executableTarget(
                name: "\(name)Program", dependencies: [.byName(name: library.name), kit],
                path: "Strategies/\(name)/Run", swiftSettings: settings)
            return (.executable(name: executable, targets: [bot.name]), [library, bot])
        }

        // 'new strategy' adds a line here.
        let strategies = [
            strategy("\#(strategy.name.type)", executable: "\#(strategy.bot)")
        ]
        let strategyLibraries = strategies.map { Target.Dependency.byName(name: $0.targets[0].name) }

        let package = Package(
            name: "\#(name.dashed)",
            products: strategies.map(\.bot) + [
                .executable(name: "\#(name.dashed)", targets: ["\#(name.type)Tool"])
            ],
            dependencies: [
                \#(dependency.call)
            ],
            targets: strategies.flatMap(\.targets) + [
                // Knows all strategies: several in one session, schema, documentation.
                .executableTarget(
                    name: "\#(name.type)Tool", dependencies: strategyLibraries + [kit],
                    path: "Sources/\#(name.type)", swiftSettings: settings),
                .testTarget(
                    name: "StrategiesTests", dependencies: strategyLibraries + [kit, testing],
                    swiftSettings: settings),
            ]
        )

        """#
    }

    var tool: String {
        let imports = ["Launcher", "Runtime", strategy.module].sorted()
            .map { "import \($0)" }.joined(separator: "\n")
        return """
            \(imports)

            Program.main(
                "\(name.dashed)",
                [
                    StrategyBinding(\(strategy.name.type).self)
                ])

            """
    }

    var ignored: String {
        """
        /.build
        /.swiftpm
        /Package.resolved
        /martlet.schema.json
        /runs

        """
    }

    var makefile: String {
        let bot = strategy.bot
        return """
            # Start with `make`: it lists what there is.

            BOT ?= \(bot)
            ARGS ?=

            .DEFAULT_GOAL := help
            .PHONY: help run test check schema strategy

            help: ## Show this list
            \t@sed -n 's/^\\([a-z]*\\):.*## \\(.*\\)/  make \\1|\\2/p' $(MAKEFILE_LIST) \\
            \t\t| awk -F'|' '{ printf "%-16s %s\\n", $$1, $$2 }'

            run: ## Run a bot: make run, or make run BOT=\(bot) ARGS=configs/\(strategy.name.dashed).yaml
            \tswift run -c release $(BOT) $(ARGS)

            test: ## Run the tests
            \tswift test --disable-xctest

            check: ## Say all that is wrong with the configurations
            \tswift run \(name.dashed) check configs/*.yaml

            schema: ## Write the schema by which editors complete and check configurations
            \tswift run \(name.dashed) describe --json-schema > martlet.schema.json

            strategy: ## Make another strategy: make strategy NAME=dip-buyer
            \tswift run \(name.dashed) new strategy $(NAME)

            """
    }

    var readme: String {
        """
        # \(name.dashed)

        Trading strategies that run on Martlet.

        ```
        swift run -c release \(strategy.bot)                           # paper, in a market of its own
        swift run -c release \(strategy.bot) \(strategy.configuration)
        swift run -c release \(strategy.bot) backtest \(strategy.configuration) --data day1.gz day2.gz
        swift run -c release \(strategy.bot) replay runs/run-0001      # the same decisions, or what differs
        swift run \(name.dashed) check configs/*.yaml
        swift run \(name.dashed) describe \(strategy.name.dashed)
        swift run \(name.dashed) new strategy dip-buyer
        swift test
        ```

        | place | what is there |
        |---|---|
        | `Strategies/` | a folder for each strategy: its library, and in `Run/` the bot that runs it alone |
        | `Sources/` | the tool that knows all strategies, and runs several in one session |
        | `configs/` | configurations, with every parameter explained |
        | `Tests/` | the tests of the strategies |

        Where Martlet is found stands in `Package.swift`. For completion in an editor, write the schema with
        `make schema`, and put this line first in a configuration:

        ```yaml
        # yaml-language-server: $schema=../martlet.schema.json
        ```

        """
    }
}
