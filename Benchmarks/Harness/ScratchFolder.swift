import Glibc

/// A folder for the files of one measurement.
enum ScratchFolder {
    static func make() throws -> String {
        // Where temporary files belong; beside this program's data otherwise.
        let place = getenv("TMPDIR").map { String(cString: $0) } ?? "."
        var template = Array("\(place)/martlet-bench-XXXXXX".utf8CString)
        let isMade = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.map { mkdtemp($0) != nil } ?? false
        }
        guard isMade else { throw BenchError("no scratch folder") }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
