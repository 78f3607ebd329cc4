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

/// The tests of one room, in `Tests/`.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

let package = Package(
    name: "Martlet",
    products: [
        .executable(name: "martlet-bench", targets: ["Benchmarks"])
    ],
    targets: [
        // Floor 0: doors to libraries of the system
        door("CYAML", package: "libyaml-dev"),
        door("CZlib", package: "zlib1g-dev"),
        door("CSQLite", package: "libsqlite3-dev"),

        // Floor 1: words and bytes
        room("Quantities"),
        room("WireCodecs"),

        // Floor 2: the domain
        room("MarketModel", ["Quantities"]),

        // Floor 3: contracts
        room("StrategyKit", ["MarketModel", "Quantities"]),
        room("VenueKit", ["MarketModel", "Quantities"]),

        // Floor 4: rooms
        room("TradingCore", ["StrategyKit", "VenueKit", "MarketModel", "Quantities"]),
        room("Simulation", ["VenueKit", "MarketModel", "Quantities"]),
        room("BinanceVenue", ["WireCodecs", "MarketModel", "Quantities"]),

        // Floor 5: effects
        room("Configuration", ["CYAML", "Quantities"]),
        room("Journal", ["CZlib", "CSQLite", "Quantities"]),

        // Floor 7: assembly
        room(
            "Runtime",
            [
                "Journal", "Configuration", "Simulation", "TradingCore", "StrategyKit",
                "VenueKit", "MarketModel", "Quantities",
            ]),

        // Benchmarks
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "Runtime", "Journal", "BinanceVenue", "Simulation", "TradingCore",
                "StrategyKit", "VenueKit", "MarketModel", "Quantities", "WireCodecs",
            ], path: "Benchmarks", swiftSettings: settings),

        // Tests
        tests("QuantitiesTests", ["Quantities"]),
        tests("WireCodecsTests", ["WireCodecs", "Quantities"]),
        tests("MarketModelTests", ["MarketModel", "Quantities"]),
        tests("StrategyKitTests", ["StrategyKit", "MarketModel", "Quantities"]),
        tests("VenueKitTests", ["VenueKit", "Quantities"]),
        tests("TradingCoreTests", ["TradingCore", "StrategyKit", "VenueKit", "MarketModel", "Quantities"]),
        tests("SimulationTests", ["Simulation", "MarketModel", "Quantities"]),
        tests("BinanceVenueTests", ["BinanceVenue", "WireCodecs", "MarketModel", "Quantities"]),
        tests("ConfigurationTests", ["Configuration", "Quantities"]),
        tests("JournalTests", ["CZlib", "Journal", "Quantities"]),
        tests("TidyTests", []),
    ]
)
