import Glibc
import Journal
import Scaffold

/// Carries out a plan, all of it or nothing: it looks first, and takes back what it did when a write fails.
struct PlanWriter {
    private let root: String
    private var madeFolders: [String] = []
    private var madeFiles: [String] = []
    private var changed: [ScaffoldPlan.Change] = []

    /// - Parameter root: the folder that the plan's paths count from; it may be one that is not there yet.
    init(root: String) { self.root = root }

    mutating func carryOut(_ plan: ScaffoldPlan) throws {
        try look(plan)
        do throws(FileError) {
            try makeFolder(root)
            for file in plan.files {
                try makeFolders(of: file.path)
                try TextFile.create(place(file.path), file.text)
                madeFiles.append(place(file.path))
            }
            for change in plan.changes {
                try TextFile.replace(place(change.path), with: change.after)
                changed.append(change)
            }
        } catch {
            takeBack()
            throw error
        }
    }

    /// Nothing that is there is overwritten, and what changes is as it was read.
    private func look(_ plan: ScaffoldPlan) throws {
        let taken = plan.files.map(\.path).filter { TextFile.exists(place($0)) }
        if !taken.isEmpty {
            throw ScaffoldError(
                "\(taken.joined(separator: ", ")) \(taken.count == 1 ? "is" : "are") there already: "
                    + "nothing was made; choose another name, or move what is there")
        }
        for change in plan.changes {
            guard try TextFile.read(place(change.path)) == change.before else {
                throw ScaffoldError("\(change.path) changed a moment ago: nothing was made; try again")
            }
        }
    }

    private func place(_ path: String) -> String { "\(root)/\(path)" }

    private mutating func makeFolders(of path: String) throws(FileError) {
        var folder = root
        for part in path.split(separator: "/").dropLast() {
            folder += "/\(part)"
            try makeFolder(folder)
        }
    }

    private mutating func makeFolder(_ path: String) throws(FileError) {
        if mkdir(path, 0o755) == 0 {
            madeFolders.append(path)
        } else if errno != EEXIST {
            throw FileError(.create, path, code: errno)
        }
    }

    /// As far as that is possible where a write has just failed; what was there before is never touched.
    private mutating func takeBack() {
        for change in changed.reversed() {
            try? TextFile.replace(place(change.path), with: change.before)
        }
        for path in madeFiles.reversed() { unlink(path) }
        for path in madeFolders.reversed() { rmdir(path) }
    }
}
