// swift-tools-version: 6.2

import PackageDescription

// Targets stand in the order of the floors of docs/ARCHITECTURE.md: a target imports lower floors
// only. TidyTests reads this file and the sources and fails on any other import.

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// A door to a library of the system: a module map and a shim header, nothing else.
func door(_ name: String, package: String) -> Target {
    .systemLibrary(name: name, path: "Sources/CSystem/\(name)", providers: [.apt([package])])
}

/// A target of the house in `Sources/`.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// A strategy in `Strategies/`: its library, and the bot that runs it alone (`Run/`).
///
/// The module is called otherwise than the type in it, so that both can be named.
func strategy(_ name: String, executable: String) -> (bot: Product, targets: [Target]) {
    let library = Target.target(
        name: "\(name)Strategy", dependencies: ["StrategyKit", "Indicators", "MarketModel", "Quantities"],
        path: "Strategies/\(name)", exclude: ["Run"], swiftSettings: settings)
    let bot = Target.executableTarget(
        name: "\(name)Bot", dependencies: [.byName(name: library.name), "Launcher"],
        path: "Strategies/\(name)/Run", swiftSettings: settings)
    return (.executable(name: executable, targets: [bot.name]), [library, bot])
}

/// The tests of one room, in `Tests/`; `exclude` names what lies beside the sources and is none.
///
/// All tests may use `TestSupport`.
func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(
        name: name, dependencies: ["TestSupport", "Locks"] + dependencies, exclude: exclude,
        swiftSettings: settings)
}

/// What tests share, in `Tests/`; nothing else may use it.
func testRoom(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, path: "Tests/\(name)", swiftSettings: settings)
}

// Floor 11: strategies and the bots that run them
let strategies = [
    strategy("CrossVenueMaker", executable: "cross-venue-maker-bot"),
    strategy("Dca", executable: "dca-bot"),
    strategy("EmaCross", executable: "ema-cross-bot"),
    strategy("Grid", executable: "grid-bot"),
    strategy("MarketMaker", executable: "market-maker-bot"),
    strategy("Momentum", executable: "momentum-bot"),
    strategy("StopLoss", executable: "stop-loss-bot"),
    strategy("TriangularArbitrage", executable: "triangular-arbitrage-bot"),
    strategy("Twap", executable: "twap-bot"),
    strategy("VolatilityGate", executable: "volatility-gate-bot"),
]
let strategyLibraries = strategies.map { Target.Dependency.byName(name: $0.targets[0].name) }
let strategyBots = strategies.map { Target.Dependency.byName(name: $0.targets[1].name) }

