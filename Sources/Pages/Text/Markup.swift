/// HTML or SVG in the making: what is no markup is escaped on its way in.
package struct Markup: Equatable, Sendable {
    /// What has been written so far.
    package private(set) var text = ""

    package init() {}

    /// Adds a text between tags, escaped.
    package mutating func add(_ words: String) { text += Self.escaped(words) }

    /// Adds what is markup already.
    package mutating func raw(_ markup: String) { text += markup }

    /// Adds an element with a text in it, escaped; an attribute without text stands alone.
    package mutating func element(
        _ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ words: String
    ) {
        begin(name, attributes)
        add(words)
        end(name)
    }

    /// Adds an element with what `body` writes in it.
    package mutating func element(
        _ name: String, _ attributes: KeyValuePairs<String, String> = [:], _ body: (inout Markup) -> Void
    ) {
        begin(name, attributes)
        body(&self)
        end(name)
    }

    /// Adds an element of SVG that has no content.
    package mutating func empty(_ name: String, _ attributes: KeyValuePairs<String, String> = [:]) {
        begin(name, attributes, ending: "/>")
    }

    private mutating func begin(
        _ name: String, _ attributes: KeyValuePairs<String, String>, ending: String = ">"
    ) {
        text += "<" + name
        for (key, value) in attributes { text += " \(key)=\"\(Self.escaped(value))\"" }
        text += ending
    }

    private mutating func end(_ name: String) { text += "</\(name)>" }

    /// A text that stands for itself between tags and in attributes, in HTML and in XML.
    ///
    /// Characters that XML does not know, such as NUL, become U+FFFD.
    package static func escaped(_ words: String) -> String {
        guard words.utf8.contains(where: isSpecial) else { return words }
        var result = ""
        for scalar in words.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\n", "\t": result.unicodeScalars.append(scalar)
            default:
                result.unicodeScalars.append(
                    scalar.value < 0x20 || scalar.value == 0x7F ? "\u{FFFD}" : scalar)
            }
        }
        return result
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"):
            true
        default: byte < 0x20 || byte == 0x7F
        }
    }
}
