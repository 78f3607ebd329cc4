import MarketModel
import Quantities
import VenueKit

/// What a session asks of its driver.
package enum JayxSessionAction: Equatable, Sendable {
    /// Open a connection, and report `connected` or `disconnected`.
    case connect
    /// Close the connection; `disconnected` is still reported.
    case close
    /// Send a message. Subscriptions to private streams have the key in them: never show one.
    case send([UInt8])
    case announce(ConnectionChange.State)
    /// Why the connection is given up.
    case tell(JayxSessionFault)
}

/// What went wrong in a session.
package enum JayxSessionFault: Equatable, Sendable {
    case connectTimeout
    /// The peer did not open, or did not let us join, in time.
    case openingTimeout
    /// Neither a ping nor anything else came.
    case silent
    /// The peer ended it, with these words.
    case closed(String)
}

extension JayxSessionFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .connectTimeout: "no connection in time"
        case .openingTimeout: "the venue did not let us join in time"
        case .silent: "nothing came any more"
        case .closed(let words): "the venue ended the connection: \(words)"
        }
    }
}

/// What is set about a session.
package struct JayxSessionSettings: Sendable {
    package var connectTimeout = Interval.seconds(10)
    package var openingTimeout = Interval.seconds(10)
    /// For how long nothing may come where the peer does not say how often it pings.
    package var silenceMax = Interval.seconds(60)
    package var reconnection = ReconnectionTiming()

    package init() {}
}

/// One connection to the venue, from nothing to subscribed and back again: a machine that decides and does nothing.
///
/// ```
/// connect ─ (opened ─ join ─ joined) ─ subscribe all ─ up
///    ▲                                                 │
///    └──────── pause ◄── close ◄── silence, closing ◄──┘
/// ```
///
/// What is in brackets is there where the framing has it. The venue answers no subscription that we know of; what comes
/// is taken. It reads no clock: its driver calls `advance` when `nextDue` has come.
package struct JayxSession: Sendable {
    enum State: Equatable, Sendable {
        /// Not wanted. Can transition to: `connecting` when it is wanted.
        case idle
        /// Between attempts. Can transition to: `connecting` when the time has come, `idle` when it is not wanted.
        case pausing(until: Instant)
        /// Can transition to: `opening` or `up` when it stands, `leaving` when that takes too long, `pausing` when it
        /// failed.
        case connecting(until: Instant)
        /// The peer has to say that it is ready. Can transition to: `up` when it has, `leaving` when it does not,
        /// `pausing` when the connection ended.
        case opening(until: Instant)
        /// Subscribed. Can transition to: `leaving` on silence and when the peer takes leave, `pausing` when it ended.
        case up
        /// Closed by us. Can transition to: `pausing` or `idle` when it ended.
        case leaving
    }

    package let settings: JayxSessionSettings
    private let codec: any JayxCodec
    private let subscriptions: [JayxSubscription]
    private(set) var state = State.idle
    private var reconnection: Reconnection
    private var lastHeard = Instant.distantPast
    private var silenceMax: Interval
    /// How often we ping; nil where the peer does.
    private var pingInterval: Interval?
    private var nextPing = Instant.distantFuture

    package init(
        _ subscriptions: [JayxSubscription], _ codec: any JayxCodec,
        _ settings: JayxSessionSettings = JayxSessionSettings()
    ) {
        self.subscriptions = subscriptions
        self.codec = codec
        self.settings = settings
        reconnection = Reconnection(settings.reconnection)
        silenceMax = settings.silenceMax
    }

    package var isReady: Bool { state == .up }

    /// When `advance` has something to do.
    package var nextDue: Instant {
        switch state {
        case .idle, .leaving: .distantFuture
        case .pausing(let until), .connecting(let until), .opening(let until): until
        case .up: min(lastHeard + silenceMax, nextPing)
        }
    }

    /// The session is wanted from here on.
    package mutating func start(at now: Instant) -> [JayxSessionAction] {
        switch reconnection.start() {
        case .connect: connect(at: now)
        case .none, .wait, .close: []
        }
    }

    /// The session is not wanted any more.
    package mutating func stop() -> [JayxSessionAction] {
        switch reconnection.stop() {
        case .close:
            let wasReady = isReady
            if state == .leaving { return [] }
            state = .leaving
            return (wasReady ? [.announce(.lost)] : []) + [.close]
        case .none, .connect, .wait:
            if case .pausing = state { state = .idle }
            return []
        }
    }

    private mutating func connect(at now: Instant) -> [JayxSessionAction] {
        state = .connecting(until: now + settings.connectTimeout)
        return [.announce(.connecting), .connect]
    }
}

