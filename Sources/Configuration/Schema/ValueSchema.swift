import Quantities
import StrategyKit

/// What a value has to look like, as JSON Schema says it: one function for each format of the reader.
///
/// A schema accepts all that the reader accepts. The reader refuses more: exponents of exact numbers,
/// intervals out of their range, and whatever concerns several values.
enum ValueSchema {
    private static let exactNumber = #"-?(0|[1-9][0-9]*)(\.[0-9]+)?"#
    private static let unit = "(ns|us|ms|s|m|h|d)"

    static func number(_ range: ClosedRange<Double>) -> JSONTree {
        [
            "type": "number", "minimum": .number(EffectiveText.number(range.lowerBound)),
            "maximum": .number(EffectiveText.number(range.upperBound)),
        ]
    }

    static func integer(_ range: ClosedRange<Int>) -> JSONTree {
        [
            "type": "integer", "minimum": .number("\(range.lowerBound)"),
            "maximum": .number("\(range.upperBound)"),
        ]
    }

    static var flag: JSONTree { ["type": "boolean"] }

    /// An exact number, with or without quotes.
    static func decimal<Value: FixedPoint>(_ bounds: DecimalBounds<Value>) -> JSONTree {
        var schema: JSONTree = ["type": ["number", "string"], "pattern": .text("^\(exactNumber)$")]
        if let lower = bounds.lower {
            let keyword = bounds.isLowerExcluded ? "exclusiveMinimum" : "minimum"
            schema = schema.with(.object([.init(key: keyword, value: .number("\(lower)"))]))
        }
        if let upper = bounds.upper { schema = schema.with(["maximum": .number("\(upper)")]) }
        return schema
    }

    static var interval: JSONTree {
        ["type": "string", "pattern": .text("^\(exactNumber)\(unit)$")]
    }

    static var rate: JSONTree {
        ["type": "string", "pattern": .text(#"^(0|[1-9][0-9]*)/(0|[1-9][0-9]*)(\.[0-9]+)?"# + unit + "$")]
    }

    static var pace: JSONTree {
        ["anyOf": [number(Pace.speeds), ["const": "max"]]]
    }

    static func choice(_ names: [String]) -> JSONTree { ["enum": .list(names.map { .text($0) })] }

    static func choice<Choice>(_ type: Choice.Type) -> JSONTree
    where Choice: CaseIterable & RawRepresentable, Choice.RawValue == String {
        choice(Choice.allCases.map(\.rawValue))
    }

    /// A name of letters, digits and marks; a name may be all digits.
    static func name(marks: String) -> JSONTree {
        [
            "type": ["string", "number"], "pattern": .text("^[A-Za-z0-9][A-Za-z0-9\(marks)]*$"),
            "maxLength": .number("\(Format<String>.nameLengthMax)"),
        ]
    }

    static func line(_ lengthMax: Int) -> JSONTree {
        ["type": ["string", "number"], "minLength": 1, "maxLength": .number("\(lengthMax)")]
    }

    /// A section whose keys are these and no others.
    static func section(_ properties: JSONTree, required: [String] = []) -> JSONTree {
        let schema: JSONTree = ["type": "object", "additionalProperties": false, "properties": properties]
        if required.isEmpty { return schema }
        return schema.with(["required": .list(required.map { .text($0) })])
    }

    static func list(_ item: JSONTree, _ count: ClosedRange<Int>) -> JSONTree {
        [
            "type": "array", "items": item, "minItems": .number("\(count.lowerBound)"),
            "maxItems": .number("\(count.upperBound)"),
        ]
    }

    static func parameter(_ kind: ParameterKind) -> JSONTree {
        switch kind {
        case .number(let range): number(range)
        case .integer(let range): integer(range)
        case .flag: flag
        case .interval: interval
        case .price(let range): decimal(DecimalBounds.within(range))
        case .quantity(let range): decimal(DecimalBounds.within(range))
        case .notional(let range): decimal(DecimalBounds.within(range))
        case .choice(let names): choice(names)
        }
    }
}

extension JSONTree {
    /// The schema with what an editor shows beside it.
    func about(_ description: String, default value: JSONTree? = nil) -> JSONTree {
        let described = with(["description": .text(description)])
        guard let value else { return described }
        return described.with(["default": value])
    }
}

extension ParameterValue {
    /// The value as JSON: what YAML makes of the text that a configuration has.
    var json: JSONTree {
        switch self {
        case .number(let value): .number(EffectiveText.number(value))
        case .integer(let value): .number("\(value)")
        case .flag(let value): .flag(value)
        case .price, .quantity, .notional: .number("\(self)")
        case .interval, .choice: .text("\(self)")
        }
    }
}
