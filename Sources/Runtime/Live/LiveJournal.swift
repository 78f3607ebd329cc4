import Configuration
import Journal
import Quantities

/// Where a live run writes: a folder of its own, or the one of the same bot's run that was cut short.
struct LiveJournal {
    let folder: RunFolder
    let lock: RunLock
    /// Whether the run goes on with what its tape has.
    let isResumed: Bool

    /// - Parameter beginsAnew: whether a run that was cut short is let be.
    init(
        _ configuration: SessionConfiguration, beginsAnew: Bool, at now: Instant
    ) throws(RunError) {
        let bot = configuration.connection.bot
        let earlier = try RunFolder.all(in: configuration.journal.folder)
        for folder in earlier.reversed() {
            guard let lock = try RunLock(resuming: folder.file(RunLock.name), bot: bot) else { continue }
            if beginsAnew {
                lock.end()
                continue
            }
            (self.folder, self.lock, isResumed) = (folder, lock, true)
            return
        }
        folder = try RunFolder(in: configuration.journal.folder)
        // Seconds since 1970: no two runs of a bot have the same number.
        let number = UInt32(truncatingIfNeeded: now.nanoseconds / 1_000_000_000)
        lock = try RunLock(creating: folder.file(RunLock.name), bot: bot, number: number)
        isResumed = false
    }
}
