import Configuration
import Quantities
import StrategyKit

/// Reads `NAME=RANGE` of the command line against the strategies of a configuration.
///
/// A range is a list of parts with commas between them; each part is a value (`limit`), an even range
/// (`1..5:0.5`) or a geometric one (`1..1000:*2`). Ranges are computed in whole units (10^-12, a nanosecond,
/// one), so that no value drifts; they begin with their first value and never go beyond their last.
struct AxisReading {
    let strategies: [StrategySelection]

    func axis(_ text: String) throws(SweepError) -> SweepAxis {
        guard let equals = text.firstIndex(of: "=") else {
            throw .request("--set \(text): write NAME=VALUES, such as \(example)")
        }
        let name = String(text[..<equals])
        let (strategy, parameter) = try resolve(name)
        let selection = strategies[strategy]
        var values: [SweepAxis.Value] = []
        let parts = text[text.index(after: equals)...].split(separator: ",", omittingEmptySubsequences: false)
        for part in parts {
            for value in try expand(String(part), name, parameter) {
                guard !values.contains(where: { $0.value == value.value }) else { continue }
                values.append(value)
                try checkCount(values.count, name)
            }
        }
        let isAlone = strategies.count == 1
        return SweepAxis(
            isAlone ? parameter.name : "\(selection.label).\(parameter.name)", strategy: strategy, parameter,
            values)
    }

    private func checkCount(_ count: Int, _ name: String) throws(SweepError) {
        guard count <= SweepAxis.valuesMax else {
            throw .request("--set \(name): more than \(SweepAxis.valuesMax) values")
        }
    }

    private var example: String {
        let name = strategies.first?.description.parameters.first?.name ?? "spread"
        return "\(name)=1..5:0.5 or \(name)=1,2,5"
    }

    // MARK: Names

    /// The parameter of a name; a name without a strategy's label is enough where one strategy alone has it.
    private func resolve(_ name: String) throws(SweepError) -> (Int, ParameterDescription) {
        if let dot = name.firstIndex(of: ".") {
            let label = String(name[..<dot])
            guard let index = strategies.firstIndex(where: { $0.label == label }) else {
                throw .request(
                    "--set \(name): there is no strategy '\(label)'"
                        + Self.hint(label, strategies.map(\.label)))
            }
            let own = String(name[name.index(after: dot)...])
            return (index, try parameter(own, of: [strategies[index]], in: name))
        }
        let owners = strategies.indices.filter { index in
            strategies[index].description.parameters.contains { $0.name == name }
        }
        if owners.count > 1 {
            let choices = owners.map { "\(strategies[$0].label).\(name)" }.joined(separator: " or ")
            throw .request("--set \(name): of which strategy? Write \(choices)")
        }
        return (owners.first ?? 0, try parameter(name, of: strategies, in: name))
    }

    private func parameter(
        _ name: String, of owners: [StrategySelection], in written: String
    ) throws(SweepError) -> ParameterDescription {
        for owner in owners {
            if let found = owner.description.parameters.first(where: { $0.name == name }) { return found }
        }
        let known = owners.flatMap { $0.description.parameters.map(\.name) }
        let whose = owners.count == 1 ? "'\(owners[0].label)' has no" : "no strategy has a"
        throw .request("--set \(written): \(whose) parameter '\(name)'" + Self.hint(name, known))
    }

    private static func hint(_ word: String, _ known: [String]) -> String {
        if let nearest = NearestName.of(word, among: known) { return "; did you mean '\(nearest)'?" }
        return known.isEmpty ? "" : "; there are \(known.joined(separator: ", "))"
    }

    // MARK: Values

