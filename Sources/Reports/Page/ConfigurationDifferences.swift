/// Where the configurations of runs differ, setting by setting.
///
/// It reads the lines of effective texts: `key: value`, indented by two, lists with `- `. A setting is named by
/// its path, `strategies.1.parameters.fast`.
struct ConfigurationDifferences {
    /// Settings that differ, with the value of every run; nil where it has no such setting.
    let rows: [(setting: String, values: [String?])]

    init(_ texts: [String]) {
        let settings = texts.map(Self.settings)
        var names: [String] = []
        var known: Set<String> = []
        for list in settings {
            for (name, _) in list where known.insert(name).inserted { names.append(name) }
        }
        let values = settings.map { list in
            Dictionary(list.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        }
        rows = names.compactMap { name in
            let row = values.map { $0[name] }
            return row.allSatisfy { $0 == row[0] } ? nil : (name, row)
        }
    }

    static func settings(_ text: String) -> [(name: String, value: String)] {
        var path: [(indent: Int, name: String)] = []
        var counts: [String: Int] = [:]
        var settings: [(name: String, value: String)] = []
        for line in text.split(separator: "\n") {
            var rest = line.drop { $0 == " " }
            var indent = line.count - rest.count
            while let last = path.last, last.indent >= indent { path.removeLast() }
            if rest.hasPrefix("- ") {
                let list = path.map(\.name).joined(separator: ".")
                counts[list, default: 0] += 1
                path.append((indent, "\(counts[list, default: 1])"))
                rest = rest.dropFirst(2)
                indent += 2
            }
            guard let colon = rest.firstIndex(of: ":") else { continue }
            let name = String(rest[..<colon])
            let value = rest[rest.index(after: colon)...].drop { $0 == " " }
            if value.isEmpty {
                path.append((indent, name))
            } else {
                settings.append(((path.map(\.name) + [name]).joined(separator: "."), String(value)))
            }
        }
        return settings
    }
}