// MARK: - What comes

extension JayxSession {
    /// The connection stands, and nothing was sent on it.
    package mutating func connected(at now: Instant) -> [JayxSessionAction] {
        guard case .connecting = state else { return [] }
        lastHeard = now
        silenceMax = settings.silenceMax
        pingInterval = nil
        nextPing = .distantFuture
        guard !codec.awaitsOpening else {
            state = .opening(until: now + settings.openingTimeout)
            return []
        }
        return subscribe(at: now)
    }

    /// A message came and was read.
    package mutating func received(_ frame: JayxFrame, at now: Instant) -> [JayxSessionAction] {
        switch state {
        case .opening, .up: break
        case .idle, .pausing, .connecting, .leaving: return []
        }
        lastHeard = max(lastHeard, now)
        switch frame {
        case .event, .pong, .ignored: return []
        case .ping: return codec.pong.map { [.send($0)] } ?? []
        case .opened(let interval, let timeout):
            silenceMax = interval + timeout
            if codec.ping != nil {
                pingInterval = interval
                nextPing = now + interval
            }
            return codec.joining.map { [.send($0)] } ?? []
        case .joined:
            guard case .opening = state else { return [] }
            return subscribe(at: now)
        case .closed(let words): return leave(.closed(words))
        }
    }

    /// The attempt failed, or the connection is over, whoever ended it.
    package mutating func disconnected(
        at now: Instant, _ random: inout SeededRandom
    ) -> [JayxSessionAction] {
        switch state {
        case .idle, .pausing: return []
        case .connecting, .opening, .up, .leaving: break
        }
        let lost: [JayxSessionAction] = isReady ? [.announce(.lost)] : []
        switch reconnection.ended(at: now, &random) {
        case .wait(let until):
            state = .pausing(until: until)
            return lost
        case .connect: return lost + connect(at: now)
        case .none, .close:
            state = .idle
            return lost
        }
    }

    private mutating func subscribe(at now: Instant) -> [JayxSessionAction] {
        state = .up
        _ = reconnection.opened(at: now)
        return subscriptions.map { .send(codec.encode($0)) } + [.announce(.ready)]
    }

    private mutating func leave(_ fault: JayxSessionFault) -> [JayxSessionAction] {
        let wasReady = isReady
        state = .leaving
        return (wasReady ? [.announce(.lost)] : []) + [.tell(fault), .close]
    }

    /// The time has come to this; may be called at any time.
    package mutating func advance(to now: Instant) -> [JayxSessionAction] {
        switch state {
        case .idle, .leaving: return []
        case .pausing:
            switch reconnection.elapsed(at: now) {
            case .connect: return connect(at: now)
            case .wait, .none, .close: return []
            }
        case .connecting(let until): return now < until ? [] : leave(.connectTimeout)
        case .opening(let until): return now < until ? [] : leave(.openingTimeout)
        case .up:
            if now >= lastHeard + silenceMax { return leave(.silent) }
            guard now >= nextPing, let pingInterval, let ping = codec.ping else { return [] }
            nextPing = now + pingInterval
            return [.send(ping)]
        }
    }
}
