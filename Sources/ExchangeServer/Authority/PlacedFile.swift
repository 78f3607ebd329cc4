import Glibc
import Journal

/// Files of the authority's folder.
enum PlacedFile {
    /// Puts a file in its place whole: readers see the old one or the new one.
    static func replace(
        _ path: String, with bytes: [UInt8], mode: mode_t
    ) throws(LocalAuthorityError) {
        let partial = path + ".partial"
        unlink(partial)
        let file = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard file >= 0 else { throw .file(FileError(.create, partial, code: errno)) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let code = errno
                close(file)
                unlink(partial)
                throw .file(FileError(.write, partial, code: code))
            }
            rest = rest.dropFirst(count)
        }
        close(file)
        guard rename(partial, path) == 0 else {
            let code = errno
            unlink(partial)
            throw .file(FileError(.write, path, code: code))
        }
    }
}
