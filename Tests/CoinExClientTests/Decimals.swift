import Quantities

// Decimals of tests, as they are written.

extension FixedPoint {
    fileprivate init(literal: String) {
        let value = try? Self(literal)
        guard let value else { preconditionFailure("'\(literal)' is no decimal") }
        self = value
    }
}

extension Price: ExpressibleByStringLiteral {
    public init(stringLiteral text: String) { self.init(literal: text) }
}

extension Quantity: ExpressibleByStringLiteral {
    public init(stringLiteral text: String) { self.init(literal: text) }
}

extension Amount: ExpressibleByStringLiteral {
    public init(stringLiteral text: String) { self.init(literal: text) }
}
