import Journal
import Quantities

/// What the guardian of a session knows and decides: a pure machine over readings of the lease.
///
/// The session renews its lease by counting it up. The guardian measures with its own clock since when the count has
/// stood still; clocks are never compared. A lease that stood still for `timeout` is taken by a higher token:
/// whoever held it may not trade any more, even when it wakes up later. Then the bot's own orders are cancelled,
/// again and again until that is proven, and the alarm is raised once.
package struct GuardianWatch: Equatable, Sendable {
    /// What has to be done, in order. Each is answered by an event.
    package enum Action: Equatable, Sendable {
        /// Take the lease with this token; answered by `tookLease`.
        case takeLease(token: UInt64)
        case raiseAlarm(Reason)
        /// Cancel all own orders of the bot; answered by `cancelled`.
        case cancelOrders(attempt: Int)
        case end(Ending)
    }

    /// Why the alarm is raised.
    package enum Reason: Equatable, Sendable {
        /// The lease was not renewed for this long.
        case silent(Interval)
        /// There has been no lease for this long.
        case absent(Interval)
    }

    package enum Ending: Equatable, Sendable {
        /// The session has given its lease back: it ended in good order.
        case released
        /// The bot's orders are cancelled.
        case cancelled(attempts: Int)
        /// They could not be cancelled in `cancelAttemptsMax` attempts: a person has to.
        case notCancelled(attempts: Int)
    }

    private enum State: Equatable, Sendable {
        /// No lease has been seen. Can transition to: `watching` when one is, `taking` when none comes in time.
        case waiting(since: Instant?)
        /// A lease is held. Can transition to: `taking` when it stands still, `ended` when it is given back.
        case watching(token: UInt64, count: UInt64, since: Instant)
        /// The lease is to be taken. Can transition to: `cancelling` when it was, `watching` when it moved before.
        case taking(token: UInt64, seen: Lease?, Reason)
        /// Orders are to be cancelled. Can transition to: `ended`.
        case cancelling(attempt: Int, next: Instant?)
        /// Final.
        case ended
    }

    /// How long a lease may stand still.
    package let timeout: Interval
    /// The pause after a failed attempt to cancel; it doubles up to `cancelPauseMax`.
    package static let cancelPause = Interval.seconds(1)
    package static let cancelPauseMax = Interval.seconds(30)
    /// Attempts until a person has to do it: about half an hour.
    package static let cancelAttemptsMax = 64
    package static let timeouts = Interval.milliseconds(100)...Interval.minutes(60)

    private var state = State.waiting(since: nil)

    package init(timeout: Interval) {
        precondition(Self.timeouts.contains(timeout), "from 100ms to 60m")
        self.timeout = timeout
    }

    /// Takes a look at the lease; nil when there is none, or it cannot be read.
    package mutating func look(_ lease: Lease?, at now: Instant) -> [Action] {
        switch state {
        case .waiting(let since): return wait(lease, since: since ?? now, now)
        case .watching(let token, let count, let since):
            guard let lease else { return expire(token, count, since: since, now) }
            if lease.isReleased {
                state = .ended
                return [.end(.released)]
            }
            if lease.token != token || lease.count != count {
                state = .watching(token: lease.token, count: lease.count, since: now)
                return []
            }
            return expire(token, count, since: since, now)
        case .cancelling(let attempt, let next):
            guard let next, next <= now else { return [] }
            state = .cancelling(attempt: attempt + 1, next: nil)
            return [.cancelOrders(attempt: attempt + 1)]
        case .taking, .ended: return []
        }
    }

    /// The lease was taken; nil as `lease` says so. Otherwise it had moved, and this is how it stands.
    package mutating func tookLease(insteadFound lease: Lease?, at now: Instant) -> [Action] {
        guard case .taking(_, _, let reason) = state else { return [] }
        if let lease, !lease.isReleased {
            state = .watching(token: lease.token, count: lease.count, since: now)
            return []
        }
        if lease != nil {
            state = .ended
            return [.end(.released)]
        }
        state = .cancelling(attempt: 1, next: nil)
        return [.raiseAlarm(reason), .cancelOrders(attempt: 1)]
    }

    /// Whether a lease is still as it was when it was found to be overdue.
    package func isStanding(_ lease: Lease) -> Bool {
        guard case .taking(_, let seen, _) = state else { return false }
        return seen == lease
    }

    package mutating func cancelled(_ isDone: Bool, at now: Instant) -> [Action] {
        guard case .cancelling(let attempt, nil) = state else { return [] }
        if isDone {
            state = .ended
            return [.end(.cancelled(attempts: attempt))]
        }
        if attempt >= Self.cancelAttemptsMax {
            state = .ended
            return [.end(.notCancelled(attempts: attempt))]
        }
        let pause = min(Self.cancelPause * (1 << min(attempt - 1, 10)), Self.cancelPauseMax)
        state = .cancelling(attempt: attempt, next: now + pause)
        return []
    }

    private mutating func wait(_ lease: Lease?, since: Instant, _ now: Instant) -> [Action] {
        if let lease, !lease.isReleased {
            state = .watching(token: lease.token, count: lease.count, since: now)
            return []
        }
        state = .waiting(since: since)
        guard now - since >= timeout else { return [] }
        state = .taking(token: (lease?.token ?? 0) + 1, seen: lease, .absent(now - since))
        return [.takeLease(token: (lease?.token ?? 0) + 1)]
    }

    private mutating func expire(
        _ token: UInt64, _ count: UInt64, since: Instant, _ now: Instant
    ) -> [Action] {
        guard now - since >= timeout else { return [] }
        state = .taking(token: token + 1, seen: Lease(token: token, count: count), .silent(now - since))
        return [.takeLease(token: token + 1)]
    }
}
