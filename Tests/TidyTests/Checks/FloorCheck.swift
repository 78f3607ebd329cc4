/// A target imports lower floors only, and only what the manifest gives it.
enum FloorCheck {
    /// Modules of the toolchain and the system. Any other import must be a target of the house.
    private static let outsideModules: Set<String> = [
        "Swift", "Foundation", "FoundationEssentials", "Glibc", "Musl", "Dispatch", "Synchronization",
        "Observation",
        "RegexBuilder", "Testing", "PackageDescription",
    ]

    /// What the authors of strategies are promised; the rest of the house may change under their feet.
    private static let promisedRooms: Set<String> = [
        "Quantities", "MarketModel", "StrategyKit", "Indicators",
    ]

    static func findings(_ manifest: Manifest, _ files: [SourceFile], paths: [String]) -> [Finding] {
        let house = House(manifest, files, paths: paths)
        return manifest.findings + house.targets.flatMap { dependencyFindings($0, house) }
            + folderFindings(house, paths) + files.flatMap { importFindings($0, house) }
    }

    // MARK: - Dependencies

    private static func dependencyFindings(_ target: Manifest.Target, _ house: House) -> [Finding] {
        target.dependencies.compactMap { name in
            guard let dependency = house.target(named: name) else {
                let message = "\(target.name) depends on \(name), which is no target here; add it or drop it"
                return Finding("Package.swift", target.line, message)
            }
            return fault(of: target, needing: dependency, house).map {
                Finding("Package.swift", target.line, $0)
            }
        }
    }

    /// What is wrong when `target` uses `other`; nil when nothing is.
    private static func fault(
        of target: Manifest.Target, needing other: Manifest.Target, _ house: House
    ) -> String? {
        if other.isTest {
            return "\(target.name) uses the tests \(other.name); move what it needs into a room"
        }
        guard let own = house.rank(of: target) else { return nil }
        guard let theirs = house.rank(of: other) else {
            return
                "\(target.name) uses \(other.name), which stands on no floor; move what it needs into a room"
        }
        if house.isExecutable(other) {
            return "\(target.name) uses the executable \(other.name); move what it needs into a room"
        }
        if target.isStrategy, !house.isExecutable(target), !promisedRooms.contains(other.name) {
            let promised = promisedRooms.sorted().joined(separator: ", ")
            return "the strategy \(target.name) uses \(other.name); strategies see only \(promised)"
        }
        guard theirs >= own, let floor = target.floor, let otherFloor = other.floor else { return nil }
        return
            "\(target.name) (floor \(floor)) uses \(other.name) (floor \(otherFloor)); only lower floors are open: "
            + "move the shared part down or let a higher floor join them"
    }

    // MARK: - Folders

    private static func folderFindings(_ house: House, _ paths: [String]) -> [Finding] {
        var findings = house.targets.filter { house.folders[$0.name] == nil }.map { target in
            Finding(
                "Package.swift", target.line,
                "target \(target.name) has no folder with files; add it or drop it")
        }
        var seen: Set<String> = []
        for path in paths where house.owner(of: path) == nil {
            let parts = path.split(separator: "/")
            guard let top = parts.first, parts.count > 2 else { continue }
            let isCode =
                top == "Sources" || top == "Strategies" || (top == "Tests" && path.hasSuffix(".swift"))
            let depth = parts[1] == "CSystem" && parts.count > 3 ? 3 : 2
            let folder = parts.prefix(depth).joined(separator: "/")
            guard isCode, seen.insert(folder).inserted else { continue }
            findings.append(
                Finding(path, 1, "no target of Package.swift owns \(folder); list it there or remove it"))
        }
        return findings
    }

    // MARK: - Imports

    private static func importFindings(_ file: SourceFile, _ house: House) -> [Finding] {
        guard let owner = house.owner(of: file.path) else { return [] }
        return file.imports.compactMap { item in
            if outsideModules.contains(item.module) || item.module == owner.name { return nil }
            guard let other = house.target(named: item.module) else {
                let advice = "add it to Package.swift, or to the outside modules of FloorCheck with a reason"
                return file.finding(at: item.offset, "\(item.module) is no target of the house; \(advice)")
            }
            if let fault = fault(of: owner, needing: other, house) {
                return file.finding(at: item.offset, fault)
            }
            let isListed = owner.isTest || owner.isStrategy || house.isExecutable(owner)
            if isListed || owner.dependencies.contains(item.module) { return nil }
            let message = "\(owner.name) imports \(item.module) without listing it; add it in Package.swift"
            return file.finding(at: item.offset, message)
        }
    }
}
