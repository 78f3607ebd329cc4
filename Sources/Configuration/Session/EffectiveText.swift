/// Lines of YAML in the one notation that the effective configuration has.
enum EffectiveText {
    static func section(_ key: String, _ lines: [String]) -> [String] {
        lines.isEmpty ? ["\(key): {}"] : ["\(key):"] + lines.map { "  \($0)" }
    }

    /// Sections in a list; each has at least one line.
    static func list(_ key: String, _ items: [[String]]) -> [String] {
        ["\(key):"]
            + items.flatMap { lines in
                lines.enumerated().map { "  \($0.offset == 0 ? "-" : " ") \($0.element)" }
            }
    }

    static func list(_ key: String, _ items: [String]) -> String {
        "\(key): [\(items.map(scalar).joined(separator: ", "))]"
    }

    /// A text, in quotes unless it is a plain name.
    static func scalar(_ text: String) -> String {
        let isPlain = text.unicodeScalars.allSatisfy { scalar in
            scalar.isASCII
                && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                    || "-_./".unicodeScalars.contains(scalar))
        }
        let isName = text.first.map { $0.isLetter || $0.isNumber } ?? false
        if isPlain, isName, !Scalar(text: text, style: .plain).isNull { return text }
        return "\"\(text.unicodeScalars.map(escaped).joined())\""
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        if scalar == "\"" || scalar == "\\" { return "\\\(scalar)" }
        if Quoted.isVisible(scalar) { return String(scalar) }
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
    }

    /// A signal, without a fraction where it has none.
    static func number(_ value: Double) -> String {
        let text = "\(value)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
