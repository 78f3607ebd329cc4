import Glibc
import Journal
import Quantities

/// The beginning of a bot's runs, one process at a time: a file in the journal's folder that is locked while a process
/// looks for a run to go on with, or begins one.
///
/// The file has the number of the newest run, so that no two runs of a bot have the same: not within one second, and
/// not after the machine's clock was set back.
struct RunGate: ~Copyable {
    private let path: String
    private let descriptor: Int32

    /// Waits until no other process is at it.
    init(in journal: String, bot: String) throws(RunError) {
        do throws(FileError) {
            try FolderTree.make(journal)
        } catch {
            throw .folder(error)
        }
        let path = journal + "/" + bot + ".runs"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .folder(FileError(.create, path, code: errno)) }
        while flock(descriptor, LOCK_EX) != 0 {
            let code = errno
            if code == EINTR { continue }
            close(descriptor)
            throw .folder(FileError(.lock, path, code: code))
        }
        self.path = path
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// The number of a new run: the seconds since 1970, or the next after the newest run's.
    ///
    /// It is on the disk before it returns.
    func nextNumber(at now: Instant) throws(RunError) -> UInt32 {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        let line = bytes[..<max(0, count)].prefix { $0 != UInt8(ascii: "\n") }
        let newest = UInt32(String(decoding: line, as: UTF8.self)) ?? 0
        let number = max(UInt32(truncatingIfNeeded: now.nanoseconds / 1_000_000_000), newest &+ 1)
        // Always as many bytes: a kill leaves the old number, or the new one.
        let digits = String(number)
        let zeros = String(repeating: "0", count: max(0, 10 - digits.count))
        let text = Array((zeros + digits + "\n").utf8)
        guard pwrite(descriptor, text, text.count, 0) == text.count, fsync(descriptor) == 0 else {
            throw .folder(FileError(.write, path, code: errno))
        }
        return number
    }
}
