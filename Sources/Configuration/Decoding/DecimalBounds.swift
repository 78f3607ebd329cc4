import Quantities

/// The range of an exact decimal number in the configuration.
package struct DecimalBounds<Value: FixedPoint>: Sendable, CustomStringConvertible {
    let lower: Value?
    let isLowerExcluded: Bool
    let upper: Value?

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
