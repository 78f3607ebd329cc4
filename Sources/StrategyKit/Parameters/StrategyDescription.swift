/// What is known of a kind of strategy without its type: its name and what may be set.
///
/// The configuration, the help texts and the list of strategies work with descriptions, so that none of
/// them needs to know the strategies.
public struct StrategyDescription: Equatable, Sendable {
    /// The name that the YAML selects it by.
    public let name: String
    /// In the order of the schema.
    public let parameters: [ParameterDescription]

    /// Describes a strategy.
    ///
    /// A schema that names a parameter twice, or whose default its own range does not admit, is a defect
    /// of the strategy and traps: it could not be configured.
    public init<S: Strategy>(_ strategy: S.Type) {
        name = S.name
        parameters = S.Parameters.schema.map { ParameterDescription($0) }
        for (index, parameter) in parameters.enumerated() {
            precondition(
                !parameters[..<index].contains { $0.name == parameter.name },
                "\(S.name) names the parameter \(parameter.name) twice")
            precondition(
                parameter.kind.admits(parameter.defaultValue),
                "the default of \(S.name)'s parameter \(parameter.name) is in its range")
        }
    }
}

/// One parameter without the type that holds it.
public struct ParameterDescription: Equatable, Sendable {
    /// The YAML key, in snake case.
    public let name: String
    public let kind: ParameterKind
    /// The unit in words, empty when there is none.
    public let unit: String
    /// One sentence.
    public let help: String
    /// The value where the YAML says nothing.
    public let defaultValue: ParameterValue

    init<Root>(_ parameter: Parameter<Root>) {
        name = parameter.name
        kind = parameter.kind
        unit = parameter.unit
        help = parameter.help
        defaultValue = parameter.defaultValue
    }
}
