/// How a package calls the modules and bots of its strategies.
///
/// SwiftPM wants every target of a graph of packages to have a name of its own, and builds all programs into
/// one folder. So packages that depend on Martlet use other names than Martlet does: they may have a strategy
/// that is called as a shipped one, now or later.
package enum PackageStyle: Sendable {
    /// Martlet's: `GridStrategy`, `grid-bot`.
    case house
    /// That of a package of one's own: `GridModule`, `grid`.
    case own

    /// The style of a manifest with a list of strategies, by its function `strategy`.
    package init(manifest: String) {
        self = manifest.contains(#"name: "\(name)Strategy""#) ? .house : .own
    }

    /// What the name of the module has behind that of the type: both can be named then.
    var moduleEnding: String {
        switch self {
        case .house: "Strategy"
        case .own: "Module"
        }
    }

    var botEnding: String {
        switch self {
        case .house: "-bot"
        case .own: ""
        }
    }
}
