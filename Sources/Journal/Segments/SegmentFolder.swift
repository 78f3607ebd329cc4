import Glibc

/// The segments of a log in their folder.
package enum SegmentFolder {
    /// The most segments of a folder that are looked at.
    package static let filesMax = 1_000_000

    /// The paths of all segments in a folder, by name and number.
    package static func segments(in folder: String) throws(FileError) -> [String] {
        guard let directory = opendir(folder) else { throw FileError(.open, folder, code: errno) }
        defer { closedir(directory) }
        var names: [String] = []
        while names.count < filesMax, let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { start in
                start.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasSuffix(SegmentFormat.suffix) { names.append(name) }
        }
        return names.sorted().map { "\(folder)/\($0)" }
    }

    /// The last segment of a log, with its number; nil where there is none.
    static func last(of name: String, in folder: String) throws(FileError) -> (path: String, number: UInt64)?
    {
        var last: (path: String, number: UInt64)?
        for path in try segments(in: folder) {
            let file = path.dropFirst(folder.utf8.count + 1)
            guard file.hasPrefix(name + "-"),
                let number = UInt64(file.dropFirst(name.count + 1).dropLast(SegmentFormat.suffix.count)),
                number > last?.number ?? 0
            else { continue }
            last = (path, number)
        }
        return last
    }

    /// Whether a path is a folder.
    package static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
