import Glibc

// How a writer comes to its file: by creating it, or by recovering that of an earlier session.

/// A tape that was checked and cut to its good part, locked for writing.
struct RecoveredTape: ~Copyable {
    let file: OpenFile
    let seed: UInt32
    let lastChecksum: UInt32
    let extent: TapeExtent
    let removedTail: TapeFault?
}

extension TapeWriter {
    /// Creates the file and writes its header; after a failure there is no file.
    static func create(
        _ path: String, header: [UInt8], policy: TapePolicy
    ) throws(TapeError) -> OpenFile {
        let file = try openNew(path)
        do throws(FileError) {
            try file.lock()
            try file.write(header.span.bytes)
            if policy == .power {
                try file.synchronize()
                try synchronizeDirectory(of: path)
            }
        } catch {
            // The file is ours and has no entry: a further attempt shall find nothing in its way.
            unlink(path)
            throw error.operation == .write ? .write(errno: error.code) : .file(error)
        }
        return file
    }

    /// Appends the blocks that were kept beside a tape when its process was killed before it wrote them; nothing where
    /// none were. Comes before anybody goes on with the tape.
    package static func writeKept(_ path: String) throws(TapeError) {
        guard access(BlockKeeper.path(beside: path), F_OK) == 0 else { return }
        let tape = try recover(path, policy: .process)
        let kept = try BlockKeeper.blocks(
            beside: path, seed: tape.seed, behind: tape.extent, tape.lastChecksum)
        guard !kept.isEmpty else { return }
        do throws(FileError) {
            try tape.file.write(kept.span.bytes)
        } catch {
            throw .write(errno: error.code)
        }
    }

    /// With a policy that waits for the disk nothing is gained.
    static func makeKeeper(_ path: String, _ policy: TapePolicy, _ keepsBlocks: Bool) -> BlockKeeper? {
        switch policy {
        case .process: keepsBlocks ? BlockKeeper(beside: path) : nil
        case .power: nil
        }
    }

    private static func openNew(_ path: String) throws(TapeError) -> OpenFile {
        do throws(FileError) {
            let flags = O_WRONLY | O_CREAT | O_EXCL | O_APPEND
            return try OpenFile(path, flags, permissions: S_IRUSR | S_IWUSR, as: .create)
        } catch {
            throw .file(error)
        }
    }

    /// Opens the file for appending behind its last good block and cuts off a torn tail.
    static func recover(_ path: String, policy: TapePolicy) throws(TapeError) -> RecoveredTape {
        let file = try openExisting(path)
        var reader = try TapeReader(try map(file))
        let removedTail: TapeFault?
        switch try reader.verify() {
        case .clean:
            removedTail = nil
        case .torn(let fault):
            try cut(file, to: fault.good.bytes, policy: policy)
            removedTail = fault
        }
        return RecoveredTape(
            file: file, seed: reader.seed, lastChecksum: reader.lastChecksum,
            extent: reader.extent, removedTail: removedTail)
    }

    private static func openExisting(_ path: String) throws(TapeError) -> OpenFile {
        do throws(FileError) {
            let file = try OpenFile(path, O_RDWR | O_APPEND | O_NONBLOCK)
            try file.lock()
            return file
        } catch {
            let isLocked = error.operation == .lock && error.code == EWOULDBLOCK
            throw isLocked ? .inUse(path: path) : .file(error)
        }
    }

    private static func map(_ file: borrowing OpenFile) throws(TapeError) -> MappedFile {
        do throws(FileError) {
            return try MappedFile(mapping: file)
        } catch {
            throw .file(error)
        }
    }

    private static func cut(
        _ file: borrowing OpenFile, to size: Int, policy: TapePolicy
    ) throws(TapeError) {
        do throws(FileError) {
            try file.truncate(to: size)
            if policy == .power { try file.synchronize() }
        } catch {
            throw .file(error)
        }
    }
}
