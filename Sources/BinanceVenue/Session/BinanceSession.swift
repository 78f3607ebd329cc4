import MarketModel
import Quantities
import VenueKit

/// Connections to the venue such that there always is one: a machine that decides and does nothing.
///
/// ```
/// connect ─ calls, one after the other ─ up ── old, or told of a shutdown ─ second connection ─ its calls ─ up
///    ▲                                   │                                                                  │
///    └─ pause ◄── silence, faults ───────┘            first connection closed ◄── both for a while ◄────────┘
/// ```
///
/// The venue ends every connection after 24 hours. Before, a second one is opened and brought up; then both are
/// listened to for a while, so that what one brings late the other has brought; only then the first is closed. What
/// both bring is told apart by its numbers: `BinanceDuplicates`.
///
/// 1. At most two connections are open.
/// 2. Calls of a connection go one after the other, each when the one before is answered and the venue's limit of
///    messages lets it.
/// 3. Every wait has an end. It reads no clock: its driver calls `advance` when `nextDue` has come.
/// 4. Whoever ends a connection forgets it: later words about it change nothing.
package struct BinanceSession<Call: Equatable & Sendable>: Sendable {
    package typealias Action = BinanceSessionAction<Call>
    typealias Connection = BinanceConnection<Call>

    enum State: Sendable {
        /// Not wanted. Can transition to: `alone` when it is wanted.
        case idle
        /// Between attempts. Can transition to: `alone` when the time has come, `idle` when it is not wanted.
        case pausing(until: Instant)
        /// One connection, under way or up. Can transition to: `pausing` when it ended, `rotating` when it is old,
        /// `idle` when it is not wanted.
        case alone(Connection)
        /// The first serves, the second is brought up. Can transition to: `overlapping` when the second is up, `alone`
        /// when either ended, `idle` when it is not wanted.
        case rotating(Connection, Connection)
        /// Both are up and listened to. Can transition to: `alone` when the time has come or either ended, `idle` when
        /// it is not wanted.
        case overlapping(Connection, Connection, until: Instant)
    }

    package let settings: BinanceSessionSettings
    /// What every connection begins with.
    package internal(set) var calls: [Call]
    var state = State.idle
    var reconnection: Reconnection
    var rotatesAfter = Instant.distantPast
    var isToldToRotate = false
    var lastNumber: UInt64 = 0
    var lastID: Int64 = 0

    /// The most calls that wait on a connection; more are refused.
    package static var queuedMax: Int { 64 }

    package init(_ calls: [Call], _ settings: BinanceSessionSettings) {
        self.settings = settings
        self.calls = calls
        reconnection = Reconnection(settings.reconnection)
    }

    /// Whether a connection is up.
    package var isReady: Bool {
        switch state {
        case .idle, .pausing: false
        case .alone(let connection): connection.isUp
        case .rotating(let first, _): first.isUp
        case .overlapping: true
        }
    }

    /// When `advance` has something to do.
    package var nextDue: Instant {
        switch state {
        case .idle: .distantFuture
        case .pausing(let until): until
        case .alone(let connection): min(connection.nextDue, rotationDue(connection))
        case .rotating(let first, let second): min(first.nextDue, second.nextDue)
        case .overlapping(let first, let second, let until):
            min(until, min(first.nextDue, second.nextDue))
        }
    }

    /// When a connection gets a successor: not before it is up, and some time after an attempt that failed.
    func rotationDue(_ connection: Connection) -> Instant {
        guard connection.isUp else { return .distantFuture }
        return max(isToldToRotate ? .distantPast : connection.oldAt, rotatesAfter)
    }
}

// MARK: - Wanted or not

extension BinanceSession {
    /// The session is wanted from here on.
    package mutating func start(at now: Instant) -> [Action] {
        switch reconnection.start() {
        case .connect: return connect(at: now)
        case .none, .wait, .close: return []
        }
    }

    /// The session is not wanted any more.
    package mutating func stop() -> [Action] {
        let wasReady = isReady
        let actions = connections.map { Action.close($0.number) }
        state = .idle
        reconnection = Reconnection(settings.reconnection)
        return wasReady ? actions + [.announce(.lost)] : actions
    }

