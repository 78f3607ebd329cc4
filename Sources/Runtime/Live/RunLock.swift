import Glibc
import Journal

/// The mark of a live run that has not ended: a file in its folder that the run's process holds locked.
///
/// The file goes when the run ends in good order. One that nobody holds is of a run that was cut short, and can be
/// gone on with; the lock ends with its process, however that ends.
final class RunLock {
    static let name = "session.lock"

    let path: String
    /// Which run of the bot it is: part of the names of its orders.
    let number: UInt32
    private let descriptor: Int32

    /// Begins a run.
    init(creating path: String, bot: String, number: UInt32) throws(RunError) {
        self.path = path
        self.number = number
        descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .folder(FileError(.create, path, code: errno)) }
        let text = Array("\(bot) \(number)\n".utf8)
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, write(descriptor, text, text.count) == text.count,
            fsync(descriptor) == 0
        else { throw .folder(FileError(.write, path, code: errno)) }
    }

    /// Takes over the mark of a run that was cut short.
    ///
    /// - Returns: nil when there is none, or it is of another bot.
    /// - Throws: when a process holds it: the bot is running.
    init?(resuming path: String, bot: String) throws(RunError) {
        self.path = path
        descriptor = open(path, O_RDWR | O_CLOEXEC)
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = descriptor >= 0 ? read(descriptor, &bytes, bytes.count) : 0
        let words = String(decoding: bytes[..<max(0, count)], as: UTF8.self).split { $0 == " " || $0 == "\n" }
        guard words.count == 2, words[0] == bot, let number = UInt32(words[1]) else {
            number = 0
            return nil
        }
        self.number = number
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw .setup("the bot '\(bot)' is running already: \(path) is held by a process")
        }
        // Its process has ended the run in good order meanwhile.
        var status = stat()
        if fstat(descriptor, &status) == 0, status.st_nlink == 0 { return nil }
    }

    deinit {
        guard descriptor >= 0 else { return }
        // A process that is being started elsewhere has all descriptors for a moment, and would keep the lock so long.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// The run has ended in good order.
    func end() { unlink(path) }
}
