import Configuration
import Glibc
import Journal
import Quantities
import TradingCore

/// Holds a session's switch and its lease: whether it may start, and when it has to halt.
///
/// All times are since the session's start, by the wall clock.
final class SafetyWatch {
    /// What a session has to do, and why.
    struct Order {
        let step: LadderStep
        let note: String
        /// Set where the session is over with it.
        let failure: RunError?
    }

    private let configuration: SessionConfiguration
    private var halts: HaltSwitch?
    private var lease: LeaseKeeper?
    private var isFenced = false

    init(_ configuration: SessionConfiguration) { self.configuration = configuration }

    var latch: HaltLatch? { halts?.latch }

    /// Refuses to start a bot whose switch is thrown, or that another session trades for; takes the lease.
    func checkArmed(at elapsed: Interval) throws(RunError) {
        guard configuration.canBeHalted else { return }
        let latch: HaltLatch?
        do throws(FileError) {
            latch = try configuration.botState.latch()
        } catch {
            throw .folder(error)
        }
        if let latch { throw .latched(bot: configuration.botName, latch) }
        guard let timeout = configuration.journal.lease else { return }
        do throws(FileError) {
            lease = try LeaseKeeper(configuration.botState, timeout: timeout, at: elapsed)
        } catch {
            throw error.code == EWOULDBLOCK ? .running(bot: configuration.botName) : .folder(error)
        }
    }

    /// Notes the session as the bot's newest, and begins to look at its switch.
    func begin(run: String?) throws(RunError) {
        guard configuration.canBeHalted else { return }
        do throws(FileError) {
            if let run { try configuration.botState.note(run: run) }
        } catch {
            throw .folder(error)
        }
        halts = HaltSwitch(configuration.botState, run: run)
    }

    /// Whether the switch was found thrown and has not been taken, or the lease is lost.
    func mustHalt(at elapsed: Interval) -> Bool {
        if let lease, !isFenced, lease.look(at: elapsed) { return true }
        return halts?.look(at: elapsed) ?? false
    }

    /// What the switch or the lease asks for, once.
    func take(at elapsed: Interval) -> Order? {
        if let loss = lease?.loss, !isFenced {
            isFenced = true
            return Order(
                step: .halted, note: "\(configuration.botName) may not trade any more: \(loss)",
                failure: .fenced(bot: configuration.botName, loss))
        }
        guard mustHalt(at: elapsed), let latch = halts?.take() else { return nil }
        return Order(step: latch.step, note: "\(configuration.botName) is \(latch)", failure: nil)
    }

    /// Whether a new order may leave at this moment, as far as the lease says.
    func mayTrade(at elapsed: @autoclosure () -> Interval) -> Bool { lease?.mayTrade(at: elapsed()) ?? true }

    /// Renews the lease when it is time to, while the session is busy with its past.
    func renew(at elapsed: Interval) { _ = lease?.look(at: elapsed) }

    /// Gives the lease back.
    func end() { lease?.release() }
}
