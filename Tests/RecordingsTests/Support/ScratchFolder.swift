import CZlib
import Glibc

/// A folder of its own for one test, removed with everything in it.
final class ScratchFolder {
    let path: String
    private var files: Set<String> = []

    init() {
        var template = Array("/tmp/martlet-recordings-XXXXXX".utf8CString)
        let isMade = template.withUnsafeMutableBufferPointer { mkdtemp($0.baseAddress!) != nil }
        precondition(isMade, "no scratch folder")
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        for file in files { unlink(file) }
        rmdir(path)
    }

    /// A path in the folder; the file there, if any, is removed at the end.
    func file(_ name: String) -> String {
        let file = "\(path)/\(name)"
        files.insert(file)
        return file
    }

    /// Writes bytes as they are.
    func write(_ bytes: [UInt8], _ name: String) -> String {
        let path = file(name)
        guard let stream = fopen(path, "w") else { preconditionFailure("cannot write \(path)") }
        fwrite(bytes, 1, bytes.count, stream)
        fclose(stream)
        return path
    }

    func write(_ lines: [String], _ name: String) -> String {
        write(Array(lines.map { $0 + "\n" }.joined().utf8), name)
    }

    /// Writes lines compressed.
    func compress(_ lines: [String], _ name: String) -> String {
        let path = file(name)
        let bytes = Array(lines.map { $0 + "\n" }.joined().utf8)
        guard let stream = gzopen(path, "w") else { preconditionFailure("cannot write \(path)") }
        gzwrite(stream, bytes, UInt32(bytes.count))
        gzclose(stream)
        return path
    }

    func read(_ path: String) -> [UInt8] {
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
}
