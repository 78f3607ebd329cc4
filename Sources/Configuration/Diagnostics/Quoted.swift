/// A text from a file, fit to stand in a message: in quotes, cut to length, nothing invisible in it.
///
/// A configuration is somebody's input: escape sequences in it must not reach the terminal.
struct Quoted: CustomStringConvertible {
    /// Longer texts are cut here and end in `…`.
    static let lengthMax = 40

    private let text: String

    init(_ text: some StringProtocol) { self.text = String(text) }

    var description: String { "'\(Self.visible(text, lengthMax: Self.lengthMax))'" }

    /// The text without quotes and at full length, for paths.
    static func bare(_ text: String) -> String { visible(text, lengthMax: .max) }

    private static func visible(_ text: String, lengthMax: Int) -> String {
        var result = String.UnicodeScalarView()
        var count = 0
        for scalar in text.unicodeScalars {
            if count == lengthMax {
                result.append("…")
                break
            }
            count += 1
            if isVisible(scalar) {
                result.append(scalar)
            } else {
                result.append(contentsOf: escape(scalar).unicodeScalars)
            }
        }
        return String(result)
    }

    /// Whether a reader sees the character, and sees it where it stands.
    static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value >= 0x20 && scalar.value != 0x7F }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .surrogate,
            .privateUse, .unassigned:
            return false
        default:  // open set: Unicode's general categories
            return true
        }
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\n": "\\n"
        case "\t": "\\t"
        case "\r": "\\r"
        default: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
        }
    }
}
