/// The keys of one mapping, read by name and type.
///
/// It remembers which keys were asked for, so that `finish()` can report the rest as unknown: a
/// mistyped key must not silently leave its default in force. `YAMLDocument.decode` and
/// `Format.section` call it; only who takes an open section does so himself.
package final class Section {
    /// The way here from the top, `strategies[0].parameters`; empty at the top.
    package let path: String
    /// Where the section is named, or begins if it has no name.
    package let mark: Mark
    private let mapping: Mapping
    private let diagnostics: Diagnostics
    private var asked: [String] = []

    init(_ mapping: Mapping, of field: Field) {
        path = field.path
        mark = field.keyMark ?? field.node.mark
        self.mapping = mapping
        diagnostics = field.diagnostics
    }

    /// Whether the key is there, with a value or without.
    package func has(_ key: String) -> Bool { entry(key) != nil }

    /// The keys in the order of the file, for sections whose keys are the user's own names.
    package var keys: [String] { mapping.entries.map(\.key) }

    // MARK: Reading

    /// The value of a key that must be there; nil, with the reason recorded, if it is not or does not fit.
    package func required<Value>(_ key: String, _ format: Format<Value>) -> Value? {
        guard let entry = entry(key) else {
            let place = path.isEmpty ? "at the top level" : "in '\(path)'"
            diagnostics.record(
                Diagnostic(at: mark, "'\(key)' is missing \(place)", expected: format.expected))
            return nil
        }
        return format.read(field(entry))
    }

    /// The value of a key that may be left out; nil if it is left out or, with the reason recorded, does
    /// not fit.
    package func optional<Value>(_ key: String, _ format: Format<Value>) -> Value? {
        guard let entry = entry(key) else { return nil }
        return format.read(field(entry))
    }

    /// The value of a key, or the default if it is left out or, with the reason recorded, does not fit.
    ///
    /// A key that is written without a value is an error too: whoever wants the default leaves it out.
    package func value<Value>(_ key: String, _ format: Format<Value>, default: Value) -> Value {
        optional(key, format) ?? `default`
    }

    // MARK: Judging

    /// Records an error at a key, for rules that concern several values. The reason continues the name:
    /// `section.refuse("low", "is not below 'high'")`.
    package func refuse(_ key: String, _ reason: String, suggestion: String? = nil) {
        diagnostics.record(
            Diagnostic(at: place(of: key), "'\(path(to: key))' \(reason)", suggestion: suggestion))
    }

    /// Records a warning at a key.
    package func warn(_ key: String, _ reason: String, suggestion: String? = nil) {
        diagnostics.record(
            Diagnostic(
                .warning, at: place(of: key), "'\(path(to: key))' \(reason)", suggestion: suggestion))
    }

    /// Reports every key that nobody asked for, with the nearest name that somebody did ask for.
    ///
    /// - Parameter noun: what the keys of this section are, where they are more than keys.
    package func finish(_ noun: String = "key") {
        let place = path.isEmpty ? "at the top level" : "in '\(path)'"
        let missing = asked.filter { name in !mapping.entries.contains { $0.key == name } }
        for entry in mapping.entries where !asked.contains(entry.key) {
            let isFull = diagnostics.isFull()
            // A name that is not there yet is the better guess.
            let nearest =
                isFull
                ? nil
                : NearestName.of(entry.key, among: missing) ?? NearestName.of(entry.key, among: asked)
            diagnostics.record(
                Diagnostic(
                    at: entry.keyMark, "unknown \(noun) \(Quoted(entry.key)) \(place)",
                    suggestion: nearest.map { "did you mean '\($0)'?" }))
        }
        asked = mapping.entries.map(\.key)
    }

    // MARK: Places

    private func entry(_ key: String) -> Mapping.Entry? {
        if !asked.contains(key) { asked.append(key) }
        return mapping.entry(key)
    }

    private func field(_ entry: Mapping.Entry) -> Field {
        Field(
            node: entry.value, path: path(to: entry.key), keyMark: entry.keyMark,
            diagnostics: diagnostics)
    }

    private func path(to key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    private func place(of key: String) -> Mark { mapping.entry(key)?.value.mark ?? mark }
}
