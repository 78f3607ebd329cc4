/// Splits Swift text into code and comments, so that checks neither trip over prose nor over literals.
///
/// Both results are as long as the text and keep its line breaks, so an offset means the same in all
/// three. `code` has spaces in place of comments, of what stands inside string and regex literals, and
/// inside backticks; the delimiters stay, and so does interpolated code, which does run. `comments` has
/// the comments only.
///
/// Bare regex literals (`/a/`) are read as division: write `#/a/#`.
struct SwiftScanner {
    private(set) var code: [UInt8]
    private(set) var comments: [UInt8]

    private let text: [UInt8]
    private var at = 0
    private var modes: [Mode] = [.code(parentheses: 0)]

    private enum Mode {
        /// Code, with the number of open parentheses since an interpolation began; 0 is the file itself.
        case code(parentheses: Int)
        /// A string literal: how many `#` stand around it, and whether it has three quotes.
        case string(hashes: Int, isMultiline: Bool)
    }

    init(_ text: [UInt8]) {
        self.text = text
        let newline = UInt8(ascii: "\n")
        code = text.map { $0 == newline ? newline : UInt8(ascii: " ") }
        comments = code
        while at < text.count {
            switch modes[modes.count - 1] {
            case .code(let parentheses): stepInCode(parentheses)
            case .string(let hashes, let isMultiline): stepInString(hashes, isMultiline)
            }
        }
    }

    private func byte(_ offset: Int) -> UInt8 { offset < text.count ? text[offset] : 0 }

    private mutating func keep(_ count: Int) {
        for offset in at..<min(at + count, text.count) { code[offset] = text[offset] }
        at += count
    }

    // MARK: - Code

    private mutating func stepInCode(_ parentheses: Int) {
        switch text[at] {
        case UInt8(ascii: "/") where byte(at + 1) == UInt8(ascii: "/"): skipLineComment()
        case UInt8(ascii: "/") where byte(at + 1) == UInt8(ascii: "*"): skipBlockComment()
        case UInt8(ascii: "#"): openAfterHashes()
        case UInt8(ascii: "\""): openString(hashes: 0)
        case UInt8(ascii: "`"): skipBackticks()
        case UInt8(ascii: "(") where parentheses > 0:
            modes[modes.count - 1] = .code(parentheses: parentheses + 1)
            keep(1)
        case UInt8(ascii: ")") where parentheses > 0:
            keep(1)
            if parentheses == 1 {
                modes.removeLast()
            } else {
                modes[modes.count - 1] = .code(parentheses: parentheses - 1)
            }
        default: keep(1)
        }
    }

    private mutating func skipLineComment() {
        while at < text.count, text[at] != UInt8(ascii: "\n") {
            comments[at] = text[at]
            at += 1
        }
    }

    private mutating func skipBlockComment() {
        var depth = 0
        repeat {
            let opens = byte(at) == UInt8(ascii: "/") && byte(at + 1) == UInt8(ascii: "*")
            let closes = byte(at) == UInt8(ascii: "*") && byte(at + 1) == UInt8(ascii: "/")
            depth += opens ? 1 : closes ? -1 : 0
            for offset in at..<min(at + (opens || closes ? 2 : 1), text.count) {
                comments[offset] = text[offset]
                at += 1
            }
        } while depth > 0 && at < text.count
    }

    private mutating func openAfterHashes() {
        var hashes = 0
        while byte(at + hashes) == UInt8(ascii: "#") { hashes += 1 }
        switch byte(at + hashes) {
        case UInt8(ascii: "\""): openString(hashes: hashes)
        case UInt8(ascii: "/"): skipRegex(hashes: hashes)
        default: keep(hashes)
        }
    }

    private mutating func skipRegex(hashes: Int) {
        keep(hashes + 1)
        while at < text.count, !(text[at] == UInt8(ascii: "/") && hasHashes(hashes, from: at + 1)) { at += 1 }
        keep(hashes + 1)
    }

    private mutating func skipBackticks() {
        keep(1)
        while at < text.count, text[at] != UInt8(ascii: "`"), text[at] != UInt8(ascii: "\n") { at += 1 }
        keep(1)
    }

    // MARK: - Strings

    private mutating func openString(hashes: Int) {
        // Three quotes with more behind them on the line are a short raw string, such as `#"""x"#`.
        let isMultiline = hasQuotes(3, from: at + hashes) && byte(at + hashes + 3) == UInt8(ascii: "\n")
        keep(hashes + (isMultiline ? 3 : 1))
        modes.append(.string(hashes: hashes, isMultiline: isMultiline))
    }

    private mutating func stepInString(_ hashes: Int, _ isMultiline: Bool) {
        let quotes = isMultiline ? 3 : 1
        switch text[at] {
        case UInt8(ascii: "\\") where hasHashes(hashes, from: at + 1):
            at += 1 + hashes
            if byte(at) == UInt8(ascii: "(") {
                keep(1)
                modes.append(.code(parentheses: 1))
            } else if byte(at) != UInt8(ascii: "\n") {
                at += 1
            }
        case UInt8(ascii: "\"") where hasQuotes(quotes, from: at) && hasHashes(hashes, from: at + quotes):
            keep(quotes + hashes)
            modes.removeLast()
        case UInt8(ascii: "\n") where !isMultiline:
            // The compiler refuses an open string at the end of a line; going on as code keeps the rest right.
            modes.removeLast()
        default: at += 1
        }
    }

    private func hasHashes(_ count: Int, from offset: Int) -> Bool {
        for index in 0..<count where byte(offset + index) != UInt8(ascii: "#") { return false }
        return true
    }

    private func hasQuotes(_ count: Int, from offset: Int) -> Bool {
        for index in 0..<count where byte(offset + index) != UInt8(ascii: "\"") { return false }
        return true
    }
}
