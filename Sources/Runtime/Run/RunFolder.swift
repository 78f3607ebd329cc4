import Glibc
import Journal

/// The folder of one run: `runs/run-0001` and so on, made with the next free number.
package struct RunFolder: Sendable {
    package let name: String
    package let path: String

    /// Where runs are kept unless the configuration says otherwise.
    package static let journalDefault = "runs"
    /// Runs that one journal folder holds.
    package static let runsMax = 999_999

    package init(in journal: String) throws(RunError) {
        do throws(FileError) {
            try FolderTree.make(journal)
        } catch {
            throw .folder(error)
        }
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

    package func file(_ name: String) -> String { path + "/" + name }
}
