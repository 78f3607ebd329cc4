/// What is known of a kind of strategy without its type: its name and what may be set.
///
/// The configuration, the help texts and the list of strategies work with descriptions, so that none of
/// them needs to know the strategies.
public struct StrategyDescription: Equatable, Sendable {
    /// The name that the YAML selects it by.
    public let name: String
    /// What the strategy does, in one sentence; empty when it does not say.
    public let summary: String
    /// In the order of the schema.
    public let parameters: [ParameterDescription]
    /// What it needs of its markets and of the venue.
    public let needs: StrategyNeeds

    /// The longest name, in bytes: it stands in the names of files, with a number behind it.
    public static let nameLengthMax = 28

    /// Describes a strategy.
    ///
    /// A name that is not lower case with dashes, a schema that names a parameter twice, or whose default
    /// its own range does not admit, is a defect of the strategy and traps: it could not be configured.
    public init<S: Strategy>(_ strategy: S.Type) {
        name = S.name
        summary = S.summary
        needs = S.needs
        precondition(Self.isName(S.name), "'\(S.name)' is no name of a strategy: lower case with dashes")
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

extension StrategyDescription {
    private static func isName(_ name: String) -> Bool {
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        let isSound = name.utf8.allSatisfy {
            letters.contains($0) || digits.contains($0) || $0 == UInt8(ascii: "-")
        }
        return isSound && name.utf8.count <= nameLengthMax && name.first.map { $0 != "-" } == true
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
