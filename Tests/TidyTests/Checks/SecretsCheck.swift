/// Configurations name where a secret comes from; they never hold one.
///
/// Keys that open nothing but a local exchange may stand there: their line says `# throw-away`.
enum SecretsCheck {
    private static let secretEndings = [
        "secret", "password", "passphrase", "token", "accessid", "accesskey", "apikey", "privatekey",
        "secretkey",
        "credential", "credentials",
    ]

    static func findings(_ file: SourceFile) -> [Finding] {
        guard file.path.hasPrefix("configs/") else { return [] }
        return (1...file.lineCount).compactMap { line in
            let text = String(decoding: file.text[file.range(ofLine: line)], as: UTF8.self)
            guard let key = secretKey(in: text) else { return nil }
            let advice =
                "name the environment variable or file that has it (a key '\(key)_env' or '\(key)_file')"
            return Finding(file.path, line, "'\(key)' has a value: \(advice)")
        }
    }

    /// The key of a line `key: value` whose value looks like a secret; also where the line is commented out.
    private static func secretKey(in line: String) -> String? {
        guard let colon = line.firstIndex(where: { $0 == ":" || $0 == "=" }) else { return nil }
        let isComment = line.first { !$0.isWhitespace } == "#"
        let key = line[..<colon].drop { !$0.isLetter }.reversed().drop { !$0.isLetter }.reversed()
        let joined = String(key).lowercased().filter(\.isLetter)
        guard secretEndings.contains(where: joined.hasSuffix), !key.contains(" ") else { return nil }

        var value = line[line.index(after: colon)...]
        if let remark = value.firstRange(of: " #") {
            if value[remark.upperBound...].filter({ $0 != " " }) == "throw-away" { return nil }
            value = value[..<remark.lowerBound]
        }
        let bare = value.filter { !" \t\"',".contains($0) }
        if bare.isEmpty || bare == "null" || bare == "~" || bare.hasPrefix("$") { return nil }
        // Prose in a comment has several words; a secret that was commented out has one.
        if isComment, value.split(separator: " ").count > 1 { return nil }
        return String(key)
    }
}
