import Glibc
import Quantities
import TestSupport
import Testing

@testable import Journal

struct GzipLineReaderTests {
    let scratch = try! ScratchFolder()
    var path: String { scratch.file("lines") }

    /// All lines of a file up to its end or the error.
    func lines(
        of bytes: [UInt8], limit: Int = GzipLineReader.lineBytesMax
    ) throws -> (lines: [String], error: LineReaderError?) {
        try write(bytes, to: path)
        return try lines(limit: limit)
    }

    func lines(limit: Int) throws -> (lines: [String], error: LineReaderError?) {
        var lines: [String] = []
        var reader = try GzipLineReader(path: path, lineBytesMax: limit)
        do {
            while let line = try reader.next() { lines.append(String(decoding: line, as: UTF8.self)) }
            #expect(reader.lineCount == lines.count)
            return (lines, nil)
        } catch {
            #expect(reader.lineCount == lines.count)
            #expect(error.line == lines.count + 1)
            #expect(throws: error) { _ = try reader.next() }
            return (lines, error)
        }
    }

    static let texts: [(String, [String])] = [
        ("", []), ("\n", [""]), ("a", ["a"]), ("a\n", ["a"]), ("a\nb", ["a", "b"]),
        ("\n\na\n\n", ["", "", "a", ""]), ("a\r\nb\n", ["a\r", "b"]),
        ("\u{0}\n\u{1F}", ["\u{0}", "\u{1F}"]),
    ]

    @Test(arguments: texts)
    func `lines are split at newlines, plain and compressed`(text: String, expected: [String]) throws {
        #expect(try lines(of: Array(text.utf8)).lines == expected)
        #expect(try lines(of: gzip(text)).lines == expected)
        #expect(try lines(of: gzip(text)).error == nil)
    }

    @Test func `long and short lines come whole over the borders of the buffers`() throws {
        var random = SeededRandom(seed: 20)
        var expected: [String] = []
        for _ in 0..<3_000 {
            let length = random.chance(0.02) ? random.below(200_000) : random.below(300)
            let letter = Unicode.Scalar(UInt8(97 + random.below(26)))
            expected.append(String(repeating: Character(letter), count: length))
        }
        let text = Array(expected.joined(separator: "\n").utf8)
        #expect(text.count > 1 << 20)
        #expect(try lines(of: text).lines == expected)
        #expect(try lines(of: gzip(text)).lines == expected)
        #expect(try lines(of: gzip(text, level: 0)).lines == expected)
    }

    @Test func `members follow each other at any place of the input buffer`() throws {
        // Lines that go over the borders of members, and enough members to have their headers cut
        // by the end of the input buffer.
        var bytes: [UInt8] = []
        var expected: [String] = []
        for number in 0..<9_000 {
            bytes += gzip("\(number) begins\n\(number + 1) ends: ")
            expected.append(number == 0 ? "0 begins" : "\(number) ends: \(number) begins")
        }
        expected.append("9000 ends: ")
        #expect(bytes.count > 4 * 65_536)
        let result = try lines(of: bytes)
        #expect(result.lines == expected)
        #expect(result.error == nil)
    }

    @Test func `zeros behind the last member are padding, anything else is corrupt`() throws {
        let member = gzip("a\nb\n")
        #expect(try lines(of: member + [0, 0, 0]).error == nil)
        #expect(try lines(of: member + [0, 0, 0]).lines == ["a", "b"])
        for garbage: [UInt8] in [[1], [0x1F, 0x8C], [0, 0, 1], Array("text\n".utf8)] {
            let result = try lines(of: member + garbage)
            #expect(result.lines == ["a", "b"])
            guard case .corrupt? = result.error?.reason else {
                // The beginning of a header alone cannot be told from a truncated member.
                #expect(garbage == [1] && result.error?.reason == .truncated)
                continue
            }
        }
    }

    @Test func `a gzip file cut at any byte gives its complete lines and says where it ends`() throws {
        var random = SeededRandom(seed: 3)
        let expected = (0..<60).map { "\($0) \(random.next())" }
        let text = expected.map { $0 + "\n" }.joined()
        let whole = gzip(text)
        var mostLines = 0
        for length in 2..<whole.count {
            let result = try lines(of: Array(whole[..<length]))
            #expect(result.error?.reason == .truncated, "cut at \(length)")
            #expect(result.error?.fileOffset == length, "cut at \(length)")
            #expect(expected.starts(with: result.lines), "cut at \(length)")
            #expect(result.lines.count >= mostLines, "cut at \(length)")
            mostLines = result.lines.count
        }
        // The trailer of eight bytes has no lines in it.
        #expect(mostLines == expected.count)
    }

