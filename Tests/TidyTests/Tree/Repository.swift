import Foundation

/// The files of the repository that the checks read, loaded and scanned once.
struct Repository: Sendable {
    let manifest: Manifest
    /// Every file under the folders below, from the root, sorted.
    let paths: [String]
    /// The text files among them.
    let files: [SourceFile]

    enum LoadError: Error, Equatable {
        /// No folder above this test has a `Package.swift`: the tests run without their sources.
        case rootNotFound(above: String)
        case unreadable(path: String)
        case noManifest
    }

    private static let loaded = Result { try Repository() }

    /// The repository that this test belongs to.
    static func here() throws -> Repository { try loaded.get() }

    var swiftFiles: [SourceFile] { files.filter(\.isSwift) }

    private static let tops = [
        "Package.swift", "Makefile", "README.md", ".swift-format", ".gitignore", ".ci", "Sources",
        "Strategies",
        "Tests", "Benchmarks", "configs", "docs",
    ]

    private static let textExtensions: Set<String> = [
        "swift", "md", "yaml", "yml", "h", "c", "modulemap", "sh", "py", "toml", "json", "svg", "css", "js",
        "html",
    ]

    private init() throws {
        let root = try Self.root()
        var paths: [String] = []
        for top in Self.tops {
            let url = root.appending(path: top)
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else { continue }
            if isFolder.boolValue {
                let inside = FileManager.default.enumerator(atPath: url.path)
                while let path = inside?.nextObject() as? String {
                    let isFile = inside?.fileAttributes?[.type] as? FileAttributeType == .typeRegular
                    if isFile { paths.append("\(top)/\(path)") }
                }
            } else {
                paths.append(top)
            }
        }
        self.paths = paths.sorted()

        files = try self.paths.filter(Self.isText).map { path in
            guard let data = FileManager.default.contents(atPath: root.appending(path: path).path) else {
                throw LoadError.unreadable(path: path)
            }
            return SourceFile(path, Array(data))
        }
        guard let package = files.first(where: { $0.path == "Package.swift" }) else {
            throw LoadError.noManifest
        }
        manifest = Manifest(package)
    }

    private static func isText(_ path: String) -> Bool {
        let name = path.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else {
            // Makefile, dotfiles, scripts; under Tests a name without an extension is recorded input.
            return !path.hasPrefix("Tests/")
        }
        return textExtensions.contains(String(name[name.index(after: dot)...]))
    }

    private static func root() throws -> URL {
        let here = URL(filePath: #filePath)
        var folder = here.deletingLastPathComponent()
        while folder.path != "/" {
            if FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path) {
                return folder
            }
            folder.deleteLastPathComponent()
        }
        throw LoadError.rootNotFound(above: here.path)
    }
}
