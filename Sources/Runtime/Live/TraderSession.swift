import CoinExVenue
import LiveTrading
import MarketModel
import Quantities
import StrategyKit
import TradingCore
import VenueKit
import WireCodecs

/// What a trader drives: a session at the venue, or one with the venue's data and simulated orders. One of them is
/// there.
@usableFromInline
struct TraderSession<S: StrategyCallbacks>: ~Copyable {
    @usableFromInline var live: LiveSession<S, CoinExLink, TapeObserver>?
    @usableFromInline var paper: PaperSession<S, CoinExLink, TapeObserver>?

    @inlinable
    init(live: consuming LiveSession<S, CoinExLink, TapeObserver>) {
        self.live = consume live
        paper = nil
    }

    @inlinable
    init(paper: consuming PaperSession<S, CoinExLink, TapeObserver>) {
        live = nil
        self.paper = consume paper
    }

    // MARK: - What the sockets tell

    @inlinable
    mutating func start(at now: Instant) {
        live?.start(at: now)
        paper?.start(at: now)
    }

    @inlinable
    mutating func opened(at now: Instant) {
        live?.opened(at: now)
        paper?.opened(at: now)
    }

    @inlinable @inline(__always)
    mutating func received(_ message: UnsafeBufferPointer<UInt8>, at now: Instant) {
        live?.received(message, at: now)
        paper?.received(message, at: now)
    }

    @inlinable
    mutating func observed(_ events: [MarketEvent], at now: Instant) {
        live?.observed(events, at: now)
        paper?.observed(events, at: now)
    }

    @inlinable
    mutating func closed(at now: Instant) {
        live?.closed(at: now)
        paper?.closed(at: now)
    }

    /// Simulated orders take nothing of the venue's limits.
    @inlinable
    mutating func heard(_ quota: CoinExQuota, of request: UInt64, at now: Instant) {
        live?.link.heard(quota, of: request, at: now)
    }

    @inlinable
    mutating func ended(_ request: UInt64, _ outcome: RequestOutcome, at now: Instant) {
        live?.ended(request, outcome, at: now)
        paper?.ended(request, outcome, at: now)
    }

    @inlinable
    mutating func advance(to now: Instant) {
        live?.advance(to: now)
        paper?.advance(to: now)
    }

    @inlinable
    mutating func halt(_ step: LadderStep, at now: Instant) {
        live?.halt(step, at: now)
        paper?.session.halt(step, at: now)
    }

    @inlinable
    mutating func arm(at now: Instant) { live?.arm(at: now) }

    @inlinable
    mutating func stop(at now: Instant) {
        live?.stop(at: now)
        paper?.stop(at: now)
    }

    // MARK: - What it wants

    @inlinable @inline(__always)
    mutating func takeAction(_ wire: inout WireBuffer) -> LinkAction? {
        if let action = live?.takeAction(&wire) { return action }
        return paper?.takeAction(&wire)
    }

    @inlinable @inline(__always)
    var nextDue: Instant {
        mutating get { min(live?.nextDue ?? .distantFuture, paper?.nextDue ?? .distantFuture) }
    }

    @inlinable
    var phase: LivePhase {
        mutating get { live?.phase ?? paper?.phase ?? .idle }
    }

    // MARK: - Beside the trading

    @inlinable
    var failure: (any Error)? {
        mutating get { live?.observer.failure ?? paper?.session.observer.failure }
    }

    /// Market events of this process.
    @inlinable
    var eventCount: Int {
        mutating get { live?.observer.eventCount ?? paper?.session.observer.eventCount ?? 0 }
    }

    /// What came, and what has left, is on the tape itself from here on.
    @inlinable
    mutating func commit() {
        live?.observer.commit()
        paper?.session.observer.commit()
    }

    /// The next requests need not wait until what is kept beside the tape has been written.
    @inlinable @inline(__always)
    mutating func makeRoom() { live?.observer.makeRoom() }

    @inlinable
    mutating func finish(at now: Instant) {
        live?.observer.finish(at: now)
        paper?.session.observer.finish(at: now)
    }

    /// What there is to tell beside orders and markets.
    @usableFromInline
    mutating func takeNotes(_ text: (LiveAlert) -> String) -> [String] {
        var notes = live?.takeAlerts().map(text) ?? []
        notes += (live?.link.takeNotices() ?? []).map { "\($0)" }
        notes += (paper?.link?.takeNotices() ?? []).map { "\($0)" }
        return notes
    }

    /// Lends what is looked at between two messages.
    @inlinable
    mutating func lend<Result>(_ body: (inout Desk, inout TradingFloor) -> Result) -> Result? {
        if let result = live?.lend(body) { return result }
        return paper?.session.lend(body)
    }
}

extension LiveSession where Link: ~Copyable, Observer: ~Copyable {
    @inlinable
    mutating func lend<Result>(_ body: (inout Desk, inout TradingFloor) -> Result) -> Result {
        body(&engine.desk, &engine.floor)
    }
}

extension SimulatedSession where Observer: ~Copyable {
    @inlinable
    mutating func lend<Result>(_ body: (inout Desk, inout TradingFloor) -> Result) -> Result {
        body(&engine.desk, &engine.floor)
    }
}
