import Glibc
import Journal
import Quantities

/// What a guardian can do for a bot whose session is gone; a venue's link fills it in.
package protocol OrderCanceller {
    /// Cancels all orders of the bot that stand at the venue, told by the names that it gives its orders; foreign
    /// orders are not touched.
    ///
    /// - Returns: whether the venue has shown that none is left.
    func cancelOwnOrders(of bot: String) -> Bool
}

/// Watches over a bot's lease until the session ends in good order, or its orders are cancelled.
package struct Guardian {
    /// What is told while it watches.
    package enum News: Equatable, Sendable {
        case alarm(GuardianWatch.Reason)
        case cancelling(attempt: Int)
        case notTaken(FileError)
    }

    private let bot: String
    private let file: LeaseFile
    private var watch: GuardianWatch
    /// The pause between two looks: a twentieth of the timeout, from 5 to 250 ms.
    private let pause: Interval

    package init(_ state: BotState, timeout: Interval) {
        bot = state.bot
        file = LeaseFile(state)
        watch = GuardianWatch(timeout: timeout)
        pause = min(
            max(Interval(nanoseconds: timeout.nanoseconds / 20), .milliseconds(5)), .milliseconds(250))
    }

    /// Watches to the end; nil when it was asked to stop.
    package mutating func run(
        canceller: any OrderCanceller, tell: (News) -> Void, unless isInterrupted: () -> Bool
    ) -> GuardianWatch.Ending? {
        while !isInterrupted() {
            var actions = watch.look(file.read(), at: Self.now())
            while !actions.isEmpty {
                let action = actions.removeFirst()
                switch action {
                case .takeLease(let token): actions += take(token, tell)
                case .raiseAlarm(let reason): tell(.alarm(reason))
                case .cancelOrders(let attempt):
                    tell(.cancelling(attempt: attempt))
                    actions += watch.cancelled(canceller.cancelOwnOrders(of: bot), at: Self.now())
                case .end(let ending): return ending
                }
            }
            nap()
        }
        return nil
    }

    /// Takes the lease unless it moved since the last look. What cannot be written is no reason to leave orders
    /// where they are: the alarm is raised all the same.
    private mutating func take(_ token: UInt64, _ tell: (News) -> Void) -> [GuardianWatch.Action] {
        let lease = file.read()
        if let lease, !watch.isStanding(lease) {
            return watch.tookLease(insteadFound: lease, at: Self.now())
        }
        do throws(FileError) {
            try file.take(token)
        } catch {
            tell(.notTaken(error))
        }
        return watch.tookLease(insteadFound: nil, at: Self.now())
    }

    private func nap() {
        var time = timespec(tv_sec: 0, tv_nsec: Int(pause.nanoseconds))
        nanosleep(&time, nil)
    }

    private static func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return Instant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }
}
