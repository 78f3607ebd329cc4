extension UInt8 {
    /// Whether the byte can stand inside an identifier; every byte beyond ASCII counts as a letter.
    var isWordByte: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...: true
        default: false
        }
    }

    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
    var isNewline: Bool { self == UInt8(ascii: "\n") }
    var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
    var isSpace: Bool { isBlank || isNewline }
    var isOpening: Bool {
        self == UInt8(ascii: "(") || self == UInt8(ascii: "[") || self == UInt8(ascii: "{")
    }
    var isClosing: Bool {
        self == UInt8(ascii: ")") || self == UInt8(ascii: "]") || self == UInt8(ascii: "}")
    }
}

/// Steps over blanked code, where brackets balance and literals are empty.
extension [UInt8] {
    func starts(with word: StaticString, at offset: Int) -> Bool {
        guard offset >= 0, offset + word.utf8CodeUnitCount <= count else { return false }
        for index in 0..<word.utf8CodeUnitCount where self[offset + index] != word.utf8Start[index] {
            return false
        }
        return true
    }

    /// The first offset from `offset` on that is no space or line break; `count` when there is none.
    func skippingSpace(from offset: Int) -> Int {
        var at = offset
        while at < count, self[at].isSpace { at += 1 }
        return at
    }

    /// The last offset before `offset` that is no space or line break; nil at the beginning.
    func lastSolid(before offset: Int) -> Int? {
        var at = offset - 1
        while at >= 0, self[at].isSpace { at -= 1 }
        return at >= 0 ? at : nil
    }

    /// The identifier that begins at `offset`; empty when none does.
    func word(at offset: Int) -> String {
        var end = offset
        while end < count, self[end].isWordByte { end += 1 }
        return String(decoding: self[offset..<end], as: UTF8.self)
    }

    /// The identifier whose last byte is at `offset`; empty when none ends there.
    func word(endingAt offset: Int) -> String {
        var start = offset
        while start >= 0, self[start].isWordByte { start -= 1 }
        return String(decoding: self[(start + 1)..<(offset + 1)], as: UTF8.self)
    }

    /// The offset of the bracket that closes the one at `offset`, or the end of the code.
    func closing(of offset: Int) -> Int {
        var depth = 0
        var at = offset
        while at < count {
            let byte = self[at]
            if byte.isOpening {
                depth += 1
            } else if byte.isClosing {
                depth -= 1
                if depth == 0 { return at }
            }
            at += 1
        }
        return count
    }

    /// The first offset of `target` outside any bracket that opens after `offset`; nil when the surrounding
    /// bracket closes first.
    func outermost(_ target: UInt8, from offset: Int) -> Int? {
        var at = offset
        while at < count {
            let byte = self[at]
            if byte == target { return at }
            if byte.isClosing { return nil }
            at = byte.isOpening ? closing(of: at) + 1 : at + 1
        }
        return nil
    }
}
