/// The name of a member on the wire.
package struct WireField: ExpressibleByStringLiteral, Equatable, Sendable {
    package let name: StaticString

    package init(stringLiteral name: StaticString) {
        self.name = name
    }

    package init(_ name: StaticString) {
        self.name = name
    }

    package static func == (a: WireField, b: WireField) -> Bool { a.description == b.description }

    /// The text as a whole, or an element of a list.
    package static let whole: WireField = ""
}

extension WireField: CustomStringConvertible {
    package var description: String { "\(name)" }
}
