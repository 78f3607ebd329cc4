import Glibc

/// Reading of configuration files: whole, bounded, regular files only.
enum ConfigurationFile {
    static func read(path: String) throws(Diagnostic) -> [UInt8] {
        guard !path.utf8.contains(0) else {
            throw Diagnostic(at: .file(path), "cannot be opened: a path has no NUL byte")
        }
        // Without O_NONBLOCK the opening of a FIFO would wait for its writer.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw failure("cannot be opened", path, errno) }
        defer { close(descriptor) }

        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw failure("cannot be inspected", path, errno)
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw failure("cannot be read", path, EISDIR)
        default:  // open set: the system's
            throw Diagnostic(at: .file(path), "is a device, a pipe or a socket", expected: "a file")
        }
        return try contents(of: descriptor, path)
    }

    /// One byte more than the limit tells a file that is too large, whatever size it claims to have.
    private static func contents(of descriptor: Int32, _ path: String) throws(Diagnostic) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: SourceText.bytesMax + 1)
        var count = 0
        while count < bytes.count {
            let got = bytes.withUnsafeMutableBytes { target in
                Glibc.read(descriptor, target.baseAddress! + count, target.count - count)
            }
            if got == 0 { break }
            if got < 0 {
                if errno == EINTR { continue }
                throw failure("cannot be read", path, errno)
            }
            count += got
        }
        guard count <= SourceText.bytesMax else {
            throw Diagnostic(
                at: .file(path), "the file is too large",
                expected: "at most \(SourceText.bytesMax) bytes")
        }
        return Array(bytes[..<count])
    }

    private static func failure(_ what: String, _ path: String, _ code: Int32) -> Diagnostic {
        let reason = strerror(code).map { String(cString: $0) } ?? "no reason given"
        return Diagnostic(at: .file(path), "\(what): \(reason) (error \(code))")
    }
}
