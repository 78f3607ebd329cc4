import Journal
import Quantities
import Testing

@testable import Runtime

@Suite struct GuardianWatchTests {
    private func at(_ seconds: Int64) -> Instant { Instant(nanoseconds: 0) + .seconds(seconds) }

    /// A guardian with a timeout of five seconds that has seen the lease of token 7 at second 0.
    private func watch() -> GuardianWatch {
        var watch = GuardianWatch(timeout: .seconds(5))
        #expect(watch.look(Lease(token: 7, count: 1), at: at(0)) == [])
        return watch
    }

    @Test func `a lease that is renewed is left alone for ever`() {
        var watch = watch()
        for second in 1...10_000 as ClosedRange<Int64> {
            #expect(watch.look(Lease(token: 7, count: UInt64(1 + second / 4)), at: at(second)) == [])
        }
    }

    @Test func `one that stands still is taken, the alarm raised, the orders cancelled`() {
        var watch = watch()
        let lease = Lease(token: 7, count: 1)
        #expect(watch.look(lease, at: at(5) - .nanoseconds(1)) == [])
        #expect(watch.look(lease, at: at(5)) == [.takeLease(token: 8)])
        #expect(watch.look(lease, at: at(6)) == [], "one thing at a time")
        #expect(
            watch.tookLease(insteadFound: nil, at: at(6))
                == [.raiseAlarm(.silent(.seconds(5))), .cancelOrders(attempt: 1)])
        #expect(watch.cancelled(true, at: at(7)) == [.end(.cancelled(attempts: 1))])
        #expect(watch.look(lease, at: at(100)) == [])
    }

    @Test func `a file that disappears or cannot be read counts as standing still`() {
        var watch = watch()
        #expect(watch.look(nil, at: at(4)) == [])
        #expect(watch.look(nil, at: at(5)) == [.takeLease(token: 8)])
    }

    @Test func `a session that moves before its lease is taken goes on`() {
        var watch = watch()
        #expect(watch.look(Lease(token: 7, count: 1), at: at(5)) == [.takeLease(token: 8)])
        #expect(watch.tookLease(insteadFound: Lease(token: 7, count: 2), at: at(6)) == [])
        #expect(watch.look(Lease(token: 7, count: 2), at: at(10)) == [])
        #expect(watch.look(Lease(token: 7, count: 2), at: at(11)) == [.takeLease(token: 8)])
    }

    @Test func `a lease that is given back ends the watch without an alarm`() {
        var watch = watch()
        #expect(watch.look(Lease(token: 7, count: 2, isReleased: true), at: at(3)) == [.end(.released)])
        var late = self.watch()
        #expect(late.look(Lease(token: 7, count: 1), at: at(5)) == [.takeLease(token: 8)])
        let released = Lease(token: 7, count: 2, isReleased: true)
        #expect(late.tookLease(insteadFound: released, at: at(5)) == [.end(.released)])
    }

    @Test func `a session that never comes is an alarm as well`() {
        var watch = GuardianWatch(timeout: .seconds(5))
        #expect(watch.look(nil, at: at(0)) == [])
        #expect(watch.look(Lease(token: 3, count: 9, isReleased: true), at: at(5)) == [.takeLease(token: 4)])
        #expect(
            watch.tookLease(insteadFound: nil, at: at(5))
                == [.raiseAlarm(.absent(.seconds(5))), .cancelOrders(attempt: 1)])
    }

    @Test func `cancelling is tried again, ever more slowly, and given up in the end`() {
        var watch = watch()
        _ = watch.look(Lease(token: 7, count: 1), at: at(5))
        _ = watch.tookLease(insteadFound: nil, at: at(5))
        var now = at(5)
        var pauses: [Int64] = []
        for attempt in 1..<GuardianWatch.cancelAttemptsMax {
            #expect(watch.cancelled(false, at: now) == [])
            let failedAt = now
            var actions: [GuardianWatch.Action] = []
            while actions.isEmpty {
                now = now + .seconds(1)
                actions = watch.look(nil, at: now)
            }
            #expect(actions == [.cancelOrders(attempt: attempt + 1)])
            pauses.append((now - failedAt).nanoseconds / 1_000_000_000)
        }
        #expect(pauses.prefix(7) == [1, 2, 4, 8, 16, 30, 30])
        let attempts = GuardianWatch.cancelAttemptsMax
        #expect(watch.cancelled(false, at: now) == [.end(.notCancelled(attempts: attempts))])
    }

    @Test func `a holder stops trading before its guardian can take the lease, and for good once it has`() {
        var clock = LeaseClock(timeout: .seconds(4), heldSince: at(0))
        #expect(clock.mayTrade(at: at(0)) && !clock.isDue(at: at(0)))
        #expect(clock.isDue(at: at(0) + .milliseconds(500)))
        #expect(clock.mayTrade(at: at(2) - .nanoseconds(1)))
        #expect(!clock.mayTrade(at: at(2)), "half of the timeout has passed")
        clock.renewed(true, at: at(3))
        #expect(clock.mayTrade(at: at(4)))
        clock.renewed(false, at: at(4))
        #expect(!clock.mayTrade(at: at(4)) && !clock.isDue(at: at(100)))
        clock.renewed(true, at: at(5))
        #expect(!clock.mayTrade(at: at(5)))
    }

    @Test(arguments: [
        "", "token: 1\n", "token: 1\ncount: 2\n", "token: -1\ncount: 2\nreleased: false\n", "x",
    ])
    func `a lease that was not written whole is none`(text: String) {
        #expect(Lease(text) == nil)
    }

    @Test func `a lease comes back as it was written`() {
        for lease in [Lease(token: 1), Lease(token: .max, count: .max, isReleased: true)] {
            #expect(Lease(lease.text) == lease)
        }
    }
}
