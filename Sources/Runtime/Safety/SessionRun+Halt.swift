import Configuration
import Glibc
import Journal
import Quantities
import TradingCore

extension SessionRun {
    /// Refuses to start a bot whose switch is thrown, or that another session trades for; takes the lease.
    @usableFromInline
    func checkArmed() throws(RunError) {
        let configuration = parts.configuration
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
            lease = try LeaseKeeper(configuration.botState, timeout: timeout, at: pace.elapsed)
        } catch {
            throw error.code == EWOULDBLOCK ? .running(bot: configuration.botName) : .folder(error)
        }
    }

    /// Notes the session as the bot's newest, and begins to look at its switch.
    func watchSwitch(run: String?) throws(RunError) {
        let configuration = parts.configuration
        guard configuration.canBeHalted else { return }
        do throws(FileError) {
            if let run { try configuration.botState.note(run: run) }
        } catch {
            throw .folder(error)
        }
        halts = HaltSwitch(configuration.botState, run: run)
    }

    /// Whether the switch was found thrown and has not been taken, or the lease is lost.
    func mustHalt() -> Bool {
        if let lease, !isFenced, lease.look(at: pace.elapsed) { return true }
        return halts?.look(at: pace.elapsed) ?? false
    }

    @usableFromInline var isHaltPending: Bool { mustHalt() }

    /// The step that the switch asks for, once per throw; who threw it, when and why goes into the journal.
    @usableFromInline
    func takeHalt(at now: Instant) -> LadderStep? {
        if let loss = lease?.loss, !isFenced {
            isFenced = true
            recorder.note("\(parts.configuration.botName) may not trade any more: \(loss)", at: now)
            fail(RunError.fenced(bot: parts.configuration.botName, loss))
            return .halted
        }
        guard mustHalt(), let latch = halts?.take() else { return nil }
        recorder.note("\(parts.configuration.botName) is \(latch)", at: now)
        return latch.step
    }
}
