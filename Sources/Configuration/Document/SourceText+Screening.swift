extension SourceText {
    /// What makes the bytes unfit for the YAML scanner, if anything does.
    ///
    /// The scanner would refuse most of it too, but names no line and column for it; the rest would
    /// make its line numbers differ from an editor's, or cost it time without bound (it compares each
    /// `%TAG` directive with all others).
    func screen() -> Diagnostic? {
        if bytes.count > Self.bytesMax {
            return Diagnostic(
                at: .file(file), "the file has \(bytes.count) bytes",
                expected: "at most \(Self.bytesMax)")
        }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            return Diagnostic(
                at: mark(atByte: 0), "the text is in UTF-16",
                expected: "UTF-8", suggestion: "save the file as UTF-8")
        }
        return notUTF8() ?? unfitCharacter() ?? directive()
    }

    private func notUTF8() -> Diagnostic? {
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.span)
            return nil
        } catch {
            let offset = error.byteOffsets.lowerBound
            let byte = String(bytes[offset], radix: 16, uppercase: true)
            return Diagnostic(
                at: mark(atByte: offset), "byte 0x\(byte) is not part of any UTF-8 character",
                expected: "UTF-8 text")
        }
    }

    /// Control characters, and characters that end a line for YAML but not for an editor.
    private func unfitCharacter() -> Diagnostic? {
        let found = bytes.withUnsafeBufferPointer { bytes -> (offset: Int, what: String)? in
            for (offset, byte) in bytes.enumerated() {
                func follows(_ next: [UInt8]) -> Bool { bytes[(offset + 1)...].starts(with: next) }
                switch byte {
                case UInt8(ascii: "\t"), UInt8(ascii: "\n"), 0x20...0x7E:
                    continue
                case UInt8(ascii: "\r"):
                    if !follows([UInt8(ascii: "\n")]) { return (offset, "a carriage return alone") }
                case 0x00:
                    return (offset, "a NUL byte")
                case 0x01...0x1F, 0x7F:
                    return (offset, "a control character (0x\(String(byte, radix: 16)))")
                case 0xC2:
                    // U+0080 to U+009F; U+0085 among them ends a line.
                    if bytes[offset + 1] < 0xA0 { return (offset, "a control character") }
                case 0xE2:
                    if follows([0x80, 0xA8]) || follows([0x80, 0xA9]) {
                        return (offset, "a Unicode line separator")
                    }
                case 0xEF:
                    if follows([0xBB, 0xBF]) { return (offset, "a second byte order mark") }
                    if follows([0xBF, 0xBE]) || follows([0xBF, 0xBF]) {
                        return (offset, "a code point that is no character")
                    }
                default:  // open set: bytes
                    continue
                }
            }
            return nil
        }
        guard let found else { return nil }
        return Diagnostic(
            at: mark(atByte: found.offset), "\(found.what) cannot stand in a configuration",
            suggestion: "delete it, or write an escape such as \"\\t\" in double quotes")
    }

    /// A `%` line at the head of the file or after `...`, the only places where it is a directive.
    private func directive() -> Diagnostic? {
        var isHead = true
        var number = 0
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            number += 1
            let blank = line.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }
            if isHead, line.first == UInt8(ascii: "%") {
                return Diagnostic(
                    at: Mark(file: file, line: number, column: 1),
                    "directives (lines that begin with %) are not accepted",
                    suggestion: "delete the line")
            }
            if line.starts(with: [0x2E, 0x2E, 0x2E]) {
                isHead = true
            } else if !blank, line.first != UInt8(ascii: "#") {
                isHead = false
            }
        }
        return nil
    }
}
