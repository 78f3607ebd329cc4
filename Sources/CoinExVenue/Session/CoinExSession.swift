import MarketModel
import Quantities
import VenueKit

/// One connection to the venue, from nothing to ready and back again: a machine that decides and does nothing.
///
/// ```
/// connect ─ sign ─ subscribe all ─ ask for orders, balances, deals by REST ─ ready
///    ▲                                                                        │
///    └──────────── pause ◄── close ◄── silence, faults, refusals ─────────────┘
/// ```
///
/// Nothing survives a connection: after each gap everything is subscribed and asked for anew. What pushes bring while
/// queries are under way is joined as facts are, so their order does not matter.
///
/// 1. Orders may be sent only while `isReady`.
/// 2. A connection is alive when pings are answered *and* books move *and* orders that the venue took are heard of:
///    each can fail by itself.
/// 3. Every wait has an end: replies, pings, connecting. Queries are repeated without end, ever more slowly.
/// 4. It reads no clock: its driver calls `advance` when `nextDue` has come.
package struct CoinExSession: Sendable {
    enum State: Equatable, Sendable {
        /// Not wanted. Can transition to: `connecting` when it is wanted.
        case idle
        /// Between attempts. Can transition to: `connecting` when the time has come, `idle` when it is not wanted
        /// any more.
        case pausing(until: Instant)
        /// Can transition to: `signing` or `subscribing` when it opened, `leaving` when that takes too long or it is
        /// not wanted any more, `pausing` when it failed.
        case connecting(until: Instant)
        /// Can transition to: `subscribing` when the venue took the signature, `leaving` when it refused it or did
        /// not answer, `pausing` when the connection ended.
        case signing
        /// Can transition to: `reconciling` when all subscriptions stand, `signing` when the venue wants a signature
        /// again, `leaving` on refusals and silence, `pausing` when the connection ended.
        case subscribing
        /// Can transition to: `ready` when all queries are answered, `leaving`, `signing` and `pausing` as before.
        case reconciling
        /// Can transition to: `leaving` on silence and faults, `signing` when the venue wants a signature again,
        /// `pausing` when the connection ended, `reconciling` when pushes were lost.
        case ready
        /// Closed by us, with the least pause that follows. Can transition to: `pausing`, `idle` or `connecting` when
        /// it ended.
        case leaving(pauseMin: Interval)
    }

    /// A query that is under way, or waits to be repeated.
    struct OpenQuery: Equatable, Sendable {
        var id: UInt64
        var query: CoinExSessionQuery
        var failures = 0
        /// When it is sent again; `distantFuture` while it is under way.
        var retryAt = Instant.distantFuture
    }

    /// A subscription that failed for a passing reason.
    struct Retry: Equatable, Sendable {
        var stream: CoinExStream
        var at: Instant
    }

    package let settings: CoinExSessionSettings
    var state = State.idle
    var reconnection: Reconnection
    var calls = CoinExCallTable<CoinExSessionCall>()
    /// Ids of calls and queries count up, so that they are unique in the session and in each connection.
    package internal(set) var lastCallID: Int64 = 0
    package internal(set) var lastQueryID: UInt64 = 0
    var queries: [OpenQuery] = []
    var retries: [Retry] = []
    /// Failures of each stream's subscription in this connection, and of signing again.
    var attempts = [Int](repeating: 0, count: CoinExStream.allCases.count)
    var signatures = 0
    var watch: CoinExStreamWatch
    /// The newest own deal that is known: what a gap is counted from.
    package private(set) var lastDeal = DealID(0)
    /// Whether orders that have ended are to be asked for too, because a tape may have lost them.
    package var looksBack = false
    /// Replies that nobody waited for.
    package var strayReplies = 0

    package init(_ settings: CoinExSessionSettings) {
        self.settings = settings
        reconnection = Reconnection(settings.reconnection)
        watch = CoinExStreamWatch(settings)
    }

    package var isReady: Bool { state == .ready }

    /// When `advance` has something to do.
    package var nextDue: Instant {
        switch state {
        case .idle, .leaving: .distantFuture
        case .pausing(let until), .connecting(let until): until
        case .signing, .subscribing, .reconciling, .ready:
            min(
                calls.nextDeadline, watch.nextDue,
                min(
                    queries.map(\.retryAt).min() ?? .distantFuture,
                    retries.map(\.at).min() ?? .distantFuture))
        }
    }

    /// An own deal is known, from whatever channel.
    package mutating func saw(_ deal: DealID) { lastDeal = max(lastDeal, deal) }
}

