extension ParameterKind {
    /// Whether a parameter of this kind may hold the value: the type fits and the range holds.
    public func admits(_ value: ParameterValue) -> Bool {
        switch (self, value) {
        case (.number(let range), .number(let value)): range.contains(value)
        case (.integer(let range), .integer(let value)): range.contains(value)
        case (.flag, .flag): true
        case (.interval(let range), .interval(let value)): range.contains(value)
        case (.price(let range), .price(let value)): range.contains(value)
        case (.quantity(let range), .quantity(let value)): range.contains(value)
        case (.notional(let range), .notional(let value)): range.contains(value)
        case (.choice(let names), .choice(let name)): names.contains(name)
        case (.number, _), (.integer, _), (.flag, _), (.interval, _), (.price, _), (.quantity, _),
            (.notional, _), (.choice, _):
            false
        }
    }
}
