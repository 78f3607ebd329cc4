import WireCodecs

/// The grammar of RFC 8259, spelled out rule by rule and as slow as it likes: what the cursor is
/// compared with.
struct NaiveJSON {
    private let bytes: [UInt8]
    private var index = 0

    /// Whether the bytes are one JSON text that nests no deeper than the cursor allows.
    static func accepts(_ bytes: [UInt8]) -> Bool {
        var naive = NaiveJSON(bytes: bytes)
        naive.blanks()
        guard naive.value(depth: 0) else { return false }
        naive.blanks()
        return naive.index == bytes.count
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func take(anyOf set: String) -> Bool {
        guard index < bytes.count, set.utf8.contains(bytes[index]) else { return false }
        index += 1
        return true
    }

    private mutating func blanks() { while take(anyOf: " \t\n\r") {} }

    private mutating func word(_ word: String) -> Bool {
        for byte in word.utf8 {
            guard index < bytes.count, bytes[index] == byte else { return false }
            index += 1
        }
        return true
    }

    private mutating func value(depth: Int) -> Bool {
        guard index < bytes.count else { return false }
        switch Character(Unicode.Scalar(bytes[index])) {
        case "{": return members(depth: depth + 1, "}") { $0.member(depth: depth + 1) }
        case "[": return members(depth: depth + 1, "]") { $0.value(depth: depth + 1) }
        case "\"": return string()
        case "t": return word("true")
        case "f": return word("false")
        case "n": return word("null")
        default: return number()
        }
    }

    private mutating func members(
        depth: Int, _ end: String, _ member: (inout NaiveJSON) -> Bool
    ) -> Bool {
        guard depth <= JSONCursor.nestingMax else { return false }
        index += 1
        blanks()
        if take(anyOf: end) { return true }
        repeat {
            blanks()
            guard member(&self) else { return false }
            blanks()
        } while take(anyOf: ",")
        return take(anyOf: end)
    }

    private mutating func member(depth: Int) -> Bool {
        guard string() else { return false }
        blanks()
        guard take(anyOf: ":") else { return false }
        blanks()
        return value(depth: depth)
    }

    private mutating func string() -> Bool {
        guard take(anyOf: "\"") else { return false }
        while index < bytes.count {
            if take(anyOf: "\"") { return true }
            if take(anyOf: "\\") {
                if take(anyOf: "u") {
                    for _ in 0..<4 where !take(anyOf: "0123456789abcdefABCDEF") { return false }
                } else if !take(anyOf: "\"\\/bfnrt") {
                    return false
                }
            } else {
                if bytes[index] < 0x20 { return false }
                index += 1
            }
        }
        return false
    }

    private mutating func number() -> Bool {
        let digits = "0123456789"
        _ = take(anyOf: "-")
        if !take(anyOf: "0") {
            guard take(anyOf: digits) else { return false }
            while take(anyOf: digits) {}
        }
        if take(anyOf: ".") {
            guard take(anyOf: digits) else { return false }
            while take(anyOf: digits) {}
        }
        if take(anyOf: "eE") {
            _ = take(anyOf: "+-")
            guard take(anyOf: digits) else { return false }
            while take(anyOf: digits) {}
        }
        return true
    }
}
