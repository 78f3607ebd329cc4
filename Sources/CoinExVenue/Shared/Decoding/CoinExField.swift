/// The name of a member on the wire.
public struct CoinExField: ExpressibleByStringLiteral, Equatable, Sendable {
    let name: StaticString

    public init(stringLiteral name: StaticString) {
        self.name = name
    }

    public static func == (a: CoinExField, b: CoinExField) -> Bool { a.description == b.description }

    /// The text as a whole, or an element of a list.
    static let whole: CoinExField = ""
}

extension CoinExField: CustomStringConvertible {
    public var description: String { "\(name)" }
}
