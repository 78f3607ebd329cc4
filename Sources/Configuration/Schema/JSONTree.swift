/// A JSON document as a value, the members of its objects in order.
package indirect enum JSONTree: Equatable, Sendable {
    package struct Member: Equatable, Sendable {
        package let key: String
        package let value: JSONTree
    }

    case text(String)
    /// A number as it is written.
    case number(String)
    case flag(Bool)
    case list([JSONTree])
    case object([Member])

    /// The value of a member of an object; nil when there is none, or this is no object.
    package subscript(key: String) -> JSONTree? {
        switch self {
        case .object(let members): members.first { $0.key == key }?.value
        case .text, .number, .flag, .list: nil
        }
    }

    /// The members of an object; none of anything else.
    package var members: [Member] {
        switch self {
        case .object(let members): members
        case .text, .number, .flag, .list: []
        }
    }
}

extension JSONTree: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral
{
    package init(dictionaryLiteral elements: (String, JSONTree)...) {
        self = .object(elements.map { Member(key: $0.0, value: $0.1) })
    }

    package init(arrayLiteral elements: JSONTree...) { self = .list(elements) }
    package init(stringLiteral value: String) { self = .text(value) }
    package init(booleanLiteral value: Bool) { self = .flag(value) }
    package init(integerLiteral value: Int) { self = .number("\(value)") }

    /// The object with more members behind its own.
    package func with(_ members: JSONTree) -> JSONTree { .object(self.members + members.members) }
}

// MARK: - Text

extension JSONTree {
    /// The document in indented lines; a list of plain values stands in one line.
    package var text: String { text(indent: "") + "\n" }

    private func text(indent: String) -> String {
        let inner = indent + "  "
        switch self {
        case .text(let text): return Self.quoted(text)
        case .number(let number): return number
        case .flag(let flag): return "\(flag)"
        case .list(let items):
            if items.allSatisfy(\.isPlain) {
                return "[\(items.map { $0.text(indent: "") }.joined(separator: ", "))]"
            }
            let lines = items.map { inner + $0.text(indent: inner) }
            return "[\n\(lines.joined(separator: ",\n"))\n\(indent)]"
        case .object(let members):
            if members.isEmpty { return "{}" }
            let lines = members.map { "\(inner)\(Self.quoted($0.key)): \($0.value.text(indent: inner))" }
            return "{\n\(lines.joined(separator: ",\n"))\n\(indent)}"
        }
    }

    private var isPlain: Bool {
        switch self {
        case .text, .number, .flag: true
        case .list, .object: false
        }
    }

    private static func quoted(_ text: String) -> String {
        "\"\(text.unicodeScalars.map(escaped).joined())\""
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"", "\\": return "\\\(scalar)"
        case "\n": return "\\n"
        case _ where scalar.value < 0x20:
            let digits = String(scalar.value, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: return String(scalar)
        }
    }
}