    @Test func `no flipped bit gives wrong lines without an error`() throws {
        let expected = (0..<20).map { "line \($0)" }
        let whole = gzip(expected.map { $0 + "\n" }.joined())
        var errors = 0
        for bit in 16..<whole.count * 8 {
            var flipped = whole
            flipped[bit / 8] ^= 1 << (bit % 8)
            let result = try lines(of: flipped)
            if result.error == nil { #expect(result.lines == expected, "bit \(bit)") }
            if result.error != nil { errors += 1 }
        }
        // All but the time, the system and the like in the header of ten bytes.
        #expect(errors >= (whole.count - 10) * 8)
    }

    @Test func `the lines before corrupt data come first`() throws {
        let good = gzip("one\ntwo\nthree without end")
        var bad = gzip("four\n")
        bad[bad.count - 5] ^= 0xFF
        let result = try lines(of: good + bad)
        #expect(result.lines == ["one", "two", "three without endfour"])
        #expect(result.error?.reason == .corrupt("incorrect data check"))
        #expect(result.error?.line == 4)
        #expect(
            result.error?.description
                == "\(path): line 4, byte \(good.count + bad.count - 4) of the file:"
                + " the compressed data are corrupt: incorrect data check")
    }

    @Test func `a wrong length in the last bytes is corrupt, not truncated`() throws {
        var bytes = gzip("one\ntwo")
        bytes[bytes.count - 1] ^= 1
        let result = try lines(of: bytes)
        #expect(result.lines == ["one"])
        #expect(result.error?.reason == .corrupt("incorrect length check"))
    }

    @Test func `the form is told even when the first bytes come one by one`() async throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        let (source, sink) = (ends[0], ends[1])
        defer { close(source) }
        let bytes = gzip("one\ntwo")
        try #require(Glibc.write(sink, bytes, 1) == 1)
        let writer = Task.detached {
            // The rest follows when the reader has taken the first byte.
            var waiting: Int32 = 1
            while waiting > 0, ioctl(source, UInt(FIONREAD), &waiting) == 0 {}
            let count = Glibc.write(sink, Array(bytes[1...]), bytes.count - 1)
            close(sink)
            return count
        }
        var reader = try GzipLineReader(path: "/dev/fd/\(source)")
        var lines: [String] = []
        while let line = try reader.next() { lines.append(String(decoding: line, as: UTF8.self)) }
        #expect(lines == ["one", "two"])
        #expect(await writer.value == bytes.count - 1)
    }

    @Test(arguments: [1, 7, 4_096, 262_144, 1_000_000])
    func `a line of the limit is delivered, a longer one is refused`(limit: Int) throws {
        let most = String(repeating: "x", count: limit)
        for ending in ["", "\n"] {
            #expect(try lines(of: gzip("a\n" + most + ending), limit: limit).lines == ["a", most])
            let result = try lines(of: gzip("a\n" + most + "x" + ending), limit: limit)
            #expect(result.lines == ["a"])
            #expect(result.error?.reason == .lineTooLong(limit: limit))
        }
    }

    @Test func `a compressed bomb without newlines stops at the limit`() throws {
        let bomb = gzip([UInt8](repeating: 0x20, count: 64 << 20))
        #expect(bomb.count < 100_000)
        let result = try lines(of: bomb)
        #expect(result.lines == [])
        #expect(result.error?.reason == .lineTooLong(limit: 16 << 20))
    }

    @Test func `missing files and directories are told`() throws {
        let missing = scratch.file("missing")
        let error = LineReaderError(
            path: missing, reason: .file(FileError(.open, missing, code: ENOENT)), line: 1,
            fileOffset: 0)
        #expect(throws: error) { _ = try GzipLineReader(path: missing) }
        var reader = try GzipLineReader(path: scratch.path)
        let directory = LineReaderError(
            path: scratch.path, reason: .file(FileError(.read, scratch.path, code: EISDIR)),
            line: 1, fileOffset: 0)
        #expect(throws: directory) { _ = try reader.next() }
    }

    @Test func `the body sees every remaining line`() throws {
        try write(gzip("1\n2\n3"), to: path)
        var reader = try GzipLineReader(path: path)
        _ = try reader.next()
        var seen: [String] = []
        try reader.forEachLine { seen.append(String(decoding: $0, as: UTF8.self)) }
        #expect(seen == ["2", "3"])
    }
}
