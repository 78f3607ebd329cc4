import Quantities

/// How long a message takes: a fixed part, and a random one on top.
package struct LatencyModel: Equatable, Sendable {
    package var base: Interval
    /// The most that chance adds; every value up to it is equally likely.
    package var jitter: Interval

    package init(base: Interval, jitter: Interval = .zero) {
        precondition(base >= .zero && jitter >= .zero, "a latency is not negative")
        self.base = base
        self.jitter = jitter
    }

    package func draw(_ random: inout SeededRandom) -> Interval {
        guard jitter > .zero else { return base }
        return base + Interval(nanoseconds: Int64(random.uniform() * Double(jitter.nanoseconds)))
    }
}

/// The three ways between us and a simulated venue.
///
/// The simulation runs in the time of what we see: the market's state is the one that our feed shows, which is
/// `feed` old. So an order that leaves now meets the market that we shall see `feed + order` from now, and news
/// of a fill that our feed shows now comes `response - feed` later, or at once. This is exact for constant
/// latencies, needs no look ahead, and is the same on recorded and on live data.
package struct VenueLatency: Equatable, Sendable {
    /// From the venue's market data to us.
    package var feed: LatencyModel
    /// From our decision to the venue.
    package var order: LatencyModel
    /// From the venue's answer or push to us.
    package var response: LatencyModel

    package init(feed: LatencyModel, order: LatencyModel, response: LatencyModel) {
        self.feed = feed
        self.order = order
        self.response = response
    }

    /// How much longer one request may take to arrive than another: the margin that pacing needs.
    package var arrivalSpread: Interval { feed.jitter + order.jitter }

    package static var none: VenueLatency {
        VenueLatency(
            feed: LatencyModel(base: .zero), order: LatencyModel(base: .zero),
            response: LatencyModel(base: .zero))
    }
}
