import Quantities
import Runtime
import TradingCore

/// How often things happen, from one snapshot to the next.
package struct RateMeter: Equatable, Sendable {
    private struct Sample: Equatable, Sendable {
        var wallTime: Interval
        var marketTime: Instant
        var events: Int
        var orders: Int
    }

    /// Oldest first; at most `samplesMax`, none older than `span`.
    private var samples: [Sample] = []
    private static let samplesMax = 64
    private static let span = Interval.seconds(2)

    package init() {}

    package mutating func note(_ session: SessionSnapshot) {
        let sample = Sample(
            wallTime: session.progress.wallTime, marketTime: session.progress.now,
            events: session.progress.events, orders: session.counters.placements)
        samples.append(sample)
        samples.removeAll { sample.wallTime - $0.wallTime > Self.span }
        if samples.count > Self.samplesMax { samples.removeFirst(samples.count - Self.samplesMax) }
    }

    /// Events per second of the wall clock.
    package var eventsPerSecond: Double {
        guard let first = samples.first, let last = samples.last, last.wallTime > first.wallTime else {
            return 0
        }
        return Double(last.events - first.events) / (last.wallTime - first.wallTime).seconds
    }

    /// Orders sent per second of the market's time, in which the venue counts them.
    package var ordersPerSecond: Double {
        guard let first = samples.first, let last = samples.last, last.marketTime > first.marketTime else {
            return 0
        }
        return Double(last.orders - first.orders) / (last.marketTime - first.marketTime).seconds
    }
}
