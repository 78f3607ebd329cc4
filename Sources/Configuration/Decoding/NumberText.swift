/// The notation of numbers in a configuration: plain digits, one way to write each number.
///
/// YAML readers disagree about `012` (octal to some), `1_000`, `1:30` (sixty-fold to some) and `1e5`.
/// Where money is meant, a number that two readers take for two numbers is refused, with the reason.
enum NumberText {
    enum Form: Equatable {
        /// `-12`
        case whole
        /// `-12.5`
        case decimal
        /// `-12.5e-3`
        case scientific
    }

    /// Throws the reason if the text is not a number of that form.
    static func check(_ text: String, as form: Form) throws(Refusal) {
        guard let found = self.form(of: text) else { throw reason(text, as: form) }
        switch (found, form) {
        case (.whole, _), (.decimal, .decimal), (.decimal, .scientific), (.scientific, .scientific):
            return
        case (.decimal, .whole):
            throw Refusal("a fraction is not accepted")
        case (.scientific, .whole), (.scientific, .decimal):
            throw Refusal("an exponent is not accepted", suggestion: "write all the digits")
        }
    }

    /// Throws if a number stands in quotes.
    static func checkPlain(_ scalar: Scalar) throws(Refusal) {
        if scalar.style == .quoted, form(of: scalar.text) != nil {
            throw Refusal("it is a text", suggestion: "delete the quotes")
        }
    }

    /// The form of a soundly written number; nil for any other text.
    static func form(of text: String) -> Form? {
        var rest = Substring(text)
        if rest.hasPrefix("-") { rest.removeFirst() }
        let whole = takeDigits(&rest)
        if whole.isEmpty || (whole.count > 1 && whole.first == "0") { return nil }
        var form = Form.whole
        if rest.hasPrefix(".") {
            rest.removeFirst()
            if takeDigits(&rest).isEmpty { return nil }
            form = .decimal
        }
        if let letter = rest.first, letter == "e" || letter == "E" {
            rest.removeFirst()
            if let sign = rest.first, sign == "-" || sign == "+" { rest.removeFirst() }
            if takeDigits(&rest).isEmpty { return nil }
            form = .scientific
        }
        return rest.isEmpty ? form : nil
    }

    private static func takeDigits(_ rest: inout Substring) -> Substring {
        let digits = rest.prefix { ("0"..."9").contains($0) && $0.isASCII }
        rest = rest[digits.endIndex...]
        return digits
    }
}

// MARK: - Reasons

extension NumberText {
    /// Why the text is no number, for the ways that people write them elsewhere.
    private static func reason(_ text: String, as form: Form) -> Refusal {
        if text.isEmpty { return Refusal("it is empty") }
        if text.first?.isWhitespace == true || text.last?.isWhitespace == true {
            return Refusal("blanks around a number are not accepted")
        }
        let bare = text.first == "-" ? text.dropFirst() : text[...]
        if ["inf", ".inf", "infinity", "nan", ".nan"].contains(bare.lowercased()) {
            return Refusal("it is not finite")
        }
        if text.hasPrefix("+") {
            return repaired("a plus sign is not accepted", String(text.dropFirst()))
        }
        if text.contains("_") {
            return repaired("underscores are not accepted", text.filter { $0 != "_" })
        }
        if text.contains(",") {
            return Refusal(
                "commas are not accepted", suggestion: "write '.' before the fraction, and nothing elsewhere")
        }
        if text.hasSuffix("%") {
            return Refusal("a percent sign is not accepted", suggestion: "write 0.001 for 0.1%")
        }
        if bare.hasPrefix("0x") || bare.hasPrefix("0o") || bare.hasPrefix("0b") {
            return Refusal("only decimal digits are accepted")
        }
        if bare.hasPrefix("0"), bare.dropFirst().first.map({ $0 != "." }) == true {
            let sign = text.first == "-" ? "-" : ""
            let digits = bare.drop { $0 == "0" }
            let padded = digits.isEmpty || digits.first == "." ? "0" + digits : String(digits)
            return repaired("a leading zero is not accepted", sign + padded)
        }
        if bare.hasPrefix(".") {
            let sign = text.first == "-" ? "-" : ""
            return repaired("a digit is missing before the point", "\(sign)0\(bare)")
        }
        if text.hasSuffix(".") {
            return repaired("a digit is missing after the point", String(text.dropLast()))
        }
        return Refusal("it is not a number")
    }

    /// The reason, with the repaired text as the suggestion if it is a number then.
    private static func repaired(_ reason: String, _ text: String) -> Refusal {
        if form(of: text) == nil { return Refusal("it is not a number") }
        return Refusal(reason, suggestion: "write \(text)")
    }
}
