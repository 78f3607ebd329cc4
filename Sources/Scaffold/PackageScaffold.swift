/// A new package that depends on Martlet: one strategy, its bot, a tool that knows all strategies, a test.
package struct PackageScaffold: Sendable {
    /// Where the package finds Martlet.
    package enum Origin: Equatable, Sendable {
        /// A checkout, by its absolute path.
        case path(String)
        /// A repository, followed on its branch `main`.
        case url(String)

        package init(_ text: String) {
            let isAddress = text.contains("://") || text.hasPrefix("git@")
            self = isAddress ? .url(text) : .path(text)
        }
    }

    package let name: ScaffoldName
    package let strategy: StrategyScaffold
    package let origin: Origin

    package init(_ name: ScaffoldName, strategy: ScaffoldName, origin: Origin) throws(ScaffoldError) {
        if let objection = ReservedNames.objection(toPackage: name) { throw ScaffoldError(objection) }
        if let objection = Self.objection(to: origin) { throw ScaffoldError(objection) }
        self.name = name
        self.strategy = try StrategyScaffold(strategy, .own)
        self.origin = origin
        guard name.dashed != self.strategy.bot else {
            throw ScaffoldError("the package and its bot would both be called '\(name.dashed)'")
        }
    }

    /// A path or an address stands in a literal of the manifest as it is.
    private static func objection(to origin: Origin) -> String? {
        let text =
            switch origin {
            case .path(let text), .url(let text): text
            }
        let isSound = text.unicodeScalars.allSatisfy { $0 != "\"" && $0 != "\\" && $0.value >= 0x20 }
        return isSound && !text.isEmpty ? nil : "'\(text)' cannot stand in a Package.swift"
    }

    /// The files, from the folder of the package.
    package var plan: ScaffoldPlan {
        let template = PackageTemplate(self)
        var plan = ScaffoldPlan()
        plan.add("Package.swift", template.manifest)
        plan.add("README.md", template.readme)
        plan.add("Makefile", template.makefile)
        plan.add(".gitignore", template.ignored)
        plan.add("Sources/\(name.type)/main.swift", template.tool)
        plan.files += strategy.files
        return plan
    }
}
