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
        let bounds = described(range, unbounded: -Double.infinity...Double.infinity) { "\($0)" }
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

// MARK: - Bounds

/// The range of an exact decimal number in the configuration.
package struct DecimalBounds<Value: FixedPoint>: Sendable, CustomStringConvertible {
    private let lower: Value?
    private let isLowerExcluded: Bool
    private let upper: Value?

    private init(lower: Value?, isLowerExcluded: Bool = false, upper: Value? = nil) {
        self.lower = lower
        self.isLowerExcluded = isLowerExcluded
        self.upper = upper
    }

    package static var any: DecimalBounds { DecimalBounds(lower: nil) }
    package static var positive: DecimalBounds { DecimalBounds(lower: .zero, isLowerExcluded: true) }
    package static var zeroOrMore: DecimalBounds { DecimalBounds(lower: .zero) }

    package static func within(_ range: ClosedRange<Value>) -> DecimalBounds {
        DecimalBounds(lower: range.lowerBound, upper: range.upperBound)
    }

    /// Both bounds included, written as in the configuration. A text that is no exact number, or a lower
    /// bound above the upper one, is a defect of the program and traps.
    package static func between(_ lower: StaticString, _ upper: StaticString) -> DecimalBounds {
        guard let low = try? Value("\(lower)"), let high = try? Value("\(upper)"), low <= high else {
            preconditionFailure("\(lower) to \(upper) are bounds")
        }
        return within(low...high)
    }

    /// ` above 0`, ` from 1 to 5`: what follows the noun.
    package var description: String {
        switch (lower, upper) {
        case (nil, nil): ""
        case (let lower?, nil): isLowerExcluded ? " above \(lower)" : " of \(lower) or more"
        case (nil, let upper?): " of \(upper) or less"
        case (let lower?, let upper?): " from \(lower) to \(upper)"
        }
    }

    func isAbove(_ value: Value) -> Bool {
        guard let lower else { return false }
        return isLowerExcluded ? value <= lower : value < lower
    }

    func isBelow(_ value: Value) -> Bool { upper.map { value > $0 } ?? false }
}

/// ` from 1 to 50`, ` of 1 or more`: what follows the noun.
func described<Bound: Comparable>(
    _ range: ClosedRange<Bound>, unbounded: ClosedRange<Bound>, text: (Bound) -> String
) -> String {
    switch (range.lowerBound == unbounded.lowerBound, range.upperBound == unbounded.upperBound) {
    case (true, true): ""
    case (true, false): " of \(text(range.upperBound)) or less"
    case (false, true): " of \(text(range.lowerBound)) or more"
    case (false, false): " from \(text(range.lowerBound)) to \(text(range.upperBound))"
    }
}

/// The value, if it lies in the range.
func within<Bound: Comparable>(
    _ range: ClosedRange<Bound>, _ value: Bound
) throws(Refusal) -> Bound {
    if value < range.lowerBound { throw Refusal("it is too small") }
    if value > range.upperBound { throw Refusal("it is too large") }
    return value
}
