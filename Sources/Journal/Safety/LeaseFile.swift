import Glibc

/// The lease of a bot as files in its state folder, each with one writer, so that nobody waits for anybody.
///
/// - `lease` is written by the session, which counts it up.
/// - `fence` is written by whoever takes the lease: sessions with a lower token may not trade any more.
/// - `lease.held` is locked while a session lives: a second one of the same bot does not start.
package struct LeaseFile: Equatable, Sendable {
    private let folder: String

    package init(_ state: BotState) { folder = state.folder }

    private var leasePath: String { folder + "/lease" }
    private var fencePath: String { folder + "/fence" }

    /// The lease; nil when there is none, or it cannot be read.
    package func read() -> Lease? { Self.read(leasePath) }

    /// The token below which nobody may trade.
    package func fence() -> UInt64 { Self.read(fencePath)?.token ?? 0 }

    private static func read(_ path: String) -> Lease? {
        do throws(FileError) {
            return try BotState.text(path).flatMap { Lease($0) }
        } catch {
            return nil
        }
    }

    /// Takes the lease with a token: sessions with a lower one are fenced off from here on.
    package func take(_ token: UInt64) throws(FileError) {
        try FolderTree.make(folder)
        try WholeFile.write(Lease(token: token).text, to: fencePath)
    }

    package func write(_ lease: Lease) throws(FileError) {
        try WholeFile.write(lease.text, to: leasePath)
    }

    /// A lease that is held as long as this lives.
    package struct Holder: ~Copyable {
        private let file: LeaseFile
        private let held: OpenFile
        package private(set) var lease: Lease

        /// Fences off all sessions before, and begins to hold.
        ///
        /// - Throws: `FileError` with `EWOULDBLOCK` while another session of the bot lives.
        package init(_ file: LeaseFile) throws(FileError) {
            try FolderTree.make(file.folder)
            let held = try OpenFile(
                file.folder + "/lease.held", O_RDWR | O_CREAT, permissions: 0o644, as: .create)
            try held.lock()
            let token = max(file.read()?.token ?? 0, file.fence()) + 1
            try file.take(token)
            let lease = Lease(token: token)
            try file.write(lease)
            self.lease = lease
            self.file = file
            self.held = held
        }

        /// Counts up; false when somebody else has taken the lease, which is then left as it is.
        package mutating func renew() throws(FileError) -> Bool {
            guard file.fence() <= lease.token else { return false }
            lease.count += 1
            try file.write(lease)
            // Taken while it was written: the one who took it counts.
            return file.fence() <= lease.token
        }

        /// Gives the lease back: the session has ended in good order.
        package mutating func release() throws(FileError) {
            lease.isReleased = true
            try file.write(lease)
        }
    }
}
