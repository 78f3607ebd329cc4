import Glibc

/// Folders, made where they are missing.
package enum FolderTree {
    /// Makes a folder and those above it that are missing.
    package static func make(_ path: String) throws(FileError) {
        var end = path.startIndex
        while end < path.endIndex {
            end = path[path.index(after: end)...].firstIndex(of: "/") ?? path.endIndex
            let part = String(path[..<end])
            if mkdir(part, 0o755) != 0, errno != EEXIST { throw FileError(.create, part, code: errno) }
        }
    }

    /// The names of the folders in a folder, sorted; none when it is not there. At most `namesMax`.
    package static func names(in path: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while names.count < namesMax, let entry = readdir(folder) {
            guard entry.pointee.d_type == DT_DIR else { continue }
            let name = withUnsafePointer(to: &entry.pointee.d_name) { start in
                start.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Folders that are listed; more are left out.
    package static let namesMax = 10_000
}
