/// A value together with its place, for rules that can be judged only when more of the file is read.
package struct Placed<Value> {
    package let value: Value
    private let field: Field

    fileprivate init(_ value: Value, _ field: Field) {
        self.value = value
        self.field = field
    }

    /// The way to the value from the top: `markets[1].quote`.
    package var path: String { field.path }

    /// Records an error at the value. The reason continues its path: `is used twice`.
    package func refuse(_ reason: String, suggestion: String? = nil) {
        record(.error, reason, suggestion)
    }

    /// Records a warning at the value.
    package func warn(_ reason: String, suggestion: String? = nil) {
        record(.warning, reason, suggestion)
    }

    private func record(_ severity: Diagnostic.Severity, _ reason: String, _ suggestion: String?) {
        field.diagnostics.record(
            Diagnostic(
                severity, at: field.node.mark, "'\(field.path)' \(reason)", suggestion: suggestion))
    }
}

extension Format {
    /// The same texts, read as a value that knows its place.
    package static func placed<Plain>(_ format: Format<Plain>) -> Format where Value == Placed<Plain> {
        Format(expected: format.expected) { field in
            format.read(field).map { Placed($0, field) }
        }
    }
}
