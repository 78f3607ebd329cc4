/// The name of a member on the wire.
package struct CoinExField: ExpressibleByStringLiteral, Equatable, Sendable {
    let name: StaticString

    package init(stringLiteral name: StaticString) {
        self.name = name
    }

    package static func == (a: CoinExField, b: CoinExField) -> Bool { a.description == b.description }

    /// The text as a whole, or an element of a list.
    static let whole: CoinExField = ""
}

extension CoinExField: CustomStringConvertible {
    package var description: String { "\(name)" }
}
