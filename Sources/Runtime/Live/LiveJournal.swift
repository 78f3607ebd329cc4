import Configuration
import Glibc
import Journal
import Quantities

/// Where a live run writes: a folder of its own, or the one of the same bot's run that was cut short.
struct LiveJournal {
    let folder: RunFolder
    /// Nil on paper: simulated orders end with their process, and there is nothing to go on with.
    let lock: RunLock?
    /// Whether the run goes on with what its tape has.
    let isResumed: Bool

    /// - Parameter beginsAnew: whether a run that was cut short is let be.
    init(
        _ configuration: SessionConfiguration, beginsAnew: Bool, at now: Instant
    ) throws(RunError) {
        if configuration.mode == .paper {
            folder = try RunFolder(in: configuration.journal.folder)
            lock = nil
            isResumed = false
            return
        }
        let bot = configuration.connection.bot
        let gate = try RunGate(in: configuration.journal.folder, bot: bot)
        let earlier = try RunFolder.all(in: configuration.journal.folder)
        for folder in earlier.reversed() {
            guard let lock = try RunLock(resuming: folder.file(RunLock.name), bot: bot) else { continue }
            if beginsAnew {
                lock.end()
                continue
            }
            (self.folder, self.lock, isResumed) = (folder, lock, try Self.hasBegun(folder))
            if isResumed { try Self.takeKept(folder) }
            return
        }
        folder = try RunFolder(in: configuration.journal.folder)
        lock = try RunLock(
            creating: folder.file(RunLock.name), bot: bot, number: try gate.nextNumber(at: now))
        isResumed = false
    }

    static let tapeName = "session.tape"

    /// Whether the tape of a run has its header: without one nothing was decided yet, and nothing has left. What there
    /// is of it is removed, so that the run can begin.
    private static func hasBegun(_ folder: RunFolder) throws(RunError) -> Bool {
        let path = folder.file(tapeName)
        do throws(TapeError) {
            _ = try TapeReader(path: path)
            return true
        } catch {
            switch error {
            case .tornHeader: unlink(path)
            case .file(let error) where error.code == ENOENT: break
            case .file, .inUse, .notATape, .damagedHeader, .unsupportedVersion, .metadataTooLarge,
                .entryTooLarge, .write, .synchronize, .failedEarlier, .damaged:
                throw .tape(error)
            }
            return false
        }
    }

    /// The block that the process before was kept from writing goes onto its tape.
    private static func takeKept(_ folder: RunFolder) throws(RunError) {
        do throws(TapeError) {
            try TapeWriter.writeKept(folder.file(tapeName))
        } catch {
            throw .tape(error)
        }
    }
}
