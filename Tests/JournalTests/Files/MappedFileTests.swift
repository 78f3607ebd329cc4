import Glibc
import TestSupport
import Testing

@testable import Journal

struct MappedFileTests {
    let scratch = try! ScratchFolder()

    @Test(arguments: [0, 1, 4_095, 4_096, 4_097, 1_000_000])
    func `the bytes of a file are there`(count: Int) throws {
        let path = scratch.file("file")
        let expected = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try write(expected, to: path)
        let file = try MappedFile(path)
        #expect(file.withBytes { Array($0) } == expected)
        #expect(file.bytes.count == count)
    }

    @Test func `the bytes outlive the name of the file`() throws {
        let path = scratch.file("file")
        try write("still here".utf8, to: path)
        let file = try MappedFile(path)
        unlink(path)
        #expect(file.withBytes { Array($0) } == Array("still here".utf8))
    }

    @Test func `what cannot be mapped is told with the words of the system`() throws {
        let missing = scratch.file("missing")
        #expect(throws: FileError(.open, missing, code: ENOENT)) { _ = try MappedFile(missing) }
        let directory = scratch.path
        #expect(throws: FileError(.open, directory, code: EISDIR)) { _ = try MappedFile(directory) }
        #expect(throws: FileError(.open, "/dev/null", code: ENODEV)) {
            _ = try MappedFile("/dev/null")
        }
        let pipe = scratch.file("pipe")
        try #require(mkfifo(pipe, 0o600) == 0)
        #expect(throws: FileError(.open, pipe, code: ENODEV)) { _ = try MappedFile(pipe) }
        #expect(
            FileError(.open, "a.yaml", code: ENOENT).description
                == "cannot open a.yaml: No such file or directory (error 2)")
    }

    @Test func `a file without permission is told`() async throws {
        let path = scratch.file("secret")
        try write("x".utf8, to: path)
        chmod(scratch.path, 0o755)
        chmod(path, 0)
        await #expect(processExitsWith: .success) { [path = path as String] in
            // The superuser may read everything.
            if getuid() == 0 { try #require(setuid(65_534) == 0) }
            #expect(throws: FileError(.open, path, code: EACCES)) { _ = try MappedFile(path) }
        }
    }
}
