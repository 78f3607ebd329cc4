/// The targets of the manifest together with their folders: which target and floor a file belongs to.
struct House {
    let targets: [Manifest.Target]
    /// The folder of each target that has one, by name.
    let folders: [String: String]
    private let executables: Set<String>

    init(_ manifest: Manifest, _ files: [SourceFile], paths: [String]) {
        var folders: [String: String] = [:]
        for target in manifest.targets {
            let places = target.path.map { [$0] } ?? Self.places(of: target.name)
            folders[target.name] = places.first { place in paths.contains { $0.hasPrefix(place + "/") } }
        }
        self.folders = folders
        targets = manifest.targets

        var executables = Set(manifest.targets.filter(\.isExecutable).map(\.name))
        let entries = files.filter { $0.name == "main.swift" || !$0.codeOffsets(of: "@main").isEmpty }
        for file in entries {
            if let owner = Self.owner(of: file.path, targets, folders) { executables.insert(owner.name) }
        }
        self.executables = executables
    }

    /// Where a target without a path of its own may live.
    private static func places(of name: String) -> [String] {
        [
            "Sources/\(name)", "Sources/CSystem/\(name)", "Strategies/\(name)", "Tests/\(name)",
            "Benchmarks/\(name)",
        ]
    }

    private static func owner(
        of path: String, _ targets: [Manifest.Target], _ folders: [String: String]
    ) -> Manifest.Target? {
        var best: (target: Manifest.Target, length: Int)?
        for target in targets {
            guard let folder = folders[target.name], path.hasPrefix(folder + "/") else { continue }
            if folder.utf8.count > best?.length ?? 0 { best = (target, folder.utf8.count) }
        }
        return best?.target
    }

    /// The target whose folder is nearest around the file.
    func owner(of path: String) -> Manifest.Target? { Self.owner(of: path, targets, folders) }

    func target(named name: String) -> Manifest.Target? { targets.first { $0.name == name } }

    func isExecutable(_ target: Manifest.Target) -> Bool { executables.contains(target.name) }

    /// The order of the floors, with an executable half a floor above the libraries beside it: it may bring
    /// those together. nil outside the floors.
    func rank(of target: Manifest.Target) -> Int? {
        target.floor.map { $0 * 2 + (isExecutable(target) ? 1 : 0) }
    }
}

extension Repository {
    var house: House { House(manifest, swiftFiles, paths: paths) }

    /// The Swift files on the given floors; strategy libraries count as decision code wherever they stand.
    func files(onFloors floors: ClosedRange<Int>) -> [SourceFile] {
        let house = house
        return swiftFiles.filter { file in
            guard let owner = house.owner(of: file.path) else { return false }
            return owner.isStrategy || owner.floor.map(floors.contains) ?? false
        }
    }
}
