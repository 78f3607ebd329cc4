extension Format where Value == String {
    /// The longest name of a market, an asset or a strategy of the session, in characters.
    package static var nameLengthMax: Int { 32 }

    /// A venue's name of a market, such as `BTCUSDT` or `BTC/USDT`.
    package static var marketName: Format { name("the name of a market, such as BTCUSDT", marks: "-_./:") }

    /// A venue's name of an asset, such as `BTC`.
    package static var assetName: Format { name("the name of an asset, such as BTC", marks: "-_.") }

    /// A name that the user gives: it stands in reports and in the names of files.
    package static var label: Format { name("a name of letters, digits, - and _", marks: "-_") }

    /// A text of ASCII letters, digits and some marks, which begins with a letter or a digit.
    private static func name(_ expected: String, marks: String) -> Format {
        scalar(expected) { (scalar) throws(Refusal) in
            let text = scalar.text
            guard let first = text.first else { throw Refusal("it is empty") }
            if text.unicodeScalars.count > nameLengthMax {
                throw Refusal("it is longer than \(nameLengthMax) characters")
            }
            guard isLetterOrDigit(first) else { throw Refusal("it begins with neither letter nor digit") }
            if let odd = text.first(where: { !isLetterOrDigit($0) && !marks.contains($0) }) {
                throw Refusal("\(Quoted(String(odd))) is not accepted in a name")
            }
            return text
        }
    }

    private static func isLetterOrDigit(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber)
    }
}
