import Exchange
import ExchangeServer
import Quantities

/// How often things happen at an exchange, from one snapshot to the next.
package struct ExchangeMeter: Equatable, Sendable {
    private struct Sample: Equatable, Sendable {
        var at: Instant
        var counts: FrontCounts
        var orders: Int
        /// By market.
        var deals: [UInt64]
    }

    /// Oldest first; at most `samplesMax`, none older than `span`.
    private var samples: [Sample] = []
    private static let samplesMax = 64
    private static let span = Interval.seconds(3)

    package init() {}

    package mutating func note(_ snapshot: ExchangeSnapshot) {
        samples.append(
            Sample(
                at: snapshot.now, counts: snapshot.overview.counts, orders: snapshot.overview.orders,
                deals: snapshot.overview.markets.map(\.deals)))
        samples.removeAll { snapshot.now - $0.at > Self.span }
        if samples.count > Self.samplesMax { samples.removeFirst(samples.count - Self.samplesMax) }
    }

    /// Of a count, per second.
    package func rate(_ count: (FrontCounts) -> Int) -> Double {
        perSecond { count($1.counts) - count($0.counts) }
    }

    var ordersPerSecond: Double { perSecond { $1.orders - $0.orders } }

    /// Deals of a market, per second.
    package func deals(of market: Int) -> Double {
        perSecond { first, last in
            guard market < first.deals.count, market < last.deals.count else { return 0 }
            return Int(last.deals[market] - first.deals[market])
        }
    }

    private func perSecond(_ difference: (Sample, Sample) -> Int) -> Double {
        guard let first = samples.first, let last = samples.last, last.at > first.at else { return 0 }
        return Double(difference(first, last)) / (last.at - first.at).seconds
    }
}
