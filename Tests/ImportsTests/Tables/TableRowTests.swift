import Testing

@testable import Imports

struct TableRowTests {
    private func split(_ text: String, separator: Character = ",") throws -> [String] {
        var row = TableRow(separator: separator.asciiValue!)
        var cells: [String] = []
        let bytes = Array(text.utf8)
        try bytes.withUnsafeBufferPointer { line in
            try row.split(line)
            cells = row.cells.map { String(decoding: $0, as: UTF8.self) }
        }
        return cells
    }

    @Test func `cells stand between separators, some in quotes`() throws {
        #expect(try split("a,b,,c") == ["a", "b", "", "c"])
        #expect(try split("") == [""])
        #expect(try split(",") == ["", ""])
        #expect(try split("\"a,b\",\"\",c\"d") == ["a,b", "", "c\"d"])
        #expect(try split("\"say \"\"so\"\"\",1") == ["say \"\"so\"\"", "1"])
        #expect(try split("1;2,5", separator: ";") == ["1", "2,5"])
    }

    @Test func `quotes that do not close, or close too early, are errors with their column`() {
        #expect(throws: RowFault.openQuote(column: 2)) { try split("1,\"2") }
        #expect(throws: RowFault.openQuote(column: 1)) { try split("\"") }
        #expect(throws: RowFault.textBehindQuote(column: 1)) { try split("\"1\"2,3") }
    }

    @Test func `a row has at most as many cells as the limit says`() throws {
        let commas = TableRow.cellsMax - 1
        #expect(try split(String(repeating: ",", count: commas)).count == TableRow.cellsMax)
        #expect(throws: RowFault.tooManyCells(limit: TableRow.cellsMax)) {
            try split(String(repeating: ",", count: commas + 1))
        }
    }
}
