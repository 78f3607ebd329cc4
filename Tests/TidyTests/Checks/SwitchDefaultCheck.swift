/// A switch over an enum of ours lists every case, so that a new case makes the compiler show every place.
///
/// As text a switch is over an enum when one of its patterns begins with a dot. Then `default:` needs a comment
/// `open set: reason` on its line or on the line of the `switch`. `@unknown default:` is always fine.
enum SwitchDefaultCheck {
    static let excuseWords = "open set"

    static func findings(_ file: SourceFile) -> [Finding] {
        file.codeOffsets(of: "switch").compactMap { offset in
            guard let brace = file.code.outermost(UInt8(ascii: "{"), from: offset + 6) else { return nil }
            let labels = labels(inBodyAt: brace, file.code)
            guard let byDefault = labels.byDefault, labels.hasEnumPattern else { return nil }
            let excuses = [byDefault, offset].map { file.excuse(excuseWords, onLine: file.line(at: $0)) }
            if excuses.contains(.given) { return nil }
            if excuses.contains(.withoutReason) {
                return file.finding(at: byDefault, "'\(excuseWords):' needs its reason after the colon")
            }
            return file.finding(
                at: byDefault,
                "'default' over an enum: list its cases, or say why in '// \(excuseWords): reason'")
        }
    }

    private struct Labels {
        var byDefault: Int?
        var hasEnumPattern = false
    }

    private static func labels(inBodyAt brace: Int, _ code: [UInt8]) -> Labels {
        var labels = Labels()
        var at = brace + 1
        while at < code.count, !code[at].isClosing {
            if code[at].isOpening {
                at = code.closing(of: at) + 1
            } else if code[at].isWordByte {
                let word = code.word(at: at)
                if word == "default", isLabel(at, word, code) { labels.byDefault = at }
                if word == "case", !isCondition(at, code), hasLeadingDot(patternAt: at + 4, code) {
                    labels.hasEnumPattern = true
                }
                at += word.utf8.count
            } else {
                at += 1
            }
        }
        return labels
    }

    private static func isLabel(_ offset: Int, _ word: String, _ code: [UInt8]) -> Bool {
        let colon = code.skippingSpace(from: offset + word.utf8.count)
        guard colon < code.count, code[colon] == UInt8(ascii: ":") else { return false }
        guard let before = code.lastSolid(before: offset) else { return true }
        return code.word(endingAt: before) != "unknown"
    }

    /// Whether the `case` belongs to `if case`, `guard case`, `for case` or to a list of conditions.
    private static func isCondition(_ offset: Int, _ code: [UInt8]) -> Bool {
        guard let before = code.lastSolid(before: offset) else { return false }
        if code[before] == UInt8(ascii: ",") { return true }
        return ["if", "guard", "while", "for"].contains(code.word(endingAt: before))
    }

    /// Whether a name with a dot in front (`.open`, `(.open, let x)`) stands in the pattern up to its colon.
    private static func hasLeadingDot(patternAt offset: Int, _ code: [UInt8]) -> Bool {
        let end = code.outermost(UInt8(ascii: ":"), from: offset) ?? code.count
        return (offset..<end).contains { at in
            guard code[at] == UInt8(ascii: "."), at + 1 < code.count, at > 0 else { return false }
            let before = code[at - 1]
            let begins = before.isSpace || before == UInt8(ascii: "(") || before == UInt8(ascii: ",")
            return begins && code[at + 1].isWordByte && !code[at + 1].isDigit
        }
    }
}
