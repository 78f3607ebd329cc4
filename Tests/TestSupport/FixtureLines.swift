/// Payloads of a file of samples: one JSON object per line.
package enum FixtureLines {
    /// The texts of a member of every line, in order; the whole line where it has no such member.
    ///
    /// A small scanner of its own, so that what is tested is not read by what is tested.
    package static func payloads(_ path: String, member: String = "payload") -> [String] {
        ScratchFolder.text(path).split(separator: "\n").map { line in
            payload(Array(line.utf8), Array("\"\(member)\":".utf8)) ?? String(line)
        }
    }

    private static func payload(_ line: [UInt8], _ name: [UInt8]) -> String? {
        var depth = 0
        var index = 0
        while index < line.count {
            switch line[index] {
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: "\""):
                if depth == 1, line[index...].starts(with: name) {
                    var start = index + name.count
                    while line[start] == UInt8(ascii: " ") { start += 1 }
                    return String(decoding: line[start..<end(of: line, from: start)], as: UTF8.self)
                }
                index = endOfString(line, from: index)
            default: break
            }
            index += 1
        }
        return nil
    }

    /// Behind the value that begins at `start`.
    private static func end(of line: [UInt8], from start: Int) -> Int {
        var depth = 0
        var index = start
        while index < line.count {
            switch line[index] {
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return index }
                depth -= 1
            case UInt8(ascii: ","): if depth == 0 { return index }
            case UInt8(ascii: "\""): index = endOfString(line, from: index)
            default: break
            }
            index += 1
        }
        return index
    }

    /// At the closing quote of the string whose opening one is at `start`.
    private static func endOfString(_ line: [UInt8], from start: Int) -> Int {
        var index = start + 1
        while index < line.count, line[index] != UInt8(ascii: "\"") {
            index += line[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return index
    }
}
