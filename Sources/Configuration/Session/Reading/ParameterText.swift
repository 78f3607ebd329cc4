import StrategyKit

/// Single values of parameters, read from a text as the YAML would be: for command lines.
package enum ParameterText {
    /// The value; throws what is wrong with the text and what would be right, as the file's reader says it.
    package static func read(
        _ text: String, as parameter: ParameterDescription
    ) throws(InvalidParameter) -> ParameterValue {
        let diagnostics = Diagnostics()
        let field = Field(
            node: Node(
                mark: Mark(file: "", line: 1, column: 1),
                content: .scalar(Scalar(text: text, style: .plain))),
            path: parameter.name, keyMark: nil, diagnostics: diagnostics)
        if let value = Format.parameter(parameter.kind).read(field) { return value }
        guard let found = diagnostics.recorded.first else {
            throw InvalidParameter("'\(parameter.name)' cannot be \(Quoted(text))")
        }
        var reason = found.message
        if let expected = found.expected { reason += "; expected \(expected)" }
        if let suggestion = found.suggestion { reason += "; \(suggestion)" }
        throw InvalidParameter(reason)
    }
}

/// A text is no value of a parameter; the description says why and what would be one.
package struct InvalidParameter: Error, Equatable, Sendable, CustomStringConvertible {
    package let description: String
    init(_ description: String) { self.description = description }
}
