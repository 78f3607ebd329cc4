import LiveTrading
import MarketModel
import Quantities
import StrategyKit
import TradingCore
import VenueKit
import WireCodecs

/// Real market data, and fills that are not: a link that only looks, and a simulated venue beside it.
///
/// Driven as a live session is (`LiveSession`). The link has no key; no order leaves. What the account holds is what
/// was paid into the simulated venue. Strategies start when the link is ready; while it is not, new orders are refused,
/// as they would be live.
public struct PaperSession<
    S: StrategyCallbacks, Link: VenueLink & ~Copyable, Observer: SessionObserver & ~Copyable
>: ~Copyable {
    @usableFromInline package var session: SimulatedSession<S, Observer>
    /// Nil where all markets are of sources.
    @usableFromInline package var link: Link?
    @usableFromInline var output = LinkOutput()
    @usableFromInline var isStarted = false
    @usableFromInline package var phase = LivePhase.idle

    @inlinable
    package init(session: consuming SimulatedSession<S, Observer>, link: consuming Link?) {
        self.session = session
        self.link = consume link
        self.session.engine.awaitLink()
    }

    @inlinable package var nextDue: Instant {
        mutating get {
            let due = link?.nextDue ?? .distantFuture
            return isStarted ? min(due, session.nextDue) : due
        }
    }

    /// Hands over the oldest action and appends its bytes; nil when there is none.
    @inlinable
    package mutating func takeAction(_ bytes: inout WireBuffer) -> LinkAction? { output.takeAction(&bytes) }
}

extension PaperSession where Link: ~Copyable, Observer: ~Copyable {
    @inlinable
    package mutating func start(at now: Instant) {
        phase = .joining
        link?.start(at: now, into: &output)
        settle(at: now)
    }

    @inlinable
    package mutating func opened(at now: Instant) {
        link?.opened(at: now, into: &output)
        settle(at: now)
    }

    @inlinable
    package mutating func closed(at now: Instant) {
        link?.closed(at: now, into: &output)
        settle(at: now)
    }

    @inlinable
    package mutating func received(_ message: UnsafeBufferPointer<UInt8>, at now: Instant) {
        link?.received(message, at: now, into: &output)
        settle(at: now)
    }

    @inlinable
    package mutating func ended(_ request: UInt64, _ outcome: RequestOutcome, at now: Instant) {
        link?.ended(request, outcome, at: now, into: &output)
        settle(at: now)
    }

    @inlinable
    package mutating func advance(to now: Instant) {
        if link?.nextDue ?? .distantFuture <= now { link?.advance(to: now, into: &output) }
        settle(at: now)
        if isStarted { session.catchUp(to: now) }
    }

    /// Events of a source came.
    @inlinable
    package mutating func observed(_ events: [MarketEvent], at now: Instant) {
        switch phase {
        case .joining, .running: break
        case .idle, .stopping, .verifying, .ended: return
        }
        for event in events { feed(event, at: now) }
    }

    /// Stops the strategies, cancels their orders at the simulated venue, and gives the connection up.
    @inlinable
    package mutating func stop(at now: Instant) {
        if isStarted { session.stop(at: now) }
        isStarted = false
        var outcome = LiveOutcome()
        outcome.isVerified = true
        phase = .ended(outcome)
        link?.stop(at: now, into: &output)
        output.dropNews()
    }

    /// Facts of the real account are none of this session's.
    @inlinable @inline(__always)
    mutating func settle(at now: Instant) {
        if output.hasNews { takeNews(at: now) }
    }

    @inlinable
    mutating func takeNews(at now: Instant) {
        var index = 0
        while index < output.events.count {
            feed(output.events[index], at: now)
            index += 1
        }
        output.dropNews()
    }

    @inlinable @inline(__always)
    mutating func feed(_ event: MarketEvent, at now: Instant) {
        guard !isStarted, case .connection(let change) = event, change.state == .ready else {
            return session.feed(event)
        }
        isStarted = true
        phase = .running
        // It tells of the connection itself.
        session.start(at: now)
    }
}
