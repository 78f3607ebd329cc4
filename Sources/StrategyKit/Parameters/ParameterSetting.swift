/// A parameter by name and the value that it is to have.
public struct ParameterSetting: Equatable, Sendable {
    /// The YAML key.
    public var name: String
    public var value: ParameterValue

    public init(name: String, value: ParameterValue) {
        self.name = name
        self.value = value
    }
}

extension StrategyParameters {
    /// The defaults with the given settings written over them, in order.
    ///
    /// Throws when the schema has no parameter of a name, or when the parameter does not admit the value.
    /// The configuration has checked both, so this meets settings that come from elsewhere: a command
    /// line, a tape, a test.
    public init(applying settings: [ParameterSetting]) throws(StrategyError) {
        self.init()
        let schema = Self.schema
        for setting in settings {
            guard let parameter = schema.first(where: { $0.name == setting.name }) else {
                throw StrategyError("there is no parameter '\(setting.name)'")
            }
            guard parameter.kind.admits(setting.value) else {
                throw StrategyError("the parameter '\(setting.name)' cannot be \(setting.value)")
            }
            parameter.write(&self, setting.value)
        }
    }

    /// The values of all parameters, in the order of the schema.
    public var settings: [ParameterSetting] {
        Self.schema.map { ParameterSetting(name: $0.name, value: $0.read(self)) }
    }
}
