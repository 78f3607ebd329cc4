import Glibc

/// The content of a regular file as memory: read-only, mapped, private.
///
/// The length is the one at opening; what others append later is not seen. A file that another
/// process shortens while it is mapped ends this process with `SIGBUS`, so only files that are
/// written once or appended to (recordings, tapes) belong here.
package final class MappedFile: @unchecked Sendable {
    package let path: String
    private let base: UnsafeRawPointer?
    private let count: Int

    /// Maps the file; an empty file has empty bytes.
    ///
    /// Throws when it is missing, unreadable, a directory (`EISDIR`) or no regular file (`ENODEV`).
    package convenience init(_ path: String) throws(FileError) {
        // O_NONBLOCK: opening a pipe by mistake must not wait for its writer.
        try self.init(mapping: try OpenFile(path, O_RDONLY | O_NONBLOCK))
    }

    init(mapping file: borrowing OpenFile) throws(FileError) {
        path = file.path
        count = try file.size()
        if count == 0 {
            base = nil
            return
        }
        let address = mmap(nil, count, PROT_READ, MAP_PRIVATE, file.descriptor, 0)
        guard let address, address != MAP_FAILED else {
            throw FileError(.map, file.path, code: errno)
        }
        base = UnsafeRawPointer(address)
    }

    deinit {
        if let base { munmap(UnsafeMutableRawPointer(mutating: base), count) }
    }

    /// The bytes, valid as long as this object is alive: for owners that store it beside them.
    /// Elsewhere `withBytes` keeps it alive.
    package var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: base, count: count)
    }

    /// Calls `body` with the bytes, which are valid until it returns.
    package func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { extendLifetime(self) }
        return try body(bytes)
    }
}
