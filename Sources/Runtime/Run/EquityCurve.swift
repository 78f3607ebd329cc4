import MarketModel
import Quantities
import StrategyKit
import TradingCore

/// How a strategy stood in a market at a moment.
package struct EquitySample: Equatable, Sendable {
    package var at: Instant
    package var strategy: StrategyID
    package var market: MarketID
    /// After fees, the open quantity valued at the mark.
    package var profit: Notional
    package var realised: Notional
    package var position: Quantity
    package var mark: Price?
    /// How much better than the mid price the fills were.
    package var spread: Notional
    package var feesPaid: Notional
    package var rebates: Notional
    /// The best own bid and ask that rest.
    package var ownBid: Price?
    package var ownAsk: Price?
}

/// The profit of a session over time, at a resolution that memory bounds.
///
/// Holds at most `samplesMax` moments: when it is full, every second one is dropped and the pause between
/// samples doubles.
package struct EquityCurve: Sendable {
    package static let samplesMax = 4_096

    /// Moments with the profit of all strategies together.
    package private(set) var samples: [(at: Instant, profit: Notional)] = []
    private var pause: Interval
    /// When the next sample is due.
    package private(set) var nextAt = Instant.distantPast

    package init(pause: Interval) { self.pause = pause }

    package func isDue(at now: Instant) -> Bool { now >= nextAt }

    package mutating func add(_ profit: Notional, at now: Instant) {
        samples.append((now, profit))
        nextAt = now + pause
        guard samples.count == Self.samplesMax else { return }
        samples = samples.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
        pause = pause + pause
    }
}
