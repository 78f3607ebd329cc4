/// What a value of the configuration has to look like, and how it is read.
///
/// ```swift
/// let market = section.required("market", .string())
/// let spread = section.required("spread", .feeRate(.between("0", "0.1")))
/// let levels = section.value("levels", .int(in: 1...50), default: 3)
/// let since = section.optional("since", .instant)
/// let legs = section.required("legs", .list(of: .section(Leg.init), count: 1...8))
/// ```
///
/// A format never throws and never stops the reading: what does not fit is recorded and gives nil.
package struct Format<Value> {
    /// What the user is told to write, as a noun phrase: `a whole number from 1 to 50`.
    package let expected: String
    let read: (Field) -> Value?

    init(expected: String, read: @escaping (Field) -> Value?) {
        self.expected = expected
        self.read = read
    }

    /// A single value, given by a parser of its text that says why a text does not fit.
    ///
    /// The parser never sees a missing value (`~`, `null` or nothing): that is refused before.
    package static func scalar(
        _ expected: String, parse: @escaping (Scalar) throws(Refusal) -> Value
    ) -> Format {
        Format(expected: expected) { field in
            guard case .scalar(let scalar) = field.node.content, !scalar.isNull else {
                field.refuseKind(expected: expected)
                return nil
            }
            do throws(Refusal) {
                return try parse(scalar)
            } catch {
                let found = scalar.style == .plain ? "" : "the quoted text "
                field.refuse(
                    "is \(found)\(Quoted(scalar.text)): \(error.reason)",
                    expected: expected, suggestion: error.suggestion)
                return nil
            }
        }
    }

    /// The same texts, read as another type.
    package func map<Other>(_ transform: @escaping (Value) -> Other) -> Format<Other> {
        Format<Other>(expected: expected) { field in read(field).map(transform) }
    }
}

/// Why a text is not the value that is asked for.
package struct Refusal: Error, Equatable, Sendable {
    /// A clause that follows the text: `a leading zero is not accepted`.
    package let reason: String
    /// What to do, as a clause: `write 12`.
    package let suggestion: String?

    package init(_ reason: String, suggestion: String? = nil) {
        self.reason = reason
        self.suggestion = suggestion
    }
}

/// A value in its place, as formats see it.
struct Field {
    let node: Node
    /// The way to it from the top: `strategies[0].spread`.
    let path: String
    /// Where its key stands; nil for an item of a list and for the document itself.
    let keyMark: Mark?
    let diagnostics: Diagnostics

    /// Records that the value does not fit; the message continues its path.
    func refuse(_ message: String, expected: String, suggestion: String? = nil) {
        let name = path.isEmpty ? "the document" : "'\(path)'"
        diagnostics.record(
            Diagnostic(
                at: node.mark, "\(name) \(message)", expected: expected, suggestion: suggestion))
    }

    /// Records that a value of another kind stands here.
    func refuseKind(expected: String, suggestion: String? = nil) {
        let kind =
            switch node.content {
            case .scalar(let scalar):
                scalar.isNull ? "has no value" : "is the single value \(Quoted(scalar.text))"
            case .sequence: "is a list"
            case .mapping: "is a section of keys"
            }
        refuse(kind, expected: expected, suggestion: suggestion)
    }
}
