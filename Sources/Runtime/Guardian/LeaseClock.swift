import Quantities

/// The holder's side of a lease: when to renew it, and whether it may still trade.
///
/// A holder that was stopped cannot know that its lease was taken meanwhile. It knows how long ago it renewed: past
/// `validity`, which is shorter than the guardian's timeout, it does not trade before a renewal has succeeded.
package struct LeaseClock: Equatable, Sendable {
    package let timeout: Interval
    private var renewedAt: Instant
    private var isLost = false

    package init(timeout: Interval, heldSince now: Instant) {
        self.timeout = timeout
        renewedAt = now
    }

    /// Half of the timeout: what is left is for the request that is on its way.
    package var validity: Interval { Interval(nanoseconds: timeout.nanoseconds / 2) }

    /// A quarter of the validity: renewals may fail to come in time a few times.
    package func isDue(at now: Instant) -> Bool {
        !isLost && now - renewedAt >= Interval(nanoseconds: validity.nanoseconds / 4)
    }

    package func mayTrade(at now: Instant) -> Bool { !isLost && now - renewedAt < validity }

    /// A renewal began at `now` and succeeded; or it found a higher token, which is final.
    package mutating func renewed(_ succeeded: Bool, at now: Instant) {
        if succeeded { renewedAt = max(renewedAt, now) } else { isLost = true }
    }
}
