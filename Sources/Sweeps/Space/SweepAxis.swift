import Configuration
import Quantities
import StrategyKit

/// A parameter that a sweep varies, with the values that it takes.
package struct SweepAxis: Equatable, Sendable {
    /// The most values of one axis.
    package static let valuesMax = 10_000

    /// A value with its canonical text, as the YAML would write it.
    package struct Value: Equatable, Sendable {
        package let text: String
        package let value: ParameterValue
    }

    /// `fast`, or `maker-btc.order_size` where several strategies are swept.
    package let name: String
    /// The index of the strategy in the configuration.
    package let strategy: Int
    package let parameter: ParameterDescription
    /// In the order of the command line; at least one, no two the same.
    package let values: [Value]
    /// Where each value stands on a scale that the report can draw: the number itself where all values are
    /// numbers, else nil.
    package let positions: [Double]?

    init(_ name: String, strategy: Int, _ parameter: ParameterDescription, _ values: [Value]) {
        self.name = name
        self.strategy = strategy
        self.parameter = parameter
        self.values = values
        var positions: [Double] = []
        for value in values {
            if let position = value.value.position { positions.append(position) }
        }
        self.positions = positions.count == values.count ? positions : nil
    }
}

extension SweepAxis {
    /// A value as the YAML would write it, the same for equal values.
    static func canonical(_ value: ParameterValue) -> String {
        let text = "\(value)"
        switch value {
        case .number: return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
        case .integer, .flag, .interval, .price, .quantity, .notional, .choice: return text
        }
    }
}

extension ParameterValue {
    /// The value as a number for charts; nil for what is no number.
    fileprivate var position: Double? {
        switch self {
        case .number(let value): value
        case .integer(let value): Double(value)
        case .interval(let value): value.seconds
        case .price(let value): Double(value)
        case .quantity(let value): Double(value)
        case .notional(let value): Double(value)
        case .flag, .choice: nil
        }
    }
}
