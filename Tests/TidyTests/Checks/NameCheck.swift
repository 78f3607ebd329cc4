/// A file or folder is named for its subject; these names say that it has none.
enum NameCheck {
    private static let emptyNames: Set<String> = [
        "util", "utils", "utility", "utilities", "misc", "helper", "helpers", "common", "deprecated",
    ]

    static func findings(path: String) -> [Finding] {
        path.split(separator: "/").flatMap { part in
            words(String(part)).filter(emptyNames.contains).map { word in
                Finding(
                    path, 1, "'\(word)' in a name says nothing: name the subject, and split what has several")
            }
        }
    }

    /// `FooUtils+Bar.swift` is `foo`, `utils`, `bar`, `swift`.
    private static func words(_ name: String) -> [String] {
        var words: [String] = []
        var word = ""
        for character in name {
            let begins = character.isUppercase && word.last?.isUppercase != true
            if !character.isLetter || begins, !word.isEmpty {
                words.append(word.lowercased())
                word = ""
            }
            if character.isLetter { word.append(character) }
        }
        return word.isEmpty ? words : words + [word.lowercased()]
    }
}
