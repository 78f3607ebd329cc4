import StrategyKit
import TradingCore

/// A strategy of the session: which one, under which label, where, and how it is set.
package struct StrategySelection: Equatable, Sendable {
    package var description: StrategyDescription
    /// Its name in this session, unique.
    package var label: String
    /// The names of its markets, at least one, in the order of the configuration.
    package var markets: [String]
    /// The names of the markets that it reads without trading in them.
    package var watched: [String]
    /// The parameters that the configuration sets, in the order of the schema.
    package var parameters: [ParameterSetting]
    /// The session's limits with the strategy's own written over them.
    package var risk: RiskLimits

    package init(
        description: StrategyDescription, label: String, markets: [String], watched: [String] = [],
        parameters: [ParameterSetting] = [], risk: RiskLimits = RiskLimits()
    ) {
        self.description = description
        self.label = label
        self.markets = markets
        self.watched = watched
        self.parameters = parameters
        self.risk = risk
    }

    /// The name of the kind of strategy, as it is registered.
    package var strategy: String { description.name }

    /// All parameters in the order of the schema, with the defaults of those that are not set.
    package var effectiveParameters: [ParameterSetting] {
        description.parameters.map { parameter in
            parameters.first { $0.name == parameter.name }
                ?? ParameterSetting(name: parameter.name, value: parameter.defaultValue)
        }
    }
}

extension StrategySelection {
    var effectiveLines: [String] {
        let values = effectiveParameters.map { "\(EffectiveText.scalar($0.name)): \(text($0.value))" }
        return [
            "strategy: \(EffectiveText.scalar(strategy))", "name: \(EffectiveText.scalar(label))",
            EffectiveText.list("markets", markets),
        ] + (watched.isEmpty ? [] : [EffectiveText.list("watch", watched)])
            + EffectiveText.section("parameters", values)
            + EffectiveText.section("risk", risk.effectiveLines)
    }

    private func text(_ value: ParameterValue) -> String {
        switch value {
        case .choice(let name): EffectiveText.scalar(name)
        case .number(let number): EffectiveText.number(number)
        case .integer, .flag, .interval, .price, .quantity, .notional: "\(value)"
        }
    }
}
