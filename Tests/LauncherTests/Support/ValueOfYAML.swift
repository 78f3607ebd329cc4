import Configuration

/// YAML as JSON, by the core schema of YAML 1.2: what editors hand to their validators.
enum ValueOfYAML {
    /// The JSON text of a document; nil when it is no sound YAML of ours.
    static func json(_ text: String) -> String? {
        YAMLDocument.parse(Array(text.utf8), file: "x.yaml", diagnostics: Diagnostics()).map { json($0.root) }
    }

    private static func json(_ node: Node) -> String {
        switch node.content {
        case .scalar(let scalar): return json(scalar)
        case .sequence(let nodes): return "[\(nodes.map(json).joined(separator: ", "))]"
        case .mapping(let mapping):
            let members = mapping.entries.map { "\(quoted($0.key)): \(json($0.value))" }
            return "{\(members.joined(separator: ", "))}"
        }
    }

    private static func json(_ scalar: Scalar) -> String {
        if scalar.isNull { return "null" }
        guard scalar.style == .plain else { return quoted(scalar.text) }
        if ["true", "True", "TRUE"].contains(scalar.text) { return "true" }
        if ["false", "False", "FALSE"].contains(scalar.text) { return "false" }
        let isNumber =
            scalar.text.wholeMatch(of: #/[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?/#) != nil
        guard isNumber else { return quoted(scalar.text) }
        if let whole = Int(scalar.text) { return "\(whole)" }
        guard let value = Double(scalar.text), value.isFinite else { return quoted(scalar.text) }
        return "\(value)"
    }

    private static func quoted(_ text: String) -> String { String(JSONTree.text(text).text.dropLast()) }
}
