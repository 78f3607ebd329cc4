import Configuration

/// What the owner of a table says of it, beyond what the table itself shows.
package struct TableDescription: Sendable {
    /// Nil is told by the header line, or by the name of the file.
    package var format: TableFormat?
    /// What the rows are, for tables of another origin; else the format says it.
    package var kind: TableKind?
    package var columns = ColumnMap()
    package var timeForm: TimeForm?
    package var separator = UInt8(ascii: ",")
    /// Nil looks at the first line: it is a header when its first cell is no number.
    package var hasHeader: Bool?
    /// The market of the tables, or the only one that is taken from tables of several.
    package var market: String?
    package var base: String?
    package var quote: String?

    package init() {}

    /// Reads a description from a file of YAML.
    package static func read(path: String) throws(InvalidConfiguration) -> TableDescription {
        try YAMLDocument.load(path: path, read)
    }

    /// Reads a description from the bytes of a file of YAML.
    package static func read(
        _ bytes: [UInt8], file: String
    ) throws(InvalidConfiguration) -> TableDescription {
        try YAMLDocument.load(bytes, file: file, read)
    }

    private static func read(_ section: Section) -> TableDescription? {
        var table = TableDescription()
        table.format = .columns
        table.kind = section.required("kind", .choice(of: TableKind.self))
        table.timeForm = section.optional("time_form", .choice(of: TimeForm.self))
        table.separator = section.value(
            "separator",
            .choice(among: [
                (",", UInt8(ascii: ",")), (";", UInt8(ascii: ";")), ("tab", 0x09), ("|", UInt8(ascii: "|")),
            ]), default: UInt8(ascii: ","))
        table.hasHeader = section.optional("header", .bool)
        table.market = section.optional("market", .marketName)
        table.base = section.optional("base", .assetName)
        table.quote = section.optional("quote", .assetName)
        if let columns = section.required("columns", .section(columns)) { table.columns = columns }
        return table
    }

    private static func columns(_ section: Section) -> ColumnMap? {
        var map = ColumnMap()
        for field in TableField.allCases {
            guard let text = section.optional(field.rawValue, .string()) else { continue }
            guard let column = ColumnMap.Column(text) else {
                section.refuse(
                    field.rawValue, "is no column: write its name or its number, 1 to \(TableRow.cellsMax)")
                continue
            }
            map.set(field, column)
        }
        return map
    }
}
