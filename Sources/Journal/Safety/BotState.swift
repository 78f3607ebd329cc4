import Glibc
import Quantities

/// What outlives the sessions of a bot: its switch, its newest session, and the history of both.
///
/// A folder per bot beside the folders of its runs, `runs/state/market-maker`: `halt` is there while the switch is
/// thrown, `run` names the newest session, `history` has a line per change.
package struct BotState: Equatable, Sendable {
    package let journal: String
    package let bot: String

    /// - Parameter journal: the folder of the runs.
    package init(journal: String, bot: String) {
        self.journal = journal
        self.bot = bot
    }

    private static let folderName = "state"
    private static let fileBytesMax = 64 << 10

    package var folder: String { "\(journal)/\(Self.folderName)/\(bot)" }
    package var haltPath: String { folder + "/halt" }
    private var runPath: String { folder + "/run" }
    private var historyPath: String { folder + "/history" }

    /// The switch in a run's own folder.
    package func haltPath(run: String) -> String { "\(journal)/\(run)/halt" }

    /// The bots that have state in a journal folder, sorted.
    package static func names(in journal: String) -> [String] {
        FolderTree.names(in: "\(journal)/\(folderName)")
    }

    // MARK: Reading

    /// The bot's switch; nil while it may trade. What cannot be read halts.
    package func latch() throws(FileError) -> HaltLatch? { try Self.latch(haltPath) }

    /// The switch at a path; nil when there is none.
    package static func latch(_ path: String) throws(FileError) -> HaltLatch? {
        try text(path).map { HaltLatch(reading: $0) }
    }

    /// The name of the newest session's folder; nil before the first.
    package func run() throws(FileError) -> String? {
        try Self.text(runPath)?.split(separator: "\n").first.map(String.init)
    }

    // MARK: Writing

    package func note(run: String) throws(FileError) {
        try FolderTree.make(folder)
        try WholeFile.write(run + "\n", to: runPath)
    }

    /// Throws the switch: the bot's own, and that of its newest session. One that flattens stays so.
    package func halt(_ latch: HaltLatch) throws(FileError) -> HaltLatch {
        var latch = latch
        if let old = try self.latch(), old.flattens { latch.flattens = true }
        try FolderTree.make(folder)
        try WholeFile.write(latch.text, to: haltPath)
        try addHistory("\(latch)")
        if let run = try run(), access("\(journal)/\(run)", F_OK) == 0 {
            try WholeFile.write(latch.text, to: haltPath(run: run))
        }
        return latch
    }

    /// Lets the bot trade again from its next start on; returns the switch as it was, nil when it was not thrown.
    package func arm(by who: String, at now: Instant) throws(FileError) -> HaltLatch? {
        guard let latch = try latch() else { return nil }
        // The history says it before it is so: an arming without a trace cannot be.
        try addHistory("armed by \(who) at \(now), was \(latch)")
        guard unlink(haltPath) == 0 || errno == ENOENT else {
            throw FileError(.write, haltPath, code: errno)
        }
        return latch
    }

    // MARK: A pause

    private var pausePath: String { folder + "/paused" }

    /// Whether a session of the bot has paused its trading, and nobody has lifted that.
    package var isPaused: Bool { access(pausePath, F_OK) == 0 }

    /// Notes that a session has paused its trading.
    package func notePause() throws(FileError) {
        try FolderTree.make(folder)
        try WholeFile.write("books and venue do not agree\n", to: pausePath)
    }

    /// Lifts a pause; false when there was none.
    package func endPause() throws(FileError) -> Bool {
        if unlink(pausePath) == 0 { return true }
        if errno == ENOENT || errno == ENOTDIR { return false }
        throw FileError(.write, pausePath, code: errno)
    }

    private func addHistory(_ line: String) throws(FileError) {
        let file = try OpenFile(
            historyPath, O_WRONLY | O_CREAT | O_APPEND, permissions: 0o644, as: .create)
        try file.write((line + "\n").utf8Span.span.bytes)
        try file.synchronizeData()
    }

    /// The beginning of a file, up to `fileBytesMax`; nil when there is none.
    static func text(_ path: String) throws(FileError) -> String? {
        if access(path, F_OK) != 0, errno == ENOENT || errno == ENOTDIR { return nil }
        let file = try OpenFile(path, O_RDONLY)
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: fileBytesMax, alignment: 8)
        defer { bytes.deallocate() }
        let count = try file.read(into: bytes)
        return String(decoding: bytes[..<count], as: UTF8.self)
    }
}
