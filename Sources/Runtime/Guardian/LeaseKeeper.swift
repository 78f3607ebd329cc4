import Journal
import Quantities

/// Holds a session's lease while it runs, and knows when it has lost it.
final class LeaseKeeper {
    private var holder: LeaseFile.Holder
    private var clock: LeaseClock
    /// Why the session may not trade any more; nil while it may.
    private(set) var loss: String?

    /// - Parameter elapsed: since the session's start, by the wall clock; as in all calls.
    init(_ state: BotState, timeout: Interval, at elapsed: Interval) throws(FileError) {
        holder = try LeaseFile.Holder(LeaseFile(state))
        clock = LeaseClock(timeout: timeout, heldSince: Self.instant(elapsed))
    }

    private static func instant(_ elapsed: Interval) -> Instant { Instant(nanoseconds: elapsed.nanoseconds) }

    /// Renews when it is time to; true when the lease is lost.
    func look(at elapsed: Interval) -> Bool {
        let now = Self.instant(elapsed)
        guard loss == nil, clock.isDue(at: now) else { return loss != nil }
        do throws(FileError) {
            let isHeld = try holder.renew()
            clock.renewed(isHeld, at: now)
            if !isHeld { loss = "its lease was taken while it stood still" }
        } catch {
            // What cannot be renewed will be taken: only how long it may still be used is open.
            if !clock.mayTrade(at: now) { loss = "its lease cannot be renewed: \(error)" }
        }
        return loss != nil
    }

    /// Whether the lease is held for certain: looked at by whoever is about to send an order.
    func mayTrade(at elapsed: Interval) -> Bool { loss == nil && clock.mayTrade(at: Self.instant(elapsed)) }

    func release() {
        guard loss == nil else { return }
        do throws(FileError) {
            try holder.release()
        } catch {
            loss = "its lease cannot be given back: \(error)"
        }
    }
}
