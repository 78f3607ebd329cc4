import MarketModel
import Quantities
import StrategyKit
import TradingCore
import VenueKit
import WireCodecs

/// An engine and a link to a venue, joined: the loop of live trading.
///
/// Whoever drives it owns sockets and clock: it reports what came (`opened`, `received`, `closed`, `ended`), calls
/// `advance` when `nextDue` has come, and after every call takes the actions (`takeAction`) and carries them out. A
/// message leads to the decision and to the bytes of the order in one call chain.
///
/// ```
/// received(bytes) ─ link ─ facts, events ─ observer ─ engine ─ observer ─ link.dispatch ─ takeAction
/// ```
///
/// 1. The observer sees every input before the engine does, and every dispatch before it leaves. Once it has missed
///    something, nothing leaves any more, and the session ends.
/// 2. Strategies hear `onStart` when the link is ready and all open orders, balances and deals have been joined. The
///    first start and every other one take the same path.
/// 3. It is over when own orders have ended and the venue's list says so too, or when patience is.
public struct LiveSession<
    S: StrategyCallbacks, Link: VenueLink & ~Copyable, Observer: SessionObserver & ~Copyable
>: ~Copyable {
    @usableFromInline package var engine: Engine<S>
    @usableFromInline package var link: Link
    @usableFromInline package var observer: Observer
    @usableFromInline var output = LinkOutput()
    /// What the engine has released in this turn.
    @usableFromInline var turn: [Dispatch] = []
    @usableFromInline package var phase = LivePhase.idle
    /// Decisions wait to be written.
    @usableFromInline var isUnwritten = false
    @usableFromInline let settings: LiveSettings
    @usableFromInline var nextAudit = Instant.distantFuture
    @usableFromInline var care = LiveCare()

    /// - Parameter engine: a new one, or one that a tape has brought to where the session before ended.
    @inlinable
    package init(
        engine: consuming Engine<S>, link: consuming Link, observer: consuming Observer,
        settings: LiveSettings = LiveSettings()
    ) {
        self.engine = engine
        self.link = link
        self.observer = observer
        self.settings = settings
        turn.reserveCapacity(128)
    }

    /// When `advance` has something to do.
    @inlinable package var nextDue: Instant {
        switch phase {
        case .idle, .ended: .distantFuture
        case .joining, .running: min(link.nextDue, min(engine.nextDue, nextAudit))
        case .stopping(let deadline), .verifying(let deadline, _):
            min(deadline, min(link.nextDue, min(engine.nextDue, nextAudit)))
        }
    }

    /// How the session ended; nil while it has not.
    @inlinable package var outcome: LiveOutcome? {
        switch phase {
        case .ended(let outcome): outcome
        case .idle, .joining, .running, .stopping, .verifying: nil
        }
    }

    /// Hands out what the person who runs the session should know of its account, and forgets it; beside the notices of
    /// the link and the alerts of the engine.
    package mutating func takeAlerts() -> [LiveAlert] {
        defer { care.alerts = [] }
        return care.alerts
    }

    /// Hands over the oldest action and appends its bytes; nil when there is none.
    ///
    /// What was decided is written before, with all that has led to it.
    @inlinable
    package mutating func takeAction(_ bytes: inout WireBuffer) -> LinkAction? {
        if isUnwritten { write() }
        return output.takeAction(&bytes)
    }

    /// What is not on the tape does not leave.
    @inlinable
    mutating func write() {
        isUnwritten = false
        observer.willSend()
        guard observer.isBroken else { return }
        output.dropActions()
        switch phase {
        case .ended: return
        case .idle, .joining, .running, .stopping, .verifying: endBroken(at: engine.desk.now)
        }
    }
}

// MARK: - What the driver reports

extension LiveSession where Link: ~Copyable, Observer: ~Copyable {
    @inlinable
    package mutating func start(at now: Instant) {
        guard phase == .idle else { return }
        // One that was cut short while it ended goes on with that.
        phase = engine.isStopping ? .stopping(deadline: now + settings.lateStopPatience) : .joining
        for index in engine.desk.orders.active.indices {
            let slot = Int(engine.desk.orders.active[index])
            link.remember(engine.desk.orders.slots[slot], into: &output)
        }
        // One that a tape has brought here awaits it already, and its strategies have started.
        if !engine.hasStarted { engine.awaitLink() }
        link.start(at: now, into: &output)
        settle(at: now)
    }

    /// The socket stands.
    @inlinable
    package mutating func opened(at now: Instant) {
        link.opened(at: now, into: &output)
        settle(at: now)
    }

    /// The socket ended, or never stood.
    @inlinable
    package mutating func closed(at now: Instant) {
        link.closed(at: now, into: &output)
        settle(at: now)
    }

    /// A text message came on the socket.
    @inlinable
    package mutating func received(_ message: UnsafeBufferPointer<UInt8>, at now: Instant) {
        catchUp(to: now)
        link.received(message, at: now, into: &output)
        settle(at: now)
    }

    /// A request came to its end.
    @inlinable
    package mutating func ended(_ request: UInt64, _ outcome: RequestOutcome, at now: Instant) {
        catchUp(to: now)
        link.ended(request, outcome, at: now, into: &output)
        settle(at: now)
    }

