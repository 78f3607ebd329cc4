import Quantities

extension Format where Value == Int {
    /// A whole number without quotes.
    package static func int(in range: ClosedRange<Int>) -> Format {
        let bounds = described(range, unbounded: Int.min...Int.max) { String($0) }
        return scalar("a whole number\(bounds)") { (scalar) throws(Refusal) in
            try NumberText.checkPlain(scalar)
            try NumberText.check(scalar.text, as: .whole)
            guard let value = Int(scalar.text) else {
                // The digits are sound, so it is their number.
                throw Refusal(scalar.text.hasPrefix("-") ? "it is too small" : "it is too large")
            }
            return try within(range, value)
        }
    }
}

extension Format where Value == Double {
    /// A finite number without quotes, for signals: money has formats of its own.
    package static func double(in range: ClosedRange<Double>) -> Format {
        let bounds = described(range, unbounded: -Double.infinity...Double.infinity) { bound in
            let text = "\(bound)"
            return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
        }
        return scalar("a number\(bounds)") { (scalar) throws(Refusal) in
            try NumberText.checkPlain(scalar)
            try NumberText.check(scalar.text, as: .scientific)
            guard let value = Double(scalar.text), value.isFinite else {
                throw Refusal("it is too large for a number")
            }
            return try within(range, value)
        }
    }
}

extension Format where Value: FixedPoint {
    /// An exact decimal number, with or without quotes; nothing of it is rounded.
    static func decimal(_ noun: String, _ bounds: DecimalBounds<Value>) -> Format {
        scalar(noun + bounds.description) { (scalar) throws(Refusal) in
            try NumberText.check(scalar.text, as: .decimal)
            let value: Value
            do throws(DecimalError) {
                value = try Value(scalar.text)
            } catch {
                switch error {
                case .lostDigits:
                    let most = FixedPointScale.digits
                    throw Refusal("it has more than \(most) digits after the point")
                case .overflow:
                    let most = FixedPointScale.wholeDigitsMax
                    throw Refusal("it has more than \(most) digits before the point")
                case .empty, .unexpectedByte:
                    throw Refusal("it is not a number")
                }
            }
            if bounds.isAbove(value) { throw Refusal("it is too small") }
            if bounds.isBelow(value) { throw Refusal("it is too large") }
            return value
        }
    }
}

extension Format where Value == Price {
    package static func price(_ bounds: DecimalBounds<Price>) -> Format { decimal("a price", bounds) }
}

extension Format where Value == Quantity {
    package static func quantity(_ bounds: DecimalBounds<Quantity>) -> Format {
        decimal("a quantity", bounds)
    }
}

extension Format where Value == Notional {
    package static func notional(_ bounds: DecimalBounds<Notional>) -> Format {
        decimal("a notional", bounds)
    }
}

extension Format where Value == Amount {
    package static func amount(_ bounds: DecimalBounds<Amount>) -> Format {
        decimal("an amount", bounds)
    }
}

extension Format where Value == FeeRate {
    package static func feeRate(_ bounds: DecimalBounds<FeeRate>) -> Format {
        decimal("a rate", bounds)
    }
}
