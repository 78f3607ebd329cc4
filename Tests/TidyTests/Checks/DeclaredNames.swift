/// The names that a file declares as dictionaries or sets, and those it declares as something else.
struct DeclaredNames {
    private var unordered: Set<String> = []
    private var other: Set<String> = []

    init(_ file: SourceFile) {
        let code = file.code
        for offset in code.indices
        where code[offset] == UInt8(ascii: ":") || code[offset] == UInt8(ascii: "=") {
            guard offset > 0, let end = code.lastSolid(before: offset) else { continue }
            let name = code.word(endingAt: end)
            guard let first = name.first, !first.isNumber else { continue }
            let isType = code[offset] == UInt8(ascii: ":")
            if Self.beginsUnordered(code, at: Self.skippingModifiers(code, from: offset + 1)) {
                unordered.insert(name)
            } else if isType {
                other.insert(name)
            }
        }
    }

    /// Whether the walked expression is unordered: a dictionary or set of this file, or keys or values of
    /// anything that this file does not declare as something else.
    func isUnordered(_ expression: String) -> Bool {
        var parts =
            expression.split(whereSeparator: \.isWhitespace).first.map { $0.split(separator: ".") } ?? []
        parts.removeAll { $0 == "lazy" || $0 == "indices" }
        guard var last = parts.popLast() else { return false }
        let isView = last == "keys" || last == "values"
        if isView, let receiver = parts.popLast() { last = receiver }
        let name = String(last.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
        // Only a bare name is known; a call or a subscript may give anything.
        guard name.count == last.count || last.dropFirst(name.count).allSatisfy({ "?!)".contains($0) }) else {
            return isView
        }
        if unordered.contains(name) { return true }
        return isView && !other.contains(name)
    }

    private static func skippingModifiers(_ code: [UInt8], from offset: Int) -> Int {
        var at = code.skippingSpace(from: offset)
        while ["inout", "borrowing", "consuming", "sending"].contains(code.word(at: at)) {
            at = code.skippingSpace(from: at + code.word(at: at).utf8.count)
        }
        return at
    }

    /// Whether a dictionary or set type, or a value of one, begins at the offset; not where a member follows,
    /// as in `Set(ids).sorted()`.
    private static func beginsUnordered(_ code: [UInt8], at offset: Int) -> Bool {
        guard offset < code.count else { return false }
        let word = code.word(at: offset)
        var end = offset + word.utf8.count
        if code[offset] == UInt8(ascii: "[") {
            guard let colon = code.outermost(UInt8(ascii: ":"), from: offset + 1) else { return false }
            // `[a ? b : c]` is a list.
            if code[offset..<colon].contains(UInt8(ascii: "?")), code[colon - 1].isSpace { return false }
        } else {
            guard word == "Dictionary" || word == "Set" else { return false }
            if end < code.count, code[end] == UInt8(ascii: "<") { end = closingAngle(code, from: end) + 1 }
        }
        while end < code.count, code[end].isOpening, code[end] != UInt8(ascii: "{") {
            end = code.closing(of: end) + 1
        }
        return end >= code.count || code[end] != UInt8(ascii: ".")
    }

    /// The `>` that closes the `<` at the offset, or the end of its line.
    private static func closingAngle(_ code: [UInt8], from offset: Int) -> Int {
        var depth = 0
        for at in offset..<code.count {
            if code[at] == UInt8(ascii: "<") { depth += 1 }
            if code[at] == UInt8(ascii: ">") { depth -= 1 }
            if depth == 0 || code[at].isNewline { return at }
        }
        return code.count
    }
}
