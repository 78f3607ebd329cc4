import Glibc

/// An open file that closes itself: all calls of the system on descriptors are here.
///
/// Interrupted calls (`EINTR`) are repeated and short writes continued; every other failure is a
/// `FileError` with the system's number.
struct OpenFile: ~Copyable {
    let path: String
    let descriptor: Int32

    /// Opens `path` with flags of `open(2)`; `O_CLOEXEC` is always added.
    init(
        _ path: String, _ flags: Int32, permissions: mode_t = 0,
        as operation: FileError.Operation = .open
    ) throws(FileError) {
        var result: Int32
        repeat {
            result = Glibc.open(path, flags | O_CLOEXEC, permissions)
        } while result < 0 && errno == EINTR
        guard result >= 0 else { throw FileError(operation, path, code: errno) }
        self.path = path
        descriptor = result
    }

    /// Another descriptor of the same opening of a file.
    init(duplicating file: borrowing OpenFile) throws(FileError) {
        let result = fcntl(file.descriptor, F_DUPFD_CLOEXEC, 0)
        guard result >= 0 else { throw FileError(.open, file.path, code: errno) }
        path = file.path
        descriptor = result
    }

    deinit {
        _ = Glibc.close(descriptor)
    }

    /// The length in bytes; only regular files have one. A directory is refused with `EISDIR`, any
    /// other kind of file with `ENODEV`.
    func size() throws(FileError) -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileError(.inspect, path, code: errno) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return Int(status.st_size)
        case S_IFDIR: throw FileError(.open, path, code: EISDIR)
        default: throw FileError(.open, path, code: ENODEV)
        }
    }

    /// Reads what is there, at most the size of `target`; 0 is the end of the file.
    func read(into target: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
        while true {
            let count = Glibc.read(descriptor, target.baseAddress, target.count)
            if count >= 0 { return count }
            if errno != EINTR { throw FileError(.read, path, code: errno) }
        }
    }

    /// Writes all bytes, or throws after an unknown number of them.
    func write(_ bytes: RawSpan) throws(FileError) {
        try bytes.withUnsafeBytes { bytes throws(FileError) in
            guard var position = bytes.baseAddress else { return }
            var rest = bytes.count
            while rest > 0 {
                let count = Glibc.write(descriptor, position, rest)
                if count > 0 {
                    position += count
                    rest -= count
                } else if count == 0 {
                    // No progress and no reason: repeating it could go on for ever.
                    throw FileError(.write, path, code: EIO)
                } else if errno != EINTR {
                    throw FileError(.write, path, code: errno)
                }
            }
        }
    }

    /// Brings the content (not every attribute) to the disk.
    func synchronizeData() throws(FileError) {
        guard fdatasync(descriptor) == 0 else {
            throw FileError(.synchronize, path, code: errno)
        }
    }

    /// Brings content and attributes to the disk; on a directory, the names in it.
    func synchronize() throws(FileError) {
        guard fsync(descriptor) == 0 else { throw FileError(.synchronize, path, code: errno) }
    }

    func truncate(to size: Int) throws(FileError) {
        guard ftruncate(descriptor, size) == 0 else {
            throw FileError(.truncate, path, code: errno)
        }
    }

    /// Takes the exclusive lock of the file, which ends with the descriptor; `EWOULDBLOCK` when
    /// somebody else has it.
    func lock() throws(FileError) {
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw FileError(.lock, path, code: errno)
        }
    }
}

/// Brings the name of a new file to the disk.
func synchronizeDirectory(of path: String) throws(FileError) {
    let directory: String
    switch path.lastIndex(of: "/") {
    case nil: directory = "."
    case path.startIndex?: directory = "/"
    case let slash?: directory = String(path[..<slash])
    }
    try OpenFile(directory, O_RDONLY | O_DIRECTORY).synchronize()
}
