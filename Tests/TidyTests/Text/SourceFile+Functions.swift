extension SourceFile {
    /// Functions, initializers, subscripts and computed properties with a body: from their first word to the
    /// closing brace.
    var functions: [ClosedRange<Int>] {
        let found = ["func", "init", "deinit", "subscript", "var"].flatMap { word in
            codeOffsets(of: word).compactMap { offset -> ClosedRange<Int>? in
                if let before = code.lastSolid(before: offset), code[before] == UInt8(ascii: ".") {
                    return nil
                }
                let start = offset + word.utf8.count
                guard let brace = word == "var" ? braceOfProperty(from: start) : braceOfBody(from: start)
                else {
                    return nil
                }
                return offset...min(code.closing(of: brace), max(code.count - 1, brace))
            }
        }
        return found.sorted { $0.lowerBound < $1.lowerBound }
    }

    /// The `{` after a signature; nil for a requirement, which ends with its line.
    private func braceOfBody(from offset: Int) -> Int? {
        var at = offset
        while at < code.count {
            let byte = code[at]
            if byte == UInt8(ascii: "{") { return at }
            if byte.isClosing || byte == UInt8(ascii: ";") { return nil }
            if byte.isNewline {
                let next = code.skippingSpace(from: at)
                guard continuesSignature(after: at, next: next) else { return nil }
                at = next
            } else {
                at = byte.isOpening ? code.closing(of: at) + 1 : at + 1
            }
        }
        return nil
    }

    private func continuesSignature(after newline: Int, next: Int) -> Bool {
        guard next < code.count, let before = code.lastSolid(before: newline) else { return false }
        if [UInt8(ascii: ","), UInt8(ascii: "&"), UInt8(ascii: ":"), UInt8(ascii: ">")].contains(code[before])
        {
            return code[before] != UInt8(ascii: ">") || code[before - 1] == UInt8(ascii: "-")
                || code[next] == UInt8(ascii: "{")
        }
        if code[next] == UInt8(ascii: "{") || code.starts(with: "->", at: next) { return true }
        return ["async", "throws", "rethrows", "where"].contains(code.word(at: next))
    }

    /// The `{` of `var name: Type {` on one line; nil for stored properties without observers.
    private func braceOfProperty(from offset: Int) -> Int? {
        var at = offset
        while at < code.count, !code[at].isNewline, code[at] != UInt8(ascii: "=") {
            if code[at] == UInt8(ascii: "{") { return at }
            if code[at].isClosing { return nil }
            at = code[at].isOpening ? code.closing(of: at) + 1 : at + 1
        }
        return nil
    }
}
