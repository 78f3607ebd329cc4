import CoinExVenue
import MarketModel
import Quantities
import StrategyKit
import TradingCore
import VenueKit
import WireCodecs

/// The actor that a live session belongs to: it lives on the loop of its sockets, so that what they bring is decided
/// upon in the same call chain, without a hop.
public final actor LiveTrader<S: StrategyCallbacks> {
    @usableFromInline nonisolated let executor: UnownedSerialExecutor
    @usableFromInline let sockets: VenueSockets
    @usableFromInline let run: LiveRun
    @usableFromInline var session: TraderSession<S>
    /// What an action carries.
    @usableFromInline var wire = WireBuffer(capacity: 16_384)
    @usableFromInline var isPumping = false

    @usableFromInline
    init(_ run: LiveRun, _ session: consuming sending TraderSession<S>) {
        executor = run.executor
        sockets = run.sockets
        self.run = run
        self.session = session
    }

    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor }

    /// Calls the body on this actor, as `enter` does: who asks the loop itself where it is need not ask the runtime.
    @inlinable @inline(__always)
    nonisolated func take<Argument>(
        _ argument: Argument, _ body: @escaping (isolated LiveTrader, Argument) -> Void
    ) {
        run.assertOnLoop()
        // The two types differ only in what the compiler knows of them.
        let plain = unsafeBitCast(body, to: ((LiveTrader, Argument) -> Void).self)
        plain(self, argument)
    }

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
    func observed(_ events: [MarketEvent], at now: Instant) {
        session.observed(events, at: now)
        pump()
    }

    @inlinable
    func closed(at now: Instant) {
        session.closed(at: now)
        pump()
    }

    @inlinable
    func heard(_ request: UInt64, _ quota: CoinExQuota, at now: Instant) {
        session.heard(quota, of: request, at: now)
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
    /// An order does not leave when the lease has run out: the process may have stood still for any time between two
    /// instructions, and somebody else may have taken over meanwhile.
    ///
    /// What an action leads to at once, such as the end of a socket, is told while it is being carried out: its own
    /// actions come after. What the tape keeps beside its file is written with the next look.
    @inlinable @inline(__always)
    func pump() {
        guard !isPumping else { return }
        isPumping = true
        while let action = session.takeAction(&wire) {
            if case .sendRequest(let request) = action, request.kind == .order, !run.mayTrade {
                wire.removeAll()
                session.ended(request.number, .neverSent, at: sockets.now)
            } else {
                sockets.perform(action, &wire)
            }
        }
        isPumping = false
        session.makeRoom()
        sockets.wake(at: session.nextDue)
    }

    // MARK: Beside the trading

    /// Ledger, console, view: at every look.
    @inlinable
    func look(at now: Instant) {
        run.tell(session.takeNotes(run.text), at: now)
        session.commit()
        let (phase, failure) = (session.phase, session.failure)
        run.eventCount = session.eventCount
        session.lend { run.look(&$0, &$1, phase, failure, at: now) }
        if let step = run.takeHalt(at: now) {
            session.halt(step, at: now)
            pump()
        }
        if run.takeArming() {
            session.arm(at: now)
            pump()
        }
    }

    /// The tape's end, and what is to be said of the run.
    @inlinable
    func finish(at now: Instant) -> RunOutcome? {
        session.finish(at: now)
        run.tell(session.takeNotes(run.text), at: now)
        let (phase, failure) = (session.phase, session.failure)
        run.eventCount = session.eventCount
        return session.lend { run.conclude(&$0, &$1, phase, failure, at: now) }
    }
}
