// swift-tools-version: 6.2

import PackageDescription

// Targets stand in the order of the floors of docs/ARCHITECTURE.md: a target imports lower floors
// only. TidyTests reads this file and the sources and fails on any other import.

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

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
    products: [],
    targets: [
        // Floor 1: words and bytes
        room("Quantities"),

        // Floor 2: the domain
        room("MarketModel", ["Quantities"]),

        // Floor 3: contracts
        room("StrategyKit", ["MarketModel", "Quantities"]),
        room("VenueKit", ["MarketModel", "Quantities"]),

        // Floor 4: rooms
        room("Simulation", ["MarketModel", "Quantities", "VenueKit"]),

        // Tests
        tests("QuantitiesTests", ["Quantities"]),
        tests("MarketModelTests", ["MarketModel", "Quantities"]),
        tests("SimulationTests", ["MarketModel", "Quantities", "Simulation"]),
    ]
)
