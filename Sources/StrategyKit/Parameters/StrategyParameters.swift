import Quantities

/// The parameters of a strategy: a struct whose stored values are the defaults.
///
/// The schema is the one description of them: validation of the YAML, `--help`, JSON Schema and the
/// documentation are made from it. A key that is not in the schema is an error.
public protocol StrategyParameters: Equatable, Sendable {
    init()
    static var schema: [Parameter<Self>] { get }
}

/// What a parameter can hold, with its range.
public enum ParameterKind: Equatable, Sendable {
    case number(ClosedRange<Double>)
    case integer(ClosedRange<Int>)
    case flag
    case interval(ClosedRange<Interval>)
    case price(ClosedRange<Price>)
    case quantity(ClosedRange<Quantity>)
    case notional(ClosedRange<Notional>)
    case choice([String])
}

/// A value of a parameter.
public enum ParameterValue: Equatable, Sendable {
    case number(Double)
    case integer(Int)
    case flag(Bool)
    case interval(Interval)
    case price(Price)
    case quantity(Quantity)
    case notional(Notional)
    case choice(String)
}

extension ParameterValue: CustomStringConvertible {
    /// The value as the YAML writes it.
    public var description: String {
        switch self {
        case .number(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .flag(let value): "\(value)"
        case .interval(let value): "\(value)"
        case .price(let value): "\(value)"
        case .quantity(let value): "\(value)"
        case .notional(let value): "\(value)"
        case .choice(let value): value
        }
    }
}

/// One parameter: its key, meaning, unit, range, and how to read and write it.
public struct Parameter<Root: StrategyParameters> {
    /// The YAML key, in snake case.
    public let name: String
    public let kind: ParameterKind
    /// The unit in words, empty when there is none.
    public let unit: String
    /// One sentence.
    public let help: String
    package let read: (Root) -> ParameterValue
    package let write: (inout Root, ParameterValue) -> Void

    /// The default, as the YAML would write it.
    public var defaultValue: ParameterValue { read(Root()) }
}

extension Parameter {
    public static func number(
        _ name: String, _ path: WritableKeyPath<Root, Double>, in range: ClosedRange<Double>,
        unit: String = "", _ help: String
    ) -> Parameter {
        Parameter(
            name: name, kind: .number(range), unit: unit, help: help, read: { .number($0[keyPath: path]) },
            write: { if case .number(let value) = $1 { $0[keyPath: path] = value } })
    }

    public static func integer(
        _ name: String, _ path: WritableKeyPath<Root, Int>, in range: ClosedRange<Int>, unit: String = "",
        _ help: String
    ) -> Parameter {
        Parameter(
            name: name, kind: .integer(range), unit: unit, help: help, read: { .integer($0[keyPath: path]) },
            write: { if case .integer(let value) = $1 { $0[keyPath: path] = value } })
    }

    public static func flag(
        _ name: String, _ path: WritableKeyPath<Root, Bool>, _ help: String
    ) -> Parameter {
        Parameter(
            name: name, kind: .flag, unit: "", help: help, read: { .flag($0[keyPath: path]) },
            write: { if case .flag(let value) = $1 { $0[keyPath: path] = value } })
    }

    public static func interval(
        _ name: String, _ path: WritableKeyPath<Root, Interval>, in range: ClosedRange<Interval>,
        _ help: String
    ) -> Parameter {
        Parameter(
            name: name, kind: .interval(range), unit: "", help: help, read: { .interval($0[keyPath: path]) },
            write: { if case .interval(let value) = $1 { $0[keyPath: path] = value } })
    }

    public static func price(
        _ name: String, _ path: WritableKeyPath<Root, Price>, in range: ClosedRange<Price>,
        unit: String = "quote asset", _ help: String
    ) -> Parameter {
        Parameter(
            name: name, kind: .price(range), unit: unit, help: help, read: { .price($0[keyPath: path]) },
            write: { if case .price(let value) = $1 { $0[keyPath: path] = value } })
    }

    public static func quantity(
        _ name: String, _ path: WritableKeyPath<Root, Quantity>, in range: ClosedRange<Quantity>,
        unit: String = "base asset", _ help: String
    ) -> Parameter {
        Parameter(
            name: name, kind: .quantity(range), unit: unit, help: help,
            read: { .quantity($0[keyPath: path]) },
            write: { if case .quantity(let value) = $1 { $0[keyPath: path] = value } })
    }

    public static func notional(
        _ name: String, _ path: WritableKeyPath<Root, Notional>, in range: ClosedRange<Notional>,
        unit: String = "quote asset", _ help: String
    ) -> Parameter {
        Parameter(
            name: name, kind: .notional(range), unit: unit, help: help,
            read: { .notional($0[keyPath: path]) },
            write: { if case .notional(let value) = $1 { $0[keyPath: path] = value } })
    }

    /// A choice among the cases of an enum with string raw values.
    public static func choice<Choice>(
        _ name: String, _ path: WritableKeyPath<Root, Choice>, _ help: String
    ) -> Parameter where Choice: CaseIterable & RawRepresentable, Choice.RawValue == String {
        Parameter(
            name: name, kind: .choice(Choice.allCases.map(\.rawValue)), unit: "", help: help,
            read: { .choice($0[keyPath: path].rawValue) },
            write: {
                if case .choice(let text) = $1, let value = Choice(rawValue: text) {
                    $0[keyPath: path] = value
                }
            })
    }
}