    /// From here on connections begin with `calls`; those that stand do `step` now.
    ///
    /// False when too many calls wait: nothing has changed then.
    package mutating func change(to calls: [Call], by step: Call, at now: Instant) -> (Bool, [Action]) {
        guard connections.allSatisfy({ $0.queue.count < Self.queuedMax }) else { return (false, []) }
        self.calls = calls
        return (
            true,
            update { connection, session in
                connection.queue.append(step)
                return session.send(&connection, at: now)
            }
        )
    }

    /// The venue has said on a connection that it ends it soon.
    package mutating func toldOfShutdown(_ number: UInt64, at now: Instant) -> [Action] {
        switch state {
        case .idle, .pausing: return []
        // The one that is brought up already is what the notice asks for.
        case .alone(let serving), .rotating(let serving, _), .overlapping(_, let serving, _):
            guard serving.number == number else { return [] }
        }
        isToldToRotate = true
        return settle(at: now)
    }

    mutating func connect(at now: Instant) -> [Action] {
        lastNumber += 1
        state = .alone(Connection(lastNumber, calls, settings, at: now))
        return [.announce(.connecting), .connect(lastNumber)]
    }
}

// MARK: - What connections tell

extension BinanceSession {
    /// The connection stands, and nothing was sent on it.
    package mutating func connected(_ number: UInt64, at now: Instant) -> [Action] {
        let actions = update(number) { connection, session in
            connection.opened(at: now)
            return session.send(&connection, at: now)
        }
        return actions + settle(at: now)
    }

    /// Something came, be it a frame or a ping; a pong that was sent for it counts as a message.
    package mutating func heard(_ number: UInt64, pongSent: Bool = false, at now: Instant) {
        _ = update(number) { connection, _ in
            connection.heard(at: now)
            if pongSent { connection.ponged(at: now) }
            return []
        }
    }

    /// The venue answered a call; `refusal` is its code, nil when it carried the call out.
    package mutating func replied(
        _ number: UInt64, id: Int64, refusal: Int64? = nil, at now: Instant,
        _ random: inout SeededRandom
    ) -> [Action] {
        guard let connection = connections.first(where: { $0.number == number }),
            let awaited = connection.awaited, awaited.id == id
        else { return [] }
        if let refusal {
            let fault = Action.tell(.refused(awaited.call, code: refusal))
            // What is asked for later may be refused without harm.
            guard connection.isUp else {
                return [fault, .close(number)]
                    + ended(number, pauseMin: settings.refusalPause, at: now, &random)
            }
            return [fault] + answered(number, at: now)
        }
        return answered(number, at: now)
    }

    mutating func answered(_ number: UInt64, at now: Instant) -> [Action] {
        let actions = update(number) { connection, session in
            connection.heard(at: now)
            connection.awaited = nil
            return session.send(&connection, at: now)
        }
        return actions + settle(at: now)
    }

    /// The attempt failed, or the connection is over.
    package mutating func disconnected(
        _ number: UInt64, at now: Instant, _ random: inout SeededRandom
    ) -> [Action] {
        guard connections.contains(where: { $0.number == number }) else { return [] }
        return ended(number, at: now, &random)
    }

    /// A connection is no more.
    mutating func ended(
        _ number: UInt64, pauseMin: Interval = .zero, at now: Instant, _ random: inout SeededRandom
    ) -> [Action] {
        let wasReady = isReady
        switch state {
        case .idle, .pausing: return []
        case .alone:
            let lost: [Action] = wasReady ? [.announce(.lost)] : []
            isToldToRotate = false
            rotatesAfter = .distantPast
            switch reconnection.ended(at: now, pauseMin: pauseMin, &random) {
            case .wait(let until):
                state = .pausing(until: until)
                return lost
            case .connect: return lost + connect(at: now)
            case .none, .close:
                state = .idle
                return lost
            }
        case .rotating(let first, let second):
            if number == first.number {
                // It went before its successor was up: there is a gap.
                state = .alone(second)
                return [.announce(.lost), .announce(.connecting)]
            }
            state = .alone(first)
            rotatesAfter = now + max(settings.rotationPause, pauseMin)
            return [.tell(.rotationFailed)]
        case .overlapping(let first, let second, _):
            state = .alone(number == first.number ? second : first)
            return []
        }
    }
}
