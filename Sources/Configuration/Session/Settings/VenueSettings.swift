import Quantities
import VenueKit

/// The venue whose rules hold, and how fast it may be asked.
package struct VenueSettings: Equatable, Sendable {
    package var venue = VenueName.coinex
    package var limits = VenueName.coinex.limits(in: .v1)

    package init() {}

    var effectiveLines: [String] {
        ["venue: \(venue.rawValue)"]
            + EffectiveText.section(
                "limits",
                [
                    "place: \(limits.place.text)", "cancel: \(limits.cancel.text)",
                    "batch: \(limits.batch.text)", "query: \(limits.query.text)",
                    "total: \(limits.total.text)", "cancel_reserve: \(limits.cancelReserve)",
                    "batch_size: \(limits.batchSize)",
                ])
    }
}

/// The venues that a session can trade at.
package enum VenueName: String, CaseIterable, Sendable {
    case coinex

    /// What the venue says that it allows.
    package func limits(in api: VenueGeneration) -> VenueLimits {
        switch (self, api) {
        case (.coinex, .v1): .coinExV1
        case (.coinex, .v2): .coinExV2
        }
    }
}

extension RateLimit {
    /// The rate as the YAML writes it, `60/2s`.
    var text: String { "\(requests)/\(window)" }

    /// The most requests that can fall into a window of the given length.
    func most(in window: Interval) -> Int {
        let windows = (window.nanoseconds - 1) / self.window.nanoseconds + 1
        return requests * Int(windows)
    }
}
