import Quantities

// Exact numbers as literals, for tests: `$0.size = "0.01"`. Outside of tests numbers come from a configuration,
// where a bad one is an error with a place; here a bad one is a typing error in the test, and stops it.

extension Price: ExpressibleByStringLiteral {
    /// Plain decimal notation; a text that is no exact number traps.
    public init(stringLiteral text: String) { self = literal(text) }
}

extension Quantity: ExpressibleByStringLiteral {
    /// Plain decimal notation; a text that is no exact number traps.
    public init(stringLiteral text: String) { self = literal(text) }
}

extension Notional: ExpressibleByStringLiteral {
    /// Plain decimal notation; a text that is no exact number traps.
    public init(stringLiteral text: String) { self = literal(text) }
}

extension Amount: ExpressibleByStringLiteral {
    /// Plain decimal notation; a text that is no exact number traps.
    public init(stringLiteral text: String) { self = literal(text) }
}

extension FeeRate: ExpressibleByStringLiteral {
    /// Plain decimal notation; a text that is no exact number traps.
    public init(stringLiteral text: String) { self = literal(text) }
}

private func literal<Number: FixedPoint>(_ text: String) -> Number {
    do throws(DecimalError) {
        return try Number(text)
    } catch {
        preconditionFailure("'\(text)' is no exact decimal number: \(error)")
    }
}
