/// A name that a user gives, in the forms that it takes: `my-strategy`, `MyStrategy`, `my_strategy` are one.
package struct ScaffoldName: Equatable, Sendable {
    /// Lower case, at least one; each begins with a letter or, but for the first, a digit.
    private let words: [String]

    /// The longest name in its dashed form: it stands in the names of runs, with a number behind it.
    package static let lengthMax = 28

    /// Takes a name apart; throws what is wrong with it.
    package init(_ text: String) throws(ScaffoldError) {
        guard !text.isEmpty else { throw ScaffoldError("the name is empty: write for instance dip-buyer") }
        if let odd = text.first(where: { !Self.isLetter($0) && !Self.isDigit($0) && $0 != "-" && $0 != "_" })
        {
            let advice = odd == "/" || odd == "." ? "a name, not a path" : "letters, digits, - and _"
            throw ScaffoldError("'\(text)' has a '\(odd)' in it: write \(advice), such as dip-buyer")
        }
        words = Self.words(text)
        guard let first = words.first?.first, Self.isLetter(first) else {
            throw ScaffoldError("'\(text)' does not begin with a letter")
        }
        guard dashed.utf8.count <= Self.lengthMax else {
            throw ScaffoldError("'\(dashed)' is longer than \(Self.lengthMax) characters")
        }
    }

    /// `my-strategy`: in configurations, and the bot's name without its ending.
    package var dashed: String { words.joined(separator: "-") }

    /// `MyStrategy`: the Swift type, and the folder.
    package var type: String {
        words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    /// A new word begins behind a mark, and at a capital that follows a small letter or ends a run of them:
    /// `MyEMACross` is my, ema, cross.
    private static func words(_ text: String) -> [String] {
        let letters = Array(text)
        var words: [String] = []
        var word = ""
        for (index, letter) in letters.enumerated() {
            if letter == "-" || letter == "_" {
                if !word.isEmpty { words.append(word) }
                word = ""
                continue
            }
            let isAfterSmall = index > 0 && !letters[index - 1].isUppercase
            let isBeforeSmall = index + 1 < letters.count && letters[index + 1].isLowercase
            if letter.isUppercase, !word.isEmpty, isAfterSmall || isBeforeSmall {
                words.append(word)
                word = ""
            }
            word += letter.lowercased()
        }
        return word.isEmpty ? words : words + [word]
    }

    private static func isLetter(_ character: Character) -> Bool { character.isASCII && character.isLetter }
    private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }
}
