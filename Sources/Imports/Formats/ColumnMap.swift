import Configuration

/// Which column of a table holds what, as its owner says it.
package struct ColumnMap: Equatable, Sendable {
    /// A column, by its name in the header line or by its number from 1.
    package enum Column: Equatable, Sendable {
        case named(String)
        case number(Int)

        /// A text of digits is a number.
        package init?(_ text: String) {
            guard !text.isEmpty, text.utf8.count <= 200 else { return nil }
            if text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
                guard let number = Int(text), (1...TableRow.cellsMax).contains(number) else { return nil }
                self = .number(number)
            } else {
                self = .named(text)
            }
        }
    }

    package struct Entry: Equatable, Sendable {
        package var field: TableField
        package var column: Column
    }

    package private(set) var entries: [Entry] = []

    package init() {}

    package mutating func set(_ field: TableField, _ column: Column) {
        entries.removeAll { $0.field == field }
        entries.append(Entry(field: field, column: column))
    }

    func column(of field: TableField) -> Column? { entries.first { $0.field == field }?.column }

    /// From `time=ts,price=3,quantity=Last Size`.
    package init(_ text: String) throws(ColumnMapFault) {
        for part in text.split(separator: ",") {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2, let column = Column(String(sides[1])) else {
                throw ColumnMapFault("'\(part)' is no column: write FIELD=NAME or FIELD=NUMBER, from 1")
            }
            let name = String(sides[0])
            guard let field = TableField(rawValue: name) else {
                throw ColumnMapFault(unknownField: name)
            }
            if self.column(of: field) != nil { throw ColumnMapFault("'\(name)' is given twice") }
            set(field, column)
        }
        if entries.isEmpty { throw ColumnMapFault("no column is given: write time=1,price=2,quantity=3") }
    }
}

/// Why a text is no map of columns.
package struct ColumnMapFault: Error, Equatable, Sendable, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }

    init(unknownField name: String) {
        let known = TableField.allCases.map(\.rawValue)
        let hint =
            NearestName.of(name, among: known).map { "did you mean '\($0)'?" }
            ?? "known are \(known.joined(separator: ", "))"
        description = "there is no field '\(name)'; \(hint)"
    }
}
