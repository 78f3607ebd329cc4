import Journal
import TestSupport
import Testing

@testable import Imports

struct TableLinesTests {
    let folder = ScratchFolder()

    private func lines(_ path: String) throws -> [String] {
        let lines = try TableInput.list([path])[0].open()
        var all: [String] = []
        while let line = try lines.next() { all.append(String(decoding: line, as: UTF8.self)) }
        #expect(lines.number == all.count)
        return all
    }

    @Test func `lines end as they like, and a byte order mark is passed over`() throws {
        #expect(try lines(folder.write("\u{FEFF}a\r\nb\n\n\rc", "a.csv")) == ["a", "b", "", "\rc"])
        #expect(try lines(folder.write("", "b.csv")) == [])
        #expect(try lines(folder.write("a", "c.csv")) == ["a"])
        #expect(try lines(folder.compress(["a", "b"], "d.csv.gz")) == ["a", "b"])
        let many = (0..<200_000).map { "line \($0)" }
        #expect(try lines(folder.compress(many, "e.csv.gz")) == many)
    }

    @Test func `a line beyond the limit is an error, whether it ends or not`() throws {
        let full = String(repeating: "x", count: TableLines.lineBytesMax)
        #expect(try lines(folder.write("a\n\(full)\r\nb", "a.csv")) == ["a", full, "b"])
        for ending in ["\n", "", "\nb\n", full + full + full + full + full] {
            let path = folder.write("a\n\(full)x\(ending)", "b.csv")
            let fault = SourceFault.stored(.lineTooLong(limit: TableLines.lineBytesMax))
            #expect(throws: ImportError.source(name: path, line: 2, fault: fault)) { try lines(path) }
        }
    }

    @Test func `a compressed file that is cut off is an error behind its good lines`() throws {
        let whole = ScratchFolder.read(folder.compress((0..<1_000).map { "line \($0 * 7_919)" }, "a.csv.gz"))
        let path = folder.write(Array(whole[..<(whole.count / 2)]), "cut.csv.gz")
        #expect(throws: ImportError.self) { try lines(path) }
    }
}
