import Testing

@testable import Launcher

@Suite struct VenueTableTests {
    private var table: VenueTable {
        var table = VenueTable([.text("name"), .number("figure", "a figure"), .text("rest")])
        table.add(.text("long name"), .text("1.5", .good), .text("x"))
        table.add(.text("a"), .id(18_446_744_073_709_551_615), .none)
        return table
    }

    @Test func `numbers stand to the right, and no line ends in blanks`() {
        #expect(
            table.text(hasColours: false) == """
                name                   a figure  rest
                long name                   1.5  x
                a          18446744073709551615  -
                """)
    }

    @Test func `tones are colours at a terminal only`() {
        #expect(table.text(hasColours: true).contains("\u{1B}[32m                 1.5\u{1B}[0m"))
        #expect(!table.text(hasColours: false).contains("\u{1B}"))
    }

    @Test func `a table without rows says so, and is a list in JSON all the same`() {
        let empty = VenueTable([.text("name")], emptyText: "no market")
        #expect(empty.text(hasColours: false) == "no market")
        #expect(empty.json == "[]")
    }

    @Test func `a program gets names, texts and whole numbers`() {
        let rows = [
            #"{"name":"long name","figure":"1.5","rest":"x"}"#,
            #"{"name":"a","figure":18446744073709551615,"rest":null}"#,
        ]
        #expect(table.json == "[\(rows.joined(separator: ","))]")
    }
}
