import Quantities
import StrategyKit

/// Defaults, ranges and units of a parameter as people read them.
struct ParameterWords {
    private let parameter: ParameterDescription

    init(_ parameter: ParameterDescription) { self.parameter = parameter }

    /// Bounds from here on are there to keep figures sane: nobody has to know them.
    private static let unboundedFrom = 1_000_000_000

    /// The default as the YAML writes it: `0.001`, `2m`.
    var defaultText: String {
        switch parameter.defaultValue {
        case .number(let value): Self.text(value)
        case .interval(let value): Self.text(value)
        case .integer, .flag, .price, .quantity, .notional, .choice: "\(parameter.defaultValue)"
        }
    }

    /// `0 to 100`, `above 0`, `calm or eager`.
    var rangeText: String {
        switch parameter.kind {
        case .number(let range): "\(Self.text(range.lowerBound)) to \(Self.text(range.upperBound))"
        case .integer(let range): Self.integers(range)
        case .flag: "true or false"
        case .interval(let range): "\(Self.text(range.lowerBound)) to \(Self.text(range.upperBound))"
        case .price(let range): Self.exact(range)
        case .quantity(let range): Self.exact(range)
        case .notional(let range): Self.exact(range)
        case .choice(let names): Self.alternatives(names)
        }
    }

    /// The range with its unit: `0 to 100 (basis points)`.
    var rangeWithUnit: String {
        parameter.unit.isEmpty ? rangeText : "\(rangeText) (\(parameter.unit))"
    }

    private static func integers(_ range: ClosedRange<Int>) -> String {
        if range.upperBound >= unboundedFrom { return "\(range.lowerBound) or more" }
        return "\(range.lowerBound) to \(range.upperBound)"
    }

    private static func exact<Value: FixedPoint>(_ range: ClosedRange<Value>) -> String {
        let most = Value(unboundedFrom)
        let isAboveZero = range.lowerBound == Value(raw: 1)
        switch (range.lowerBound <= -most, range.upperBound >= most) {
        case (true, true): return "any"
        case (true, false): return "\(range.upperBound) or less"
        case (false, true): return isAboveZero ? "above 0" : "\(range.lowerBound) or more"
        case (false, false):
            return isAboveZero
                ? "above 0, to \(range.upperBound)" : "\(range.lowerBound) to \(range.upperBound)"
        }
    }

    /// `calm, eager or wild`.
    private static func alternatives(_ names: [String]) -> String {
        guard let last = names.last, names.count > 1 else { return names.joined() }
        return names.dropLast().joined(separator: ", ") + " or " + last
    }

    /// A signal, without a fraction where it has none.
    private static func text(_ value: Double) -> String {
        let text = "\(value)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// The interval in its largest exact unit: `1d`, `90s`, `250ms`.
    private static func text(_ interval: Interval) -> String {
        let units: [(Int64, String)] = [
            (86_400_000_000_000, "d"), (3_600_000_000_000, "h"), (60_000_000_000, "m"),
        ]
        for (size, name) in units
        where interval.nanoseconds != 0 && interval.nanoseconds.isMultiple(of: size) {
            return "\(interval.nanoseconds / size)\(name)"
        }
        return "\(interval)"
    }
}
