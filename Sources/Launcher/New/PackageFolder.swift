import Glibc
import Journal
import Scaffold

/// A package with a list of strategies, found from a folder in it.
struct PackageFolder {
    /// Without a slash at its end.
    let path: String
    let manifest: String

    /// The nearest package around a folder that has a list of strategies.
    static func around(_ folder: String) throws -> PackageFolder {
        var passed: String?
        for path in ancestors(of: folder) {
            let place = path == "/" ? "/Package.swift" : path + "/Package.swift"
            guard TextFile.exists(place) else { continue }
            let manifest = try TextFile.read(place)
            if StrategyScaffold.isManifest(manifest) { return PackageFolder(path: path, manifest: manifest) }
            passed = passed ?? place
        }
        if let passed {
            throw ScaffoldError("\(passed) has no list of strategies; 'new package NAME' makes one that has")
        }
        throw ScaffoldError(
            "\(folder) is in no package; go to one with strategies, or make one with 'new package NAME'")
    }

    /// The checkout of Martlet that this program was built in; nil when it lies elsewhere now.
    static func ofThisProgram() -> String? {
        var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &bytes, bytes.count)
        guard count > 0, count < bytes.count else { return nil }
        let program = String(decoding: bytes[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        for path in ancestors(of: program) {
            guard let manifest = try? TextFile.read(path + "/Package.swift") else { continue }
            return manifest.contains("\n    name: \"Martlet\",\n") ? path : nil
        }
        return nil
    }

    /// The program that knows all strategies: path from the root and text; nil when there is none.
    func tool() throws -> (path: String, text: String)? {
        var tools: [(path: String, text: String)] = []
        for name in Self.names(in: path + "/Sources") {
            let place = "Sources/\(name)/main.swift"
            guard TextFile.exists("\(path)/\(place)") else { continue }
            let text = try TextFile.read("\(path)/\(place)")
            if StrategyScaffold.isTool(text) { tools.append((place, text)) }
        }
        if tools.count > 1 {
            throw ScaffoldError(
                "\(tools.map(\.path).joined(separator: " and ")) both list strategies: one can be kept up to date"
            )
        }
        return tools.first
    }

    /// The folder itself, and those around it, inmost first.
    static func ancestors(of folder: String) -> [String] {
        var path = folder
        var paths = [path]
        while let slash = path.lastIndex(of: "/"), path != "/" {
            path = slash == path.startIndex ? "/" : String(path[..<slash])
            paths.append(path)
        }
        return paths
    }

    /// The names in a folder, sorted; none when it cannot be read.
    private static func names(in path: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }
}
