/// Names that a strategy or a package cannot have, because what is made under them would not build or run.
enum ReservedNames {
    /// Types that the file of a strategy sees: one of its own would hide them.
    private static let types: Set<String> = [
        // Of the language.
        "Any", "Array", "Bool", "Character", "Collection", "Comparable", "Dictionary", "Double", "Equatable",
        "Error", "Float", "Hashable", "Int", "Never", "Optional", "Protocol", "Range", "Result", "Self",
        "Sendable", "Sequence", "Set", "String", "Substring", "Type", "Void",
        // Of Martlet.
        "Alarm", "Amount", "Balance", "Book", "Candle", "Closing", "Deal", "Desk", "Fill", "Instant",
        "Intent", "Interval", "Level", "Liquidity", "Market", "Notional", "Order", "Parameter", "Parameters",
        "Position", "Price", "Program", "Quantity", "Quote", "Refusal", "Rounding", "Side", "Strategy",
        "Ticker", "Trade",
        // Of the tests.
        "Issue", "Suite", "Tag", "Test", "Trait",
    ]

    /// Names of the package's own folders, targets and programs.
    private static let packages: Set<String> = [
        "martlet", "martlet-bench", "martlet-kit", "strategy-testing", "swift", "test", "tests", "sources",
        "strategies",
        "configs",
        "runs", "docs",
    ]

    /// Why a strategy cannot be called so; nil when it can.
    static func objection(toStrategy name: ScaffoldName) -> String? {
        if types.contains(name.type) {
            return
                "'\(name.type)' is a type that strategies use: choose another name, such as my-\(name.dashed)"
        }
        if name.dashed.hasSuffix("-bot") {
            return "'\(name.dashed)' ends as the programs of strategies do: leave '-bot' out"
        }
        if packages.contains(name.dashed) {
            return "'\(name.dashed)' is a name of Martlet's own: choose another one"
        }
        return nil
    }

    /// Why a package cannot be called so; nil when it can.
    static func objection(toPackage name: ScaffoldName) -> String? {
        if name.dashed.hasSuffix("-bot") {
            return "'\(name.dashed)' ends as Martlet's own programs do: choose another name, such as my-bots"
        }
        guard packages.contains(name.dashed) else { return nil }
        return "'\(name.dashed)' is a name of Martlet's own: choose another one"
    }
}
