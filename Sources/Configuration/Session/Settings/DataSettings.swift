/// Where market data comes from.
package enum DataSettings: Equatable, Sendable {
    /// The embedded market, made from the session's seed.
    case synthetic(SyntheticSettings)
    /// Files of a recording, in the order in which they are played; at least one.
    case recording(files: [String])

    /// The venue itself, over its connection.
    case venue

    /// The most files of one recording.
    package static let filesMax = 1_000
}

extension DataSettings {
    var effectiveLines: [String] {
        switch self {
        case .synthetic(let settings):
            ["source: synthetic"] + EffectiveText.section("synthetic", settings.effectiveLines)
        case .recording(let files):
            ["source: recording", EffectiveText.list("files", files)]
        case .venue: ["source: venue"]
        }
    }
}
