import Glibc
import Journal

/// The folder of one run: `runs/run-0001` and so on, made with the next free number.
package struct RunFolder: Sendable {
    package let name: String
    package let path: String

    /// Runs that one journal folder holds.
    package static let runsMax = 999_999

    package init(in journal: String) throws(RunError) {
        try Self.make(journal)
        for number in 1...Self.runsMax {
            let digits = String(number)
            let name = "run-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
            let path = journal + "/" + name
            if mkdir(path, 0o755) == 0 {
                self.name = name
                self.path = path
                return
            }
            if errno != EEXIST { throw .folder(FileError(.create, path, code: errno)) }
        }
        throw .folder(FileError(.create, journal, code: EMFILE))
    }

    private init(name: String, path: String) {
        self.name = name
        self.path = path
    }

    /// The folders of a journal's runs, the oldest first; none where there is no journal yet.
    package static func all(in journal: String) throws(RunError) -> [RunFolder] {
        guard let directory = opendir(journal) else {
            if errno == ENOENT { return [] }
            throw .folder(FileError(.open, journal, code: errno))
        }
        defer { closedir(directory) }
        var numbers: [(number: Int, name: String)] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasPrefix("run-"), let number = Int(name.dropFirst(4)) { numbers.append((number, name)) }
        }
        return numbers.sorted { $0.number < $1.number }.map { RunFolder(name: $0.name, path: journal + "/" + $0.name) }
    }

    /// Makes a folder and those above it that are missing.
    private static func make(_ path: String) throws(RunError) {
        var end = path.startIndex
        while end < path.endIndex {
            end = path[path.index(after: end)...].firstIndex(of: "/") ?? path.endIndex
            let part = String(path[..<end])
            if mkdir(part, 0o755) != 0, errno != EEXIST {
                throw .folder(FileError(.create, part, code: errno))
            }
        }
    }

    package func file(_ name: String) -> String { path + "/" + name }
}
