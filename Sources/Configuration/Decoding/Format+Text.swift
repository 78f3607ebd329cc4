extension Format where Value == String {
    /// The longest text that `string()` accepts when it is given no length, in characters.
    package static var lengthMax: Int { 200 }

    /// A text in one line, with or without quotes; `12`, `true` and `no` are texts here.
    package static func string(length: ClosedRange<Int> = 1...lengthMax) -> Format {
        scalar("a text of \(counted(length, "character"))") {
            (scalar) throws(Refusal) in
            let scalars = scalar.text.unicodeScalars
            if scalars.isEmpty, length.lowerBound > 0 { throw Refusal("it is empty") }
            if scalars.count < length.lowerBound { throw Refusal("it is too short") }
            if scalars.count > length.upperBound {
                throw Refusal("it is too long, with \(scalars.count) characters")
            }
            if scalars.contains(where: { $0.properties.generalCategory == .control }) {
                throw Refusal("a line break or another control character is not accepted")
            }
            return scalar.text
        }
    }
}

extension Format where Value == Bool {
    /// `true` or `false`, without quotes; not the `yes` and `on` of older YAML.
    package static var bool: Format {
        scalar("true or false") { (scalar) throws(Refusal) in
            switch (scalar.text, scalar.style) {
            case ("true", .plain): return true
            case ("false", .plain): return false
            case ("true", .quoted), ("false", .quoted):
                throw Refusal("it is a text", suggestion: "delete the quotes")
            default: break  // open set: texts
            }
            switch scalar.text.lowercased() {
            case "yes", "y", "on", "true", "1":
                throw Refusal("only true and false are accepted", suggestion: "write true")
            case "no", "n", "off", "false", "0":
                throw Refusal("only true and false are accepted", suggestion: "write false")
            default:  // open set: texts
                throw Refusal("it is not a boolean")
            }
        }
    }
}

extension Format where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
    /// One of the names of an enumeration, with or without quotes.
    package static func choice(of type: Value.Type = Value.self) -> Format {
        choice(among: Value.allCases.map { ($0.rawValue, $0) })
    }
}

extension Format {
    /// One of the values that stand beside these names, such as the strategies that are known.
    package static func choice(among choices: [(name: String, value: Value)]) -> Format {
        let names = choices.map(\.name)
        let quoted = names.map { "'\($0)'" }
        let expected =
            quoted.count < 2
            ? quoted.joined()
            : quoted.dropLast().joined(separator: ", ") + " or " + quoted[quoted.count - 1]
        return scalar(expected) { (scalar) throws(Refusal) in
            if let choice = choices.first(where: { $0.name == scalar.text }) { return choice.value }
            let nearest = NearestName.of(scalar.text, among: names)
            throw Refusal(
                "it is none of the choices", suggestion: nearest.map { "did you mean '\($0)'?" })
        }
    }
}
