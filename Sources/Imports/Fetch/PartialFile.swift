import Glibc
import Journal
import Signing

/// A file that is downloaded: under a name of its own until it is verified, and left there when that ends early.
struct PartialFile {
    let path: String
    var partialPath: String { path + ".partial" }

    var isFinished: Bool { Self.size(path) != nil }

    /// Bytes of an earlier attempt.
    var have: Int { Self.size(partialPath) ?? 0 }

    private static func size(_ path: String) -> Int? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }

    /// Writes bytes at an offset; what stood behind them is cut off.
    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(FileError) {
        let file = try open(O_WRONLY | O_CREAT, .create)
        defer { close(file) }
        var done = 0
        while done < bytes.count {
            let count = pwrite(file, bytes.baseAddress! + done, bytes.count - done, off_t(offset + done))
            if count > 0 {
                done += count
            } else if count == 0 || errno != EINTR {
                throw FileError(.write, partialPath, code: count == 0 ? EIO : errno)
            }
        }
        guard ftruncate(file, off_t(offset + bytes.count)) == 0 else {
            throw FileError(.truncate, partialPath, code: errno)
        }
    }

    func empty() throws(FileError) {
        let file = try open(O_WRONLY | O_CREAT | O_TRUNC, .create)
        close(file)
    }

    /// Brings the content to the disk and the file to its name.
    func keep() throws(FileError) {
        let file = try open(O_WRONLY, .open)
        let isSafe = fdatasync(file) == 0
        let code = errno
        close(file)
        guard isSafe else { throw FileError(.synchronize, partialPath, code: code) }
        guard rename(partialPath, path) == 0 else { throw FileError(.create, path, code: errno) }
    }

    private func open(_ flags: Int32, _ operation: FileError.Operation) throws(FileError) -> Int32 {
        let file = Glibc.open(partialPath, flags | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw FileError(operation, partialPath, code: errno) }
        return file
    }

    /// The SHA-256 of a file in lower hexadecimal digits.
    static func digest(_ path: String) throws(FileError) -> String {
        let file = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw FileError(.open, path, code: errno) }
        defer { close(file) }
        var digester = Digester(.sha256)
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = Glibc.read(file, &buffer, buffer.count)
            if count == 0 { break }
            if count > 0 {
                buffer.withUnsafeBytes { digester.add(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            } else if errno != EINTR {
                throw FileError(.read, path, code: errno)
            }
        }
        return digester.finish { Hexadecimal.text($0, .lower) }
    }
}
