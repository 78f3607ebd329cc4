import CZlib
import Glibc

/// A folder of its own for one test, removed with everything in it.
final class ScratchFolder {
    let path: String

    init() {
        var template = Array("/tmp/martlet-sweeps-XXXXXX".utf8CString)
        let isMade = template.withUnsafeMutableBufferPointer { mkdtemp($0.baseAddress!) != nil }
        precondition(isMade, "no scratch folder")
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { Self.remove(path) }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes lines compressed and returns the file's path.
    func compress(_ lines: [String], _ name: String) -> String {
        let path = file(name)
        let bytes = Array(lines.map { $0 + "\n" }.joined().utf8)
        guard let stream = gzopen(path, "w") else { preconditionFailure("cannot write \(path)") }
        gzwrite(stream, bytes, UInt32(bytes.count))
        gzclose(stream)
        return path
    }

    static func write(_ bytes: [UInt8], _ path: String) {
        guard let stream = fopen(path, "w") else { preconditionFailure("cannot write \(path)") }
        fwrite(bytes, 1, bytes.count, stream)
        fclose(stream)
    }

    static func read(_ path: String) -> [UInt8] {
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

    static func text(_ path: String) -> String { String(decoding: read(path), as: UTF8.self) }

    /// The names in a folder, sorted.
    static func names(in path: String) -> [String] {
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