    /// The time has come to this; may be called at any time.
    @inlinable
    package mutating func advance(to now: Instant) {
        switch phase {
        case .idle, .ended: return
        case .joining, .running, .stopping, .verifying: break
        }
        catchUp(to: now)
        if link.nextDue <= now { link.advance(to: now, into: &output) }
        if nextAudit <= now { audit(at: now) }
        settle(at: now)
    }

    /// Events of a source of market data came, beside those of the venue.
    @inlinable
    package mutating func observed(_ events: [MarketEvent], at now: Instant) {
        switch phase {
        case .joining, .running, .stopping, .verifying: break
        case .idle, .ended: return
        }
        catchUp(to: now)
        for event in events { feed(event, at: now) }
        settle(at: now)
    }

    /// Limits all strategies to a step of the ladder, as somebody outside has decided.
    @inlinable
    package mutating func halt(_ step: LadderStep, at now: Instant) {
        catchUp(to: now)
        observer.willHalt(step, at: now)
        engine.halt(step, at: now)
        send(at: now)
        settle(at: now)
    }

    /// Lifts a pause: a person has looked, and accepts what differs.
    @inlinable
    package mutating func arm(at now: Instant) {
        guard engine.isPaused else { return }
        catchUp(to: now)
        care.accept()
        pause(.armed, at: now)
        settle(at: now)
    }

    /// Ends the session: strategies are stopped, own orders cancelled, and that is verified.
    @inlinable
    package mutating func stop(at now: Instant) {
        switch phase {
        case .idle: end(LiveOutcome(), at: now)
        case .joining, .running:
            catchUp(to: now)
            observer.willStop(at: now)
            engine.stop(at: now)
            phase = .stopping(deadline: now + settings.stopPatience)
            nextAudit = .distantFuture
            send(at: now)
            settle(at: now)
        case .stopping, .verifying, .ended: return
        }
    }
}

// MARK: - The way in and out

extension LiveSession where Link: ~Copyable, Observer: ~Copyable {
    /// What is due in the engine goes before what came.
    @inlinable @inline(__always)
    mutating func catchUp(to now: Instant) {
        guard engine.nextDue <= now else { return }
        switch phase {
        case .idle, .ended: return
        case .joining, .running, .stopping, .verifying: break
        }
        observer.willAdvance(to: now)
        engine.advance(to: now)
        send(at: now)
    }

    /// Feeds what the link has made of its input, and goes on where the session can.
    @inlinable @inline(__always)
    mutating func settle(at now: Instant) {
        switch phase {
        case .idle, .joining, .running:
            if output.hasNews { takeNews(at: now) }
            if observer.isBroken { endBroken(at: now) }
        case .stopping, .verifying:
            if output.hasNews { takeNews(at: now) }
            goOnStopping(at: now)
        // The tape is closed.
        case .ended: if output.hasNews { output.dropNews() }
        }
    }

    @inlinable
    mutating func takeNews(at now: Instant) {
        // Facts can come of what is sent in answer to others: they are taken too.
        var index = 0
        while index < output.facts.count {
            feed(output.facts[index], at: now)
            index += 1
        }
        output.facts.removeAll(keepingCapacity: true)
        if !output.found.isEmpty || !output.lost.isEmpty { takeFound(at: now) }
        if output.listing != nil { takeListing(at: now) }
        index = 0
        while index < output.events.count {
            feed(output.events[index], at: now)
            index += 1
        }
        output.events.removeAll(keepingCapacity: true)
        // What the answers to events led to: orders that could not be sent.
        if !output.facts.isEmpty { takeNews(at: now) }
    }

    @inlinable @inline(__always)
    mutating func feed(_ fact: VenueFact, at now: Instant) {
        observer.willFeed(fact, at: now)
        engine.feed(fact, at: now)
        send(at: now)
    }

    @inlinable @inline(__always)
    mutating func feed(_ event: MarketEvent, at now: Instant) {
        switch event {
        case .connection(let change): feed(change, at: now)
        case .quote, .trade, .level, .reset, .ticker, .optionMark:
            observer.willFeed(event)
            engine.feed(event)
            send(at: now)
        }
    }

    @inlinable
    mutating func feed(_ change: ConnectionChange, at now: Instant) {
        if phase == .joining, change.state == .ready { begin(at: now) }
        observer.willFeed(.connection(change))
        engine.feed(.connection(change))
        send(at: now)
    }

    /// All is joined: strategies start, unless the account does not hold what they would begin with.
    @inlinable
    mutating func begin(at now: Instant) {
        phase = .running
        // A pause outlives its process, and looks that find nothing lift it.
        nextAudit = now + auditPause
        guard !engine.hasStarted else { return }
        let shortfalls = engine.shortfalls()
        guard shortfalls.isEmpty else { return refuseToBegin(shortfalls, at: now) }
        observer.willStart(at: now)
        engine.start(at: now)
        send(at: now)
    }

    /// Sends what the engine wants sent.
    @inlinable @inline(__always)
    mutating func send(at now: Instant) {
        guard engine.hasDispatches else { return }
        dispatch(at: now)
    }

    @inlinable
    mutating func dispatch(at now: Instant) {
        turn.removeAll(keepingCapacity: true)
        engine.drain { dispatch in
            observer.didDispatch(dispatch)
            // What is not on the tape does not leave.
            if !observer.isBroken { turn.append(dispatch) }
        }
        isUnwritten = true
        link.dispatch(turn, at: now, into: &output)
    }
}