// MARK: - Wanted or not

extension CoinExSession {
    /// The session is wanted from here on.
    package mutating func start(at now: Instant) -> [CoinExSessionAction] {
        switch reconnection.start() {
        case .connect: connect(at: now)
        case .none, .wait, .close: []
        }
    }

    /// The session is not wanted any more.
    package mutating func stop() -> [CoinExSessionAction] {
        let wasUp = isUp
        switch reconnection.stop() {
        case .close:
            // A connection that is being closed already is not closed again.
            if case .leaving = state { return [] }
            state = .leaving(pauseMin: .zero)
            return forgetConnection(wasUp: wasUp) + [.close]
        case .none, .connect, .wait:
            if case .pausing = state { state = .idle }
            return []
        }
    }

    private mutating func connect(at now: Instant) -> [CoinExSessionAction] {
        state = .connecting(until: now + settings.connectTimeout)
        return [.announce(.connecting), .connect]
    }
}

// MARK: - The connection

extension CoinExSession {
    /// The connection stands, and nothing was sent on it.
    package mutating func connected(at now: Instant) -> [CoinExSessionAction] {
        switch state {
        case .connecting: break
        // It was given up meanwhile: the close that was asked for is on its way.
        case .idle, .pausing, .signing, .subscribing, .reconciling, .ready, .leaving: return []
        }
        _ = reconnection.opened(at: now)
        attempts = attempts.map { _ in 0 }
        signatures = 0
        watch.begin(at: now)
        return settings.isSigned ? sign(at: now) : subscribe(at: now)
    }

    /// The attempt failed, or the connection is over, whoever ended it.
    package mutating func disconnected(
        at now: Instant, _ random: inout SeededRandom
    ) -> [CoinExSessionAction] {
        let pauseMin: Interval
        switch state {
        case .leaving(let pause): pauseMin = pause
        case .idle, .pausing: return []
        case .connecting, .signing, .subscribing, .reconciling, .ready: pauseMin = .zero
        }
        let actions = forgetConnection(wasUp: isUp)
        switch reconnection.ended(at: now, pauseMin: pauseMin, &random) {
        case .wait(let until):
            state = .pausing(until: until)
            return actions
        case .connect: return actions + connect(at: now)
        case .none, .close:
            state = .idle
            return actions
        }
    }

    /// Gives the connection up, and stays away for a while at least.
    mutating func leave(pauseMin: Interval = .zero) -> [CoinExSessionAction] {
        let wasUp = isUp
        state = .leaving(pauseMin: pauseMin)
        return forgetConnection(wasUp: wasUp) + [.close]
    }

    /// Whether a connection stands and is not given up.
    var isUp: Bool {
        switch state {
        case .signing, .subscribing, .reconciling, .ready: true
        case .idle, .pausing, .connecting, .leaving: false
        }
    }

    private mutating func forgetConnection(wasUp: Bool) -> [CoinExSessionAction] {
        calls.removeAll()
        queries.removeAll()
        retries.removeAll()
        watch.end()
        return wasUp ? [.announce(.lost), .distrustBooks] : []
    }
}

// MARK: - Time

extension CoinExSession {
    /// The time has come to this; may be called at any time.
    package mutating func advance(to now: Instant) -> [CoinExSessionAction] {
        switch state {
        case .idle, .leaving: return []
        case .pausing:
            switch reconnection.elapsed(at: now) {
            case .connect: return connect(at: now)
            case .wait, .none, .close: return []
            }
        case .connecting(let until):
            return now < until ? [] : [.tell(.connectTimeout)] + leave()
        case .signing, .subscribing, .reconciling, .ready:
            var actions = overdueCalls(at: now)
            if isUp { actions += watched(at: now) }
            if isUp { actions += repeated(at: now) }
            return actions
        }
    }
}
