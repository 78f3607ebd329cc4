import CoinExVenue
import LiveTrading
import MarketModel
import Quantities
import StrategyKit
import TradingCore
import VenueKit
import WireCodecs

/// The actor that a live session belongs to: it lives on the loop of its sockets, so that what they bring is decided
/// upon in the same call chain, without a hop.
public actor LiveTrader<S: StrategyCallbacks> {
    @usableFromInline typealias Session = LiveSession<S, CoinExLink, TapeObserver>

    @usableFromInline nonisolated let executor: UnownedSerialExecutor
    @usableFromInline let sockets: VenueSockets
    @usableFromInline let run: LiveRun
    @usableFromInline var session: Session
    /// What an action carries.
    @usableFromInline var wire = WireBuffer(capacity: 16_384)
    @usableFromInline var isPumping = false

    @usableFromInline
    init(_ run: LiveRun, _ session: consuming sending Session) {
        executor = run.executor
        sockets = run.sockets
        self.run = run
        self.session = session
    }

    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor }

    // MARK: What the sockets tell

    @inlinable
    func start(at now: Instant) {
        session.start(at: now)
        pump()
    }

    @inlinable
    func opened(at now: Instant) {
        session.opened(at: now)
        pump()
    }

    @inlinable
    func received(_ message: UnsafeBufferPointer<UInt8>, at now: Instant) {
        session.received(message, at: now)
        pump()
    }

    @inlinable
    func closed(at now: Instant) {
        session.closed(at: now)
        pump()
    }

    @inlinable
    func ended(_ request: UInt64, _ outcome: RequestOutcome, at now: Instant) {
        session.ended(request, outcome, at: now)
        pump()
    }

    @inlinable
    func advance(to now: Instant) {
        session.advance(to: now)
        pump()
    }

    @inlinable
    func stop(at now: Instant) {
        session.stop(at: now)
        pump()
    }

    /// Carries out what the session asks for, and sees when it wants to be woken.
    ///
    /// What an action leads to at once, such as the end of a socket, is told while it is being carried out: its own
    /// actions come after.
    @inlinable @inline(__always)
    func pump() {
        guard !isPumping else { return }
        isPumping = true
        while let action = session.takeAction(&wire) { sockets.perform(action, &wire) }
        isPumping = false
        sockets.wake(at: session.nextDue)
    }

    // MARK: Beside the trading

    /// Ledger, console, view: at every look.
    @inlinable
    func look(at now: Instant) {
        run.tell(session.link.takeNotices(), at: now)
        // What came without leading to a decision is on the tape soon, too.
        session.observer.commit()
        let (phase, failure) = (session.phase, session.observer.failure)
        session.lend { run.look(&$0, &$1, phase, failure, at: now) }
    }

    /// The tape's end, and what is to be said of the run.
    @inlinable
    func finish(at now: Instant) -> RunOutcome {
        session.observer.finish(at: now)
        run.tell(session.link.takeNotices(), at: now)
        let (phase, failure) = (session.phase, session.observer.failure)
        return session.lend { run.conclude(&$0, &$1, phase, failure, at: now) }
    }
}

extension LiveSession where Link: ~Copyable, Observer: ~Copyable {
    /// Lends what is looked at between two messages.
    @inlinable
    mutating func lend<Result>(_ body: (inout Desk, inout TradingFloor) -> Result) -> Result {
        body(&engine.desk, &engine.floor)
    }
}
