import MarketModel
import Quantities
import VenueKit

/// Sees all that goes into an engine, before the engine does, and all that comes out.
///
/// The tape is one; a backtest without a tape has one that does nothing and costs nothing.
public protocol SessionObserver: ~Copyable {
    mutating func willStart(at now: Instant)
    mutating func willAdvance(to now: Instant)
    mutating func willFeed(_ event: MarketEvent)
    mutating func willFeed(_ fact: VenueFact, at now: Instant)
    mutating func willAdopt(_ adoption: Adoption)
    /// The tape of a session that was cut short is gone on with. What was noted so far has to survive a power cut
    /// before this returns: the numbers of the gap are never given again.
    mutating func willResume(_ gap: SequenceGap)
    mutating func willHalt(_ step: LadderStep, at now: Instant)
    mutating func willStop(at now: Instant)
    mutating func didDispatch(_ dispatch: Dispatch)
    /// What has been decided is about to leave: it has to be noted for good, and what has led to it. Comes at the end of a
    /// turn, so that what one input of the venue has told is noted as a whole or not at all.
    mutating func willSend()
    /// The session has ended in good order: nothing more comes, and what waits is to be written.
    mutating func finish(at now: Instant)
    /// Why it has missed something, if it has: nothing may be sent any more.
    var failure: (any Error)? { get }
    /// Whether it has missed something.
    var isBroken: Bool { get }
}

/// Looks away.
public struct NoObserver: SessionObserver {
    @inlinable package init() {}
    @inlinable public mutating func willStart(at now: Instant) {}
    @inlinable public mutating func willAdvance(to now: Instant) {}
    @inlinable public mutating func willFeed(_ event: MarketEvent) {}
    @inlinable public mutating func willFeed(_ fact: VenueFact, at now: Instant) {}
    @inlinable public mutating func willAdopt(_ adoption: Adoption) {}
    @inlinable public mutating func willResume(_ gap: SequenceGap) {}
    @inlinable public mutating func willHalt(_ step: LadderStep, at now: Instant) {}
    @inlinable public mutating func willStop(at now: Instant) {}
    @inlinable public mutating func didDispatch(_ dispatch: Dispatch) {}
    @inlinable public mutating func willSend() {}
    @inlinable public mutating func finish(at now: Instant) {}
    @inlinable public var failure: (any Error)? { nil }
    @inlinable public var isBroken: Bool { false }
}
