import Configuration
import Glibc
import Testing

struct FileTests {
    /// A directory of its own for one test, removed with what is in it.
    private final class Directory {
        let path: String

        init() throws {
            var template = Array("/tmp/martlet-configuration-XXXXXX".utf8CString)
            path = String(cString: try #require(mkdtemp(&template)))
        }

        func write(_ name: String, _ text: String, mode: mode_t = 0o600) throws -> String {
            let file = "\(path)/\(name)"
            let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC, mode)
            try #require(descriptor >= 0)
            defer { close(descriptor) }
            let bytes = Array(text.utf8)
            try #require(Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
            return file
        }

        deinit {
            for name in ["a.yaml", "pipe"] { unlink("\(path)/\(name)") }
            rmdir(path)
        }
    }

    private func faults(_ path: String) -> [String] {
        do {
            _ = try YAMLDocument.load(path: path, Sample.init)
            return []
        } catch {
            return error.diagnostics.map(\.description)
        }
    }

    @Test func `a file is read`() throws {
        let directory = try Directory()
        let path = try directory.write("a.yaml", "name: x\nlevels: 9\n")
        #expect(try YAMLDocument.load(path: path, Sample.init).levels == 9)
    }

    @Test func `an error bears the path as it was given`() throws {
        let directory = try Directory()
        let path = try directory.write("a.yaml", "levels: 99\n")
        #expect(faults(path).first?.hasPrefix("\(path):1:9: 'levels' is '99'") == true)
    }

    @Test func `a missing file says so in the system's words`() throws {
        let directory = try Directory()
        let path = directory.path + "/none.yaml"
        #expect(faults(path) == ["\(path): cannot be opened: No such file or directory (error 2)"])
        #expect(faults("") == [": cannot be opened: No such file or directory (error 2)"])
    }

    @Test func `a directory is not a file`() throws {
        let directory = try Directory()
        #expect(faults(directory.path) == ["\(directory.path): cannot be read: Is a directory (error 21)"])
    }

    @Test func `a pipe is refused at once, without waiting for its writer`() throws {
        let directory = try Directory()
        let path = directory.path + "/pipe"
        try #require(mkfifo(path, 0o600) == 0)
        #expect(faults(path) == ["\(path): is a device, a pipe or a socket; expected a file"])
        #expect(faults("/dev/zero") == ["/dev/zero: is a device, a pipe or a socket; expected a file"])
    }

    @Test func `a path with a NUL byte is not cut short`() {
        #expect(faults("a\0b") == ["a\\u{0}b: cannot be opened: a path has no NUL byte"])
    }

    @Test func `a file beyond the limit is refused`() throws {
        let directory = try Directory()
        let path = try directory.write("a.yaml", String(repeating: "#", count: SourceText.bytesMax + 1))
        #expect(faults(path) == ["\(path): the file is too large; expected at most 1048576 bytes"])
    }

    @Test(.enabled(if: geteuid() != 0, "root may read every file"))
    func `a file without permission says so`() throws {
        let directory = try Directory()
        let path = try directory.write("a.yaml", "name: x\n", mode: 0)
        #expect(faults(path) == ["\(path): cannot be opened: Permission denied (error 13)"])
    }
}
