import Glibc
import Journal

/// A file that appears under its name only when it is complete.
///
/// It is written under a name of its own beside its place and renamed at the end; given up before, it
/// is removed.
package struct OutputFile: ~Copyable {
    private let path: String
    private let partialPath: String
    private let descriptor: Int32
    private var isComplete = false

    package init(_ path: String) throws(FileError) {
        self.path = path
        partialPath = path + ".partial"
        let result = Glibc.open(partialPath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard result >= 0 else { throw FileError(.create, partialPath, code: errno) }
        descriptor = result
    }

    deinit {
        _ = Glibc.close(descriptor)
        if !isComplete { _ = unlink(partialPath) }
    }

    /// Writes all bytes at an offset, or throws after an unknown number of them.
    package func write(_ bytes: RawSpan, at offset: Int) throws(FileError) {
        try bytes.withUnsafeBytes { bytes throws(FileError) in
            var written = 0
            while written < bytes.count {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
                let count = pwrite(descriptor, rest.baseAddress, rest.count, offset + written)
                if count > 0 {
                    written += count
                } else if count == 0 {
                    // No progress and no reason: repeating it could go on for ever.
                    throw FileError(.write, path, code: EIO)
                } else if errno != EINTR {
                    throw FileError(.write, path, code: errno)
                }
            }
        }
    }

    /// Brings the content to the disk and the file to its name.
    package mutating func complete() throws(FileError) {
        guard fdatasync(descriptor) == 0 else {
            throw FileError(.synchronize, path, code: errno)
        }
        guard rename(partialPath, path) == 0 else { throw FileError(.create, path, code: errno) }
        isComplete = true
    }
}
