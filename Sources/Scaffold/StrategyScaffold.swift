/// A new strategy in a package that has a list of them: this repository, or one that `new package` made.
package struct StrategyScaffold: Sendable {
    package let name: ScaffoldName
    private let style: PackageStyle

    package init(_ name: ScaffoldName, _ style: PackageStyle) throws(ScaffoldError) {
        if let objection = ReservedNames.objection(toStrategy: name) { throw ScaffoldError(objection) }
        self.name = name
        self.style = style
    }

    package var module: String { name.type + style.moduleEnding }

    package var bot: String { name.dashed + style.botEnding }
    package var folder: String { "Strategies/\(name.type)" }
    package var configuration: String { "configs/\(name.dashed).yaml" }
    package var test: String { "Tests/StrategiesTests/\(name.type)/\(name.type)Tests.swift" }

    /// The strategy's own files.
    package var files: [ScaffoldPlan.File] {
        let template = StrategyTemplate(self)
        return [
            .init(path: "\(folder)/\(name.type).swift", text: template.strategy),
            .init(path: "\(folder)/\(name.type)+Parameters.swift", text: template.parameters),
            .init(path: "\(folder)/Run/main.swift", text: template.run),
            .init(path: configuration, text: ConfigurationTemplate(self).text),
            .init(path: test, text: TestTemplate(self).text),
        ]
    }

    /// What is to be made, and what the manifest and the umbrella tool are told.
    ///
    /// - Parameters:
    ///   - manifest: the text of `Package.swift`.
    ///   - tool: path and text of the program that knows all strategies; nil when there is none.
    package func plan(
        manifest: String, tool: (path: String, text: String)?
    ) throws(ScaffoldError) -> ScaffoldPlan {
        var plan = ScaffoldPlan(files: files)
        plan.changes.append(
            .init(path: "Package.swift", before: manifest, after: try listed(in: manifest)))
        if let tool {
            plan.changes.append(
                .init(path: tool.path, before: tool.text, after: try bound(in: tool)))
        }
        return plan
    }

    /// Whether a manifest has a list of strategies.
    package static func isManifest(_ text: String) -> Bool {
        SortedInsertion(text).lines.contains { $0.drop { $0 == " " }.hasPrefix(listing) }
    }

    /// Whether a source file is that of a program that knows several strategies.
    package static func isTool(_ text: String) -> Bool { text.contains("StrategyBinding(") }

    private static let listing = "strategy(\""

    private func listed(in manifest: String) throws(ScaffoldError) -> String {
        var list = SortedInsertion(manifest)
        let entry = "strategy(\"\(name.type)\", executable: \"\(bot)\"),"
        if list.lines.contains(where: { $0.contains("strategy(\"\(name.type)\"") }) {
            throw ScaffoldError("Package.swift has a strategy '\(name.type)' already")
        }
        if list.lines.contains(where: { $0.contains("\"\(bot)\"") }) {
            throw ScaffoldError(
                "Package.swift has something else that is called '\(bot)': choose another name")
        }
        guard list.insert(entry, among: Self.listing) else {
            throw ScaffoldError(
                "Package.swift has no list of strategies, with lines such as '\(entry)'")
        }
        return list.text
    }

    private func bound(in tool: (path: String, text: String)) throws(ScaffoldError) -> String {
        var list = SortedInsertion(tool.text)
        guard list.insert("import \(module)", among: "import "),
            list.insert("StrategyBinding(\(name.type).self),", among: "StrategyBinding(")
        else {
            throw ScaffoldError(
                "\(tool.path) has no list of strategies with one 'StrategyBinding(NAME.self),' per line")
        }
        return list.text
    }
}
