import Quantities
import Simulation

/// How the simulated venue behaves.
package struct SimulationSettings: Equatable, Sendable {
    package var latency = LatencySettings()
    /// How resting orders move up in the queue at their price.
    package var queue = QueueModel.pessimistic

    package init() {}

    var effectiveLines: [String] {
        EffectiveText.section(
            "latency",
            [
                "feed: \(latency.feed)", "order: \(latency.order)", "response: \(latency.response)",
                "jitter: \(latency.jitter)",
            ]) + ["queue: \(queue.rawValue)"]
    }
}

/// How long messages take to the simulated venue and back.
package struct LatencySettings: Equatable, Sendable {
    /// From the venue's market data to us.
    package var feed = Interval.milliseconds(5)
    /// From our decision to the venue.
    package var order = Interval.milliseconds(10)
    /// From the venue's answer to us.
    package var response = Interval.milliseconds(10)
    /// The most that chance adds to each of them.
    package var jitter = Interval.milliseconds(2)

    package static let range = Interval.zero...Interval.seconds(60)

    package init() {}

    /// The three ways as the simulation takes them.
    package var model: VenueLatency {
        VenueLatency(
            feed: LatencyModel(base: feed, jitter: jitter), order: LatencyModel(base: order, jitter: jitter),
            response: LatencyModel(base: response, jitter: jitter))
    }
}
