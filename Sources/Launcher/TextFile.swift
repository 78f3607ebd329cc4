import Glibc
import Journal

/// Text files of a package: pages, manifests, sources. They are read and written whole.
enum TextFile {
    /// The largest file that is read, in bytes; larger ones are refused with `EFBIG`.
    static let bytesMax = 4 << 20

    static func read(_ path: String) throws(FileError) -> String {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw FileError(.open, path, code: errno) }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(file, &buffer, buffer.count)
            if count == 0 { break }
            if count > 0 {
                bytes += buffer[..<count]
            } else if errno != EINTR {
                throw FileError(.read, path, code: errno)
            }
            if bytes.count > bytesMax { throw FileError(.read, path, code: EFBIG) }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw FileError(.read, path, code: EILSEQ)
        }
        return text
    }

    /// Writes a file that is not there yet; `EEXIST` when it is, even as a link to nowhere.
    static func create(_ path: String, _ text: String) throws(FileError) {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw FileError(.create, path, code: errno) }
        let failure = write(text, to: file)
        close(file)
        guard failure != 0 else { return }
        unlink(path)
        throw FileError(.write, path, code: failure)
    }

    /// Puts a file in the place of another: readers see the old text or the new one.
    static func replace(_ path: String, with text: String) throws(FileError) {
        let partial = path + ".partial"
        try create(partial, text)
        var status = stat()
        if stat(path, &status) == 0 { chmod(partial, status.st_mode & 0o7777) }
        guard rename(partial, path) == 0 else {
            let code = errno
            unlink(partial)
            throw FileError(.write, path, code: code)
        }
    }

    static func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    /// Zero, or the number of the error that stopped it.
    private static func write(_ text: String, to file: Int32) -> Int32 {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if count == 0 {
                return EIO
            } else if errno != EINTR {
                return errno
            }
        }
        return 0
    }
}
