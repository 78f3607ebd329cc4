import Quantities

/// Where market data comes from.
package enum DataSettings: Equatable, Sendable {
    /// The embedded market, made from the session's seed.
    case synthetic(SyntheticSettings)
    /// Files of a recording, in the order in which they are played; at least one.
    case recording(files: [String])

    /// The most files of one recording.
    package static let filesMax = 1_000
}

/// The shape of the embedded market.
package struct SyntheticSettings: Equatable, Sendable {
    /// The price at the start, in the quote asset.
    package var price = Price(60_000)
    /// The usual distance between best bid and best ask, in ticks.
    package var spreadTicks = 1
    /// How many price levels stand on each side.
    package var depthLevels = 30
    /// Orders, cancels and trades per second of market time, on the average.
    package var eventsPerSecond = 100.0
    /// The standard deviation of a year's return: 0.6 is 60 %.
    package var volatility = 0.6
    /// The share of trades that are answers to other trades: 0 is even flow, near 1 comes in storms.
    package var clustering = 0.6

    package static let prices = DecimalBounds<Price>.between("0.000000000001", "1000000000")
    package static let spreadTicksRange = 1...1_000
    package static let depthLevelsRange = 1...200
    package static let eventsPerSecondRange = 0.1...100_000.0
    package static let volatilityRange = 0.0...10.0
    package static let clusteringRange = 0.0...0.95

    package init() {}
}

extension DataSettings {
    var effectiveLines: [String] {
        switch self {
        case .synthetic(let settings):
            ["source: synthetic"] + EffectiveText.section("synthetic", settings.effectiveLines)
        case .recording(let files):
            ["source: recording", EffectiveText.list("files", files)]
        }
    }
}

extension SyntheticSettings {
    fileprivate var effectiveLines: [String] {
        [
            "price: \(price)", "spread_ticks: \(spreadTicks)", "depth_levels: \(depthLevels)",
            "events_per_second: \(EffectiveText.number(eventsPerSecond))",
            "volatility: \(EffectiveText.number(volatility))",
            "clustering: \(EffectiveText.number(clustering))",
        ]
    }
}