let package = Package(
    name: "Martlet",
    products: strategies.map(\.bot) + [
        .executable(name: "martlet", targets: ["martlet"]),
        .executable(name: "martlet-bench", targets: ["Benchmarks"]),
        .executable(name: "wire-echo", targets: ["wire-echo"]),
        // For packages of one's own: all that strategies and bots import, and what their tests do. The name
        // differs from that of the tool by more than case.
        .library(
            name: "MartletKit",
            targets: ["Launcher", "Runtime", "Indicators", "StrategyKit", "MarketModel", "Quantities"]),
        .library(name: "StrategyTesting", targets: ["StrategyTesting"]),
        // The interface of CoinEx for any program; its key is a `Secret` of Signing.
        .library(
            name: "CoinExClient",
            targets: ["CoinExClient", "CoinExVenue", "Signing", "VenueKit", "MarketModel", "Quantities"]),
    ],
    targets: strategies.flatMap(\.targets) + [
        // Floor 0: doors to libraries of the system, and a lock
        .systemLibrary(name: "CLinux", path: "Sources/CSystem/CLinux"),
        door("CYAML", package: "libyaml-dev"),
        door("CZlib", package: "zlib1g-dev"),
        door("COpenSSL", package: "libssl-dev"),
        door("CSQLite", package: "libsqlite3-dev"),
        room("Locks"),

        // Floor 1: words and bytes
        room("Quantities"),
        room("WireCodecs", ["COpenSSL", "CZlib"]),
        room("Signing", ["CLinux", "COpenSSL"]),

        // Floor 2: the domain, pages for reports, and typed values out of JSON
        room("MarketModel", ["Quantities"]),
        room("Pages", ["Quantities"]),
        room("WireValues", ["WireCodecs", "Quantities"]),

        // Floor 3: contracts
        room("StrategyKit", ["MarketModel", "Quantities"]),
        room("Indicators", ["MarketModel", "Quantities"]),
        room("VenueKit", ["WireCodecs", "MarketModel", "Quantities"]),

        // Floor 4: rooms
        room("TradingCore", ["StrategyKit", "VenueKit", "MarketModel", "Quantities"]),
        room("Simulation", ["VenueKit", "MarketModel", "Quantities"]),
        room(
            "BinanceVenue", ["WireValues", "WireCodecs", "Signing", "VenueKit", "MarketModel", "Quantities"]),
        room("JayxVenue", ["WireValues", "WireCodecs", "VenueKit", "MarketModel", "Quantities"]),
        room("CoinExVenue", ["CZlib", "WireCodecs", "Signing", "VenueKit", "MarketModel", "Quantities"]),

        // Floor 5: rooms that are joined
        room(
            "LiveTrading",
            ["TradingCore", "StrategyKit", "VenueKit", "WireCodecs", "MarketModel", "Quantities"]),
        room(
            "Exchange",
            [
                "CZlib", "CoinExVenue", "Simulation", "Signing", "WireCodecs", "VenueKit", "MarketModel",
                "Quantities",
            ]),

        // Floor 6: what is joined, simulated
        room(
            "LiveSimulation",
            [
                "LiveTrading", "Exchange", "TradingCore", "CoinExVenue", "Signing", "WireCodecs",
                "StrategyKit",
                "VenueKit", "MarketModel", "Quantities",
            ]),

        // Floor 6: effects
        room(
            "Configuration",
            [
                "CYAML", "LiveTrading", "Simulation", "TradingCore", "StrategyKit", "VenueKit", "MarketModel",
                "Quantities",
            ]),
        room("Journal", ["CZlib", "CSQLite", "Quantities"]),
        room("Transport", ["Locks", "CLinux", "COpenSSL", "WireCodecs", "Quantities"]),
        room("Credentials", ["CLinux", "Signing"]),

        // Floor 7: recorded markets, and venues for any program
        room(
            "Recordings",
            [
                "Journal", "BinanceVenue", "CoinExVenue", "JayxVenue", "WireValues", "WireCodecs", "VenueKit",
                "MarketModel", "Quantities",
            ]),
        room(
            "CoinExClient",
            [
                "Transport", "CoinExVenue", "WireCodecs", "Signing", "VenueKit", "Indicators", "MarketModel",
                "Quantities", "Locks",
            ]),

        // Floor 8: assembly
        room(
            "Runtime",
            [
                "Recordings", "Journal", "Configuration", "Transport", "LiveTrading", "BinanceVenue",
                "JayxVenue", "CoinExVenue", "Simulation", "TradingCore", "StrategyKit", "VenueKit",
                "WireCodecs", "MarketModel",
                "Quantities", "Locks",
            ]),

        room(
            "Imports",
            [
                "CZlib", "Recordings", "Journal", "Configuration", "Transport", "BinanceVenue", "Signing",
                "WireCodecs", "MarketModel", "Quantities",
            ]),
        room(
            "ExchangeServer",
            [
                "COpenSSL", "Transport", "Recordings", "Journal", "Configuration", "Exchange", "CoinExVenue",
                "WireCodecs",
                "VenueKit", "MarketModel", "Quantities",
            ]),

        // Floor 9: what is made of runs, and what authors of strategies begin and test with
        room("Scaffold"),
        room(
            "StrategyTesting",
            [
                "Runtime", "Configuration", "Simulation", "TradingCore", "StrategyKit", "VenueKit",
                "MarketModel", "Quantities",
            ]),
        room(
            "Explain",
            [
                "Runtime", "Journal", "Configuration", "TradingCore", "StrategyKit", "VenueKit",
                "WireCodecs", "MarketModel", "Quantities",
            ]),
        room(
            "LiveView",
            [
                "Runtime", "ExchangeServer", "Exchange", "TradingCore", "StrategyKit", "VenueKit",
                "MarketModel", "Quantities",
            ]),
        room("Reports", ["Configuration", "Journal", "WireCodecs", "Pages", "Quantities"]),
        room(
            "Sweeps",
            [
                "Runtime", "Recordings", "Journal", "Configuration", "Pages", "WireCodecs", "StrategyKit",
                "Locks", "Quantities",
            ]),

        // Floor 10: the command line
        room(
            "Launcher",
            [
                "LiveView", "Reports", "Explain", "Scaffold", "Sweeps", "LiveSimulation", "Runtime",
                "Imports", "Locks",
                "Recordings", "Journal", "Configuration", "Credentials", "ExchangeServer", "CoinExClient",
                "BinanceVenue",
                "CoinExVenue",
                "JayxVenue", "TradingCore", "StrategyKit", "Transport", "WireValues", "WireCodecs",
                "MarketModel", "Quantities",
            ]),

        // Floor 12: the umbrella tool
        .executableTarget(
            name: "martlet", dependencies: ["Launcher", "Runtime"] + strategyLibraries,
            swiftSettings: settings),

        // Floor 12: a peer for conformance suites
        .executableTarget(
            name: "wire-echo", dependencies: ["Transport", "WireCodecs", "Quantities"],
            swiftSettings: settings),

        // Benchmarks
        .target(name: "CBenchProbe", path: "Benchmarks/CBenchProbe"),
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "CBenchProbe", "Runtime", "Configuration", "Recordings", "Journal", "LiveTrading", "Exchange",
                "BinanceVenue", "JayxVenue", "WireValues", "Imports", "CZlib",
                "CoinExVenue", "Signing", "Simulation", "TradingCore", "Indicators", "StrategyKit",
                "VenueKit", "MarketModel", "Quantities", "Transport", "WireCodecs", "COpenSSL", "Locks",
            ], path: "Benchmarks", exclude: ["CBenchProbe", "decode_peer.py", "floor"],
            swiftSettings: settings),

        // Tests
        testRoom("TestSupport", ["CZlib", "COpenSSL"]),
        testRoom(
            "SimulatedBots",
            [
                "LiveSimulation", "MarketMakerStrategy", "GridStrategy", "EmaCrossStrategy", "StrategyKit",
                "MarketModel", "Quantities",
            ]),
        .executableTarget(
            name: "martlet-sim",
            dependencies: ["LiveSimulation", "SimulatedBots", "CoinExVenue", "Quantities"],
            path: "Tests/Simulator", swiftSettings: settings),
        testRoom("ScriptedVenue", ["Transport", "WireCodecs", "Quantities", "Locks"]),
        testRoom("ArchiveHost", ["Transport", "Signing", "WireCodecs", "Locks"]),
        tests("LocksTests", []),
        tests("QuantitiesTests", ["Quantities"]),
        tests("WireCodecsTests", ["WireCodecs", "CZlib", "Quantities"]),
        tests(
            "TransportTests",
            ["Transport", "wire-echo", "CLinux", "COpenSSL", "CZlib", "WireCodecs", "Quantities"]),
        tests(
            "ExchangeServerTests",
            [
                "ExchangeServer", "Exchange", "CoinExVenue", "Recordings", "Journal", "Configuration",
                "Signing", "Transport", "WireCodecs", "VenueKit", "MarketModel", "Quantities",
            ]),
        tests("PagesTests", ["Pages", "Quantities"]),
        tests("MarketModelTests", ["MarketModel", "Quantities"]),
        tests("StrategyKitTests", ["StrategyKit", "MarketModel", "Quantities"]),
        tests(
            "IndicatorsTests", ["Indicators", "Recordings", "MarketModel", "Quantities"],
            exclude: ["Reference"]),
        tests("VenueKitTests", ["VenueKit", "Quantities"]),
        tests("TradingCoreTests", ["TradingCore", "StrategyKit", "VenueKit", "MarketModel", "Quantities"]),
        tests(
            "SimulationTests",
            [
                "Runtime", "Simulation", "TradingCore", "StrategyKit", "VenueKit", "MarketModel",
                "Quantities",
            ]),
        tests("WireValuesTests", ["WireValues", "WireCodecs", "Quantities"]),
        tests(
            "BinanceVenueTests",
            [
                "BinanceVenue", "WireValues", "WireCodecs", "Signing", "VenueKit", "MarketModel",
                "Quantities", "CZlib",
            ]),
        tests(
            "JayxVenueTests",
            ["JayxVenue", "WireValues", "WireCodecs", "VenueKit", "MarketModel", "Quantities"]),
        tests("SigningTests", ["Signing"]),
        tests("CredentialsTests", ["Credentials", "Signing"]),
        tests(
            "CoinExClientTests",
            [
                "CoinExClient", "ScriptedVenue", "CoinExVenue", "Transport", "WireCodecs", "Signing",
                "VenueKit",
                "MarketModel", "Quantities",
            ]),
        tests(
            "CoinExVenueTests",
            [
                "CoinExVenue", "WireCodecs", "Signing", "TradingCore", "StrategyKit", "VenueKit",
                "MarketModel",
                "Quantities",
            ]),
        tests(
            "LiveTradingTests",
            [
                "LiveTrading", "Runtime", "Simulation", "CoinExVenue", "WireCodecs", "Signing", "TradingCore",
                "StrategyKit", "VenueKit", "MarketModel", "Quantities",
            ]),
        tests(
            "ExchangeTests",
            [
                "CZlib", "Exchange", "LiveTrading", "CoinExVenue", "Simulation", "TradingCore", "Signing",
                "StrategyKit", "WireCodecs", "VenueKit", "MarketModel", "Quantities",
            ]),
        tests(
            "LiveSimulationTests",
            [
                "LiveSimulation", "SimulatedBots", "martlet-sim", "CoinExVenue", "StrategyKit", "MarketModel",
                "Quantities",
            ]),
        tests(
            "ConfigurationTests",
            [
                "Configuration", "Simulation", "TradingCore", "StrategyKit", "VenueKit", "MarketModel",
                "Quantities",
            ]),
        tests("JournalTests", ["CZlib", "Journal", "Quantities"]),
        tests(
            "RecordingsTests",
            ["Recordings", "Journal", "BinanceVenue", "CZlib", "MarketModel", "Quantities"]),
        tests(
            "ImportsTests",
            [
                "ArchiveHost", "Imports", "Recordings", "Journal", "Configuration", "Transport", "CZlib",
                "MarketModel", "Quantities",
            ]),
        tests(
            "StrategiesTests",
            strategyLibraries + [
                "StrategyTesting", "Runtime", "Configuration", "Simulation", "TradingCore", "StrategyKit",
                "VenueKit", "MarketModel", "Quantities",
            ]),
        tests(
            "RuntimeTests",
            [
                "Runtime", "ScriptedVenue", "BinanceVenue", "JayxVenue", "Transport", "WireCodecs",
                "EmaCrossStrategy", "MarketMakerStrategy", "Recordings", "Journal", "Configuration",
                "Simulation", "TradingCore", "StrategyKit", "VenueKit", "MarketModel", "Quantities", "CZlib",
            ]),
        tests("ScaffoldTests", ["Scaffold"]),
        tests(
            "ExplainTests",
            [
                "Explain", "Runtime", "MarketMakerStrategy", "Journal", "Configuration", "TradingCore",
                "StrategyKit", "VenueKit", "WireCodecs", "MarketModel", "Quantities",
            ]),
        tests(
            "LiveViewTests",
            [
                "LiveView", "martlet", "Runtime", "ExchangeServer", "Exchange", "TradingCore", "StrategyKit",
                "VenueKit", "MarketModel",
                "Quantities",
            ]),
        tests(
            "SweepsTests",
            [
                "Sweeps", "Runtime", "EmaCrossStrategy", "MarketMakerStrategy", "Configuration",
                "StrategyKit", "Quantities", "CZlib",
            ], exclude: ["Statistics/overfit_reference.py"]),
        tests(
            "LauncherTests",
            strategyBots + [
                "Launcher", "ScriptedVenue", "ArchiveHost", "ExchangeServer", "Exchange", "CoinExVenue",
                "MarketMakerStrategy",
                "Scaffold", "martlet", "Runtime", "Recordings", "Journal", "Configuration",
                "StrategyKit", "MarketModel", "Quantities", "CZlib", "COpenSSL",
            ]),
        tests(
            "StrategyTestingTests",
            ["StrategyTesting", "EmaCrossStrategy", "StrategyKit", "MarketModel", "Quantities"]),
        tests(
            "ReportsTests",
            [
                "Reports", "Runtime", "MarketMakerStrategy", "EmaCrossStrategy", "Configuration", "Journal",
                "StrategyKit", "Pages", "Quantities",
            ]),
        // What libFuzzer also runs: .ci/fuzz
        .testTarget(
            name: "FuzzTests",
            dependencies: [
                "BinanceVenue", "CoinExVenue", "JayxVenue", "WireValues", "WireCodecs", "Quantities",
            ],
            path: "Tests/Fuzz",
            exclude: ["Entry", "FailCases"], swiftSettings: settings),
        tests("TidyTests", []),
    ]
)
