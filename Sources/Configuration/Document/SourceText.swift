/// The text of a configuration file, and where its lines are.
///
/// Holds the bytes without a byte order mark, which editors do not show either. Only `\n` ends a line
/// here; `screen()` refuses the other characters that YAML would break lines at, so that the scanner,
/// an editor and this type agree on every line number.
package struct SourceText: Sendable {
    /// A larger file is refused unread.
    package static let bytesMax = 1 << 20

    package let file: String
    let bytes: [UInt8]
    private let lineStarts: [Int]

    /// The bytes may be anything; `screen()` says what is wrong with them.
    package init(file: String, bytes: [UInt8]) {
        self.file = file
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        self.bytes = bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes
        var starts = [0]
        self.bytes.withUnsafeBufferPointer { bytes in
            for index in bytes.indices where bytes[index] == UInt8(ascii: "\n") {
                starts.append(index + 1)
            }
        }
        lineStarts = starts
    }

    /// The lines, the empty one behind the last `\n` among them.
    var lineCount: Int { lineStarts.count }

    /// The line without its end; nil beyond the last one. Bytes that are no text become U+FFFD.
    package func line(_ number: Int) -> String? {
        guard number >= 1, number <= lineStarts.count else { return nil }
        var end = number < lineStarts.count ? lineStarts[number] - 1 : bytes.count
        let start = lineStarts[number - 1]
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    /// The place of a byte; an offset beyond the end means the end.
    func mark(atByte offset: Int) -> Mark {
        let offset = min(max(offset, 0), bytes.count)
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        // Continuation bytes do not begin a character.
        let column = bytes[lineStarts[low]..<offset].count { $0 & 0xC0 != 0x80 }
        return Mark(file: file, line: low + 1, column: column + 1)
    }

    /// The byte at a place, nil at the end of a line and beyond.
    func byte(at mark: Mark) -> UInt8? {
        guard mark.line >= 1, mark.line <= lineStarts.count else { return nil }
        var column = 0
        var index = lineStarts[mark.line - 1]
        while index < bytes.count, bytes[index] != UInt8(ascii: "\n") {
            if bytes[index] & 0xC0 != 0x80 { column += 1 }
            if column == mark.column { return bytes[index] }
            index += 1
        }
        return nil
    }
}