    private func expand(
        _ part: String, _ name: String, _ parameter: ParameterDescription
    ) throws(SweepError) -> [SweepAxis.Value] {
        guard let dots = part.firstRange(of: ".."), let unit = RangeUnit(parameter.kind) else {
            return [try value(part, name, parameter)]
        }
        let rest = part[dots.upperBound...]
        guard let colon = rest.firstIndex(of: ":") else {
            throw .request(
                "--set \(name)=\(part): a range needs a step, such as \(part):\(unit.stepExample) or "
                    + "\(part):*2"
            )
        }
        // The ends as the schema reads them, for its messages; then as exact units.
        let (firstText, lastText) = (String(part[..<dots.lowerBound]), String(rest[..<colon]))
        let stepText = String(rest[rest.index(after: colon)...])
        for text in [firstText, lastText] { _ = try value(text, name, parameter) }
        guard let first = unit.units(firstText), let last = unit.units(lastText) else {
            throw .request("--set \(name)=\(part): the ends of a range are plain numbers")
        }
        guard first <= last else {
            throw .request("--set \(name)=\(part): it begins above its end; write \(lastText)..\(firstText)")
        }
        let place = "--set \(name)=\(part)"
        let all =
            stepText.hasPrefix("*")
            ? try geometric(first, last, String(stepText.dropFirst()), place)
            : try even(first, last, stepText, unit, place)
        var values: [SweepAxis.Value] = []
        for units in all { values.append(try value(unit.text(units), name, parameter)) }
        return values
    }

    private func even(
        _ first: Int128, _ last: Int128, _ text: String, _ unit: RangeUnit, _ place: String
    ) throws(SweepError) -> [Int128] {
        guard let step = unit.units(text), step > 0 else {
            throw .request("\(place): the step '\(text)' is not \(unit.stepNoun)")
        }
        let (span, overflow) = last.subtractingReportingOverflow(first)
        guard !overflow, span / step < Int128(SweepAxis.valuesMax) else {
            throw .request("\(place): more than \(SweepAxis.valuesMax) values")
        }
        return (0...Int(span / step)).map { first + step * Int128($0) }
    }

    private func geometric(
        _ first: Int128, _ last: Int128, _ text: String, _ place: String
    ) throws(SweepError) -> [Int128] {
        guard let factor = RangeUnit.exact(text), factor.raw > FixedPointScale.unit else {
            throw .request("\(place): the factor '*\(text)' is not a number above 1")
        }
        guard first > 0 else { throw .request("\(place): a range by factors begins above 0") }
        var values: [Int128] = []
        var next = first
        while next <= last {
            values.append(next)
            guard values.count <= SweepAxis.valuesMax else {
                throw .request("\(place): more than \(SweepAxis.valuesMax) values")
            }
            let product: Int128
            do throws(ArithmeticError) {
                product = try Price(raw: next).times(Quantity(raw: factor.raw), .toNearestOrEven).raw
            } catch {
                break
            }
            guard product > next else {
                throw .request("\(place): the factor is too small to change \(next)")
            }
            next = product
        }
        return values
    }

    private func value(
        _ text: String, _ name: String, _ parameter: ParameterDescription
    ) throws(SweepError) -> SweepAxis.Value {
        do throws(InvalidParameter) {
            let value = try ParameterText.read(text, as: parameter)
            return SweepAxis.Value(text: SweepAxis.canonical(value), value: value)
        } catch {
            throw .request("--set \(name): \(error)")
        }
    }
}

/// The whole units in which a range is computed.
private enum RangeUnit {
    /// 10^-12, of exact decimals and of signals.
    case decimal
    case one
    case nanosecond

    /// nil for kinds that have no ranges.
    init?(_ kind: ParameterKind) {
        switch kind {
        case .number, .price, .quantity, .notional: self = .decimal
        case .integer: self = .one
        case .interval: self = .nanosecond
        case .flag, .choice: return nil
        }
    }

    var stepNoun: String {
        switch self {
        case .decimal: "a number above 0"
        case .one: "a whole number above 0"
        case .nanosecond: "an interval above 0, such as 5s"
        }
    }

    var stepExample: String {
        switch self {
        case .decimal: "0.5"
        case .one: "1"
        case .nanosecond: "5s"
        }
    }

    func units(_ text: String) -> Int128? {
        switch self {
        case .decimal: return Self.exact(text)?.raw
        case .one: return Int(text).map { Int128($0) }
        case .nanosecond:
            do throws(Refusal) {
                return Int128(try IntervalText.parse(text).nanoseconds)
            } catch {
                return nil
            }
        }
    }

    func text(_ units: Int128) -> String {
        switch self {
        case .decimal: "\(Amount(raw: units))"
        case .one: "\(units)"
        case .nanosecond: "\(Interval(nanoseconds: Int64(clamping: units)))"
        }
    }

    static func exact(_ text: String) -> Amount? {
        do throws(DecimalError) {
            return try Amount(text)
        } catch {
            return nil
        }
    }
}
