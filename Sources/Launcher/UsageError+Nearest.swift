import Configuration

extension UsageError {
    static func unknownCommand(_ word: String, among known: [String]) -> UsageError {
        UsageError("there is no command '\(word)'\(hint(word, known))")
    }

    static func unknownVerb(_ command: String, _ word: String, among known: [String]) -> UsageError {
        UsageError("there is no command '\(command) \(word)'\(hint(word, known))")
    }

    static func unknownOption(_ word: String, among known: [String]) -> UsageError {
        UsageError("there is no option '--\(word)'\(hint("--" + word, known.map { "--" + $0 }))")
    }

    static func unknownStrategy(_ word: String, among known: [String]) -> UsageError {
        UsageError("there is no strategy '\(word)'\(hint(word, known))")
    }

    static func unknownText(_ word: String, among known: [String]) -> UsageError {
        UsageError("there is no text '\(word)'\(hint(word, known))")
    }

    static func unknownVenue(_ word: String, among known: [String]) -> UsageError {
        UsageError(
            "no venue '\(word)' is recorded\(hint(word, known)); there are \(known.joined(separator: ", "))")
    }

    static func unknownFraming(_ word: String, among known: [String]) -> UsageError {
        UsageError("there is no framing '\(word)'; there are \(known.joined(separator: ", "))")
    }

    private static func hint(_ word: String, _ known: [String]) -> String {
        guard let nearest = NearestName.of(word, among: known) else { return "" }
        return "; did you mean '\(nearest)'?"
    }
}
