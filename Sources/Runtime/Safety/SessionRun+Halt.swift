import Quantities
import TradingCore

extension SessionRun {
    @usableFromInline
    func checkArmed() throws(RunError) { try safety.checkArmed(at: pace.elapsed) }

    /// Whether the switch was found thrown and has not been taken, or the lease is lost.
    @usableFromInline var isHaltPending: Bool { safety.mustHalt(at: pace.elapsed) }

    /// The step that the switch asks for, once per throw; who threw it, when and why goes into the journal.
    @usableFromInline
    func takeHalt(at now: Instant) -> LadderStep? {
        guard let order = safety.take(at: pace.elapsed) else { return nil }
        recorder.note(order.note, at: now)
        if let failure = order.failure { fail(failure) }
        return order.step
    }
}
