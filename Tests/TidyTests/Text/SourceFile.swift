import Glibc

/// A text file of the repository, with its code and comments told apart when it is Swift.
///
/// Offsets are in bytes and mean the same in `text`, `code` and `comments`; lines count from 1.
struct SourceFile: Sendable {
    /// The path from the repository root.
    let path: String
    let text: [UInt8]
    /// The text without comments and contents of literals; all of it when the file is not Swift.
    let code: [UInt8]
    /// The comments alone; nothing when the file is not Swift.
    let comments: [UInt8]
    private let lineStarts: [Int]

    init(_ path: String, _ text: [UInt8]) {
        self.path = path
        self.text = text
        if path.hasSuffix(".swift") {
            let scanner = SwiftScanner(text)
            code = scanner.code
            comments = scanner.comments
        } else {
            code = text
            comments = []
        }
        var starts = [0]
        for offset in text.indices where text[offset] == UInt8(ascii: "\n") { starts.append(offset + 1) }
        lineStarts = starts
    }

    init(_ path: String, _ text: String) {
        self.init(path, Array(text.utf8))
    }

    var isSwift: Bool { path.hasSuffix(".swift") }
    var isTest: Bool { path.hasPrefix("Tests/") }

    /// The part of the path after the last slash.
    var name: String { path.split(separator: "/").last.map(String.init) ?? path }
}

// MARK: - Lines

extension SourceFile {
    /// Lines of the file; a final line break does not begin another one.
    var lineCount: Int { text.last == UInt8(ascii: "\n") ? lineStarts.count - 1 : lineStarts.count }

    /// The number of the line with the byte at `offset`.
    func line(at offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    /// The bytes of a line, without its line break.
    func range(ofLine line: Int) -> Range<Int> {
        let start = lineStarts[line - 1]
        return start..<(line < lineStarts.count ? lineStarts[line] - 1 : text.count)
    }

    func finding(at offset: Int, _ message: String) -> Finding {
        Finding(path, line(at: offset), message)
    }
}

// MARK: - Search

extension SourceFile {
    /// Where `phrase` stands in the code, as whole words: `Date(` is not found in `UpDate(`.
    func codeOffsets(of phrase: String) -> [Int] { Self.offsets(of: phrase, in: code) }

    /// Where `phrase` stands anywhere in the text, as whole words.
    func textOffsets(of phrase: String) -> [Int] { Self.offsets(of: phrase, in: text) }

    private static func offsets(of phrase: String, in bytes: [UInt8]) -> [Int] {
        let needle = Array(phrase.utf8)
        guard let first = needle.first, let last = needle.last else { return [] }
        var found: [Int] = []
        bytes.withUnsafeBytes { haystack in
            guard let base = haystack.baseAddress else { return }
            // The C library does the walking: these bytes are many, and the tests run without optimisation.
            var start = 0
            while start + needle.count <= haystack.count,
                let hit = memchr(base + start, Int32(first), haystack.count - needle.count - start + 1)
            {
                let offset = UnsafeRawPointer(hit) - base
                start = offset + 1
                guard memcmp(hit, needle, needle.count) == 0 else { continue }
                let end = offset + needle.count
                let joinsBefore = offset > 0 && first.isWordByte && haystack[offset - 1].isWordByte
                let joinsAfter = end < haystack.count && last.isWordByte && haystack[end].isWordByte
                if !joinsBefore, !joinsAfter { found.append(offset) }
            }
        }
        return found
    }
}

// MARK: - Reasons in comments

/// What a comment says to let an exception pass.
enum Excuse: Equatable {
    case none
    /// The words are there, the reason after the colon is not.
    case withoutReason
    case given
}

extension SourceFile {
    /// Whether a comment `words: reason` stands on the line.
    func excuse(_ words: String, onLine line: Int) -> Excuse {
        guard line >= 1, line <= lineCount, !comments.isEmpty else { return .none }
        let comment = String(decoding: comments[range(ofLine: line)], as: UTF8.self)
        guard let mark = comment.firstRange(of: words + ":") else { return .none }
        return comment[mark.upperBound...].contains(where: \.isLetter) ? .given : .withoutReason
    }

    /// Whether a comment `words: reason` stands on the line, or alone on the line before it.
    func excuse(_ words: String, onOrBefore line: Int) -> Excuse {
        let here = excuse(words, onLine: line)
        guard here == .none, line > 1 else { return here }
        let isAlone = code[range(ofLine: line - 1)].allSatisfy(\.isBlank)
        return isAlone ? excuse(words, onLine: line - 1) : .none
    }
}
