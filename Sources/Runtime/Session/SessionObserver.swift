import MarketModel
import Quantities
import VenueKit

/// Sees all that goes into an engine, before the engine does, and all that comes out.
///
/// The tape is one; a backtest without a tape has one that does nothing and costs nothing.
package protocol SessionObserver: ~Copyable {
    mutating func willStart(at now: Instant)
    mutating func willAdvance(to now: Instant)
    mutating func willFeed(_ event: MarketEvent)
    mutating func willFeed(_ fact: VenueFact, at now: Instant)
    mutating func willStop(at now: Instant)
    mutating func didDispatch(_ dispatch: Dispatch)
}

/// Looks away.
package struct NoObserver: SessionObserver {
    @inlinable package init() {}
    @inlinable package mutating func willStart(at now: Instant) {}
    @inlinable package mutating func willAdvance(to now: Instant) {}
    @inlinable package mutating func willFeed(_ event: MarketEvent) {}
    @inlinable package mutating func willFeed(_ fact: VenueFact, at now: Instant) {}
    @inlinable package mutating func willStop(at now: Instant) {}
    @inlinable package mutating func didDispatch(_ dispatch: Dispatch) {}
}
