import Glibc

/// A file that is written at once and appears under its name only when it is complete.
package enum WholeFile {
    /// Writes beside the file's place and renames; a file that was there is replaced.
    package static func write(_ text: String, to path: String) throws(FileError) {
        let partial = path + ".partial"
        do throws(FileError) {
            let file = try OpenFile(
                partial, O_WRONLY | O_CREAT | O_TRUNC, permissions: 0o644, as: .create)
            try file.write(text.utf8Span.span.bytes)
        } catch {
            unlink(partial)
            throw error
        }
        guard rename(partial, path) == 0 else {
            let code = errno
            unlink(partial)
            throw FileError(.create, path, code: code)
        }
    }
}
