import Configuration
import Glibc
import Journal

/// Where a run is written down: its ledger, its number in it, and its folder.
package struct RunPlace: Equatable, Sendable {
    package var ledger: String
    package var id: RunID
    package var name: String
    /// Where the files of its report go.
    package var folder: String

    /// The journal folder that runs are looked for in when only their name is given.
    package static let journalFolder = "runs"
    /// Names that an error tells of.
    private static let namesMax = 5

    /// Finds a run by its folder (`runs/run-0001`), its name (`run-0001`), its number in the name (`1`), or as
    /// the newest (`latest`).
    package init(finding word: String) throws(ReportError) {
        var path = word[...]
        while path.count > 1, path.last == "/" { path.removeLast() }
        if path.hasSuffix(".tape") || path.hasSuffix(".html") {
            path = path.lastIndex(of: "/").map { path[..<$0] } ?? "."
        }
        var (journal, name) = (Self.journalFolder, String(path))
        if let slash = path.lastIndex(of: "/") {
            (journal, name) = (String(path[..<slash]), String(path[path.index(after: slash)...]))
            if journal.isEmpty { journal = "/" }
        } else if !name.isEmpty, name.utf8.count < 4, name.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            name = "run-" + String(repeating: "0", count: 4 - name.utf8.count) + name
        } else if !Self.exists(Self.journalFolder + "/ledger.db"), Self.exists("ledger.db") {
            journal = "."
        }
        try self.init(journal: journal, name: name)
    }

    /// Finds a run by its name in a journal folder; `latest` is the newest.
    package init(journal: String, name: String) throws(ReportError) {
        ledger = journal + "/ledger.db"
        guard Self.exists(ledger) else { throw .noLedger(path: ledger) }
        let runs: [RunListing]
        do throws(LedgerError) {
            runs = try Ledger(reading: ledger).runs()
        } catch {
            throw .ledger(error)
        }
        let named = runs.filter { $0.folder != nil }
        guard let newest = named.last else { throw .noRuns(ledger: ledger) }
        let found = name == "latest" ? newest : named.last { $0.folder == name }
        guard let found, let folder = found.folder else {
            let names = named.compactMap(\.folder)
            throw .noRun(
                name, nearest: NearestName.of(name, among: names),
                newest: Array(names.suffix(Self.namesMax).reversed()), ledger: ledger)
        }
        id = found.id
        self.name = folder
        self.folder = journal + "/" + folder
    }

    private static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
}
