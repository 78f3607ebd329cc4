import CZlib
import Glibc

/// A folder of its own for one test, removed with everything in it.
package final class ScratchFolder {
    package let path: String
    private var names = 0

    package init() {
        var template = Array("/tmp/martlet-XXXXXX".utf8CString)
        let isMade = template.withUnsafeMutableBufferPointer { mkdtemp($0.baseAddress!) != nil }
        precondition(isMade, "no scratch folder")
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { Self.remove(path) }

    /// A path in the folder.
    package func file(_ name: String) -> String { "\(path)/\(name)" }

    /// A name that was not used before.
    package func nextName() -> String {
        names += 1
        return "child-\(names)"
    }

    /// Writes lines compressed and returns the file's path.
    package func compress(_ lines: [String], _ name: String) -> String {
        let path = file(name)
        let bytes = Array(lines.map { $0 + "\n" }.joined().utf8)
        guard let stream = gzopen(path, "w") else { preconditionFailure("cannot write \(path)") }
        gzwrite(stream, bytes, UInt32(bytes.count))
        gzclose(stream)
        return path
    }

    /// Writes bytes as they are, and returns the file's path.
    package func write(_ bytes: [UInt8], _ name: String) -> String {
        let path = file(name)
        guard let stream = fopen(path, "w") else { preconditionFailure("cannot write \(path)") }
        fwrite(bytes, 1, bytes.count, stream)
        fclose(stream)
        return path
    }

    package func write(_ text: String, _ name: String) -> String { write(Array(text.utf8), name) }

    package func write(_ lines: [String], _ name: String) -> String {
        write(lines.map { $0 + "\n" }.joined(), name)
    }

    /// The whole content of a file; nothing when there is none.
    package static func read(_ path: String) -> [UInt8] {
        guard let stream = fopen(path, "r") else { return [] }
        defer { fclose(stream) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&buffer, 1, buffer.count, stream)
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
    }

    /// The size of a file; zero when there is none.
    package static func size(_ path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    /// The names in a folder, sorted.
    package static func names(in path: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    private static func remove(_ path: String) {
        for name in names(in: path) { remove("\(path)/\(name)") }
        Glibc.remove(path)
    }
}
