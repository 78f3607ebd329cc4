import Glibc
import Journal
import Recordings

/// The folder of a sweep: its journal, the decoded recording, and what is made of the results.
///
/// A folder belongs to one configuration, one content of the data and one build of the program. Ranges, search
/// and objective may change: results are kept by what they are of, and are used again wherever they fit. Another
/// configuration under the same name gets a folder of its own, with a number.
struct SweepFolder: ~Copyable {
    static let foldersMax = 999

    let path: String
    var journal: ResultJournal

    init(_ path: String, identity: String) throws(SweepError) {
        for number in 1...Self.foldersMax {
            let candidate = number == 1 ? path : "\(path)-\(number)"
            try Self.make(candidate)
            let journal = try ResultJournal.open("\(candidate)/\(ResultJournal.name)", identity: identity)
            if let journal {
                self.path = candidate
                self.journal = journal
                return
            }
        }
        throw .request("\(path): \(Self.foldersMax) folders of that name belong to other sweeps")
    }

    /// Makes a folder and those above it that are missing.
    private static func make(_ path: String) throws(SweepError) {
        var end = path.startIndex
        while end < path.endIndex {
            end = path[path.index(after: end)...].firstIndex(of: "/") ?? path.endIndex
            let part = String(path[..<end])
            if mkdir(part, 0o755) != 0, errno != EEXIST {
                throw .file(FileError(.create, part, code: errno))
            }
        }
    }
}

extension OutputFile {
    /// Writes a text file that appears under its name only when it is complete.
    static func write(_ text: String, to path: String) throws(SweepError) {
        do throws(FileError) {
            var file = try OutputFile(path)
            try file.write(Array(text.utf8).span.bytes, at: 0)
            try file.complete()
        } catch {
            throw .file(error)
        }
    }
}
