import MarketModel
import Quantities

/// A table as its first lines and its name show it.
struct ProbedTable {
    let input: TableInput
    let format: TableFormat
    let kind: TableKind
    let columns: TableColumns
    let timeForm: TimeForm
    let separator: UInt8
    let hasHeader: Bool
    /// Whether rows have whole numbers of their own, as the first one has.
    let hasIDs: Bool
    /// The market of all rows; nil where a column tells it.
    let market: MarketID?
    /// The time of the first row, for the order of the tables; nil when it cannot be told.
    let firstAt: Instant?

    /// Looks at the first two lines. An empty table is nil.
    init?(
        _ input: TableInput, _ description: TableDescription, _ names: MarketNames
    ) throws(ImportError) {
        let lines = try input.open()
        guard var line = try lines.next() else { return nil }
        self.input = input
        separator = description.separator
        var row = TableRow(separator: separator)
        try Self.split(&row, line, input, 1)
        let first = row.cells.map { String(decoding: $0, as: UTF8.self) }
        hasHeader = description.hasHeader ?? Self.isHeader(first)
        let header = hasHeader ? first.map { $0.lowercased() } : nil

        let binanceName = BinanceFileName(input.shortName)
        guard
            let format = description.format ?? header.flatMap({ TableFormat(header: $0) })
                ?? binanceName.flatMap({ TableFormat(binanceName: $0) })
        else { throw .unknownFormat(table: input.name) }
        guard let kind = format.kind ?? description.kind else { throw .unknownKind(table: input.name) }
        self.format = format
        self.kind = kind
        columns = try Self.columns(format, kind, header, description, input, cells: first.count)
        timeForm = description.timeForm ?? .auto

        if columns.index(of: .market) != nil {
            market = nil
        } else {
            guard let name = description.market ?? binanceName?.market, let id = names.id(of: name) else {
                throw .unknownMarket(table: input.name)
            }
            market = id
        }
        if hasHeader {
            if let next = try lines.next() {
                line = next
                try Self.split(&row, line, input, 2)
            } else {
                row = TableRow(separator: separator)
            }
        }
        hasIDs =
            columns.index(of: .id).map { $0 < row.cells.count && WholeNumber.read(row.cells[$0]) != nil }
            ?? false
        let timeColumn = columns.index(of: .receivedAt) ?? columns.index(of: .time)
        firstAt = timeColumn.flatMap { [timeForm] in $0 < row.cells.count ? timeForm.read(row.cells[$0]) : nil
        }
    }

    /// A line is a header when it has words and no cell that begins like a number or a time.
    private static func isHeader(_ cells: [String]) -> Bool {
        let isWord = cells.contains { $0.utf8.contains { (0x61...0x7A).contains($0 | 0x20) } }
        let isRow = cells.contains { cell in
            guard let first = cell.utf8.first else { return false }
            return (0x30...0x39).contains(first) || first == UInt8(ascii: "-") || first == UInt8(ascii: ".")
        }
        return isWord && !isRow
    }

    private static func columns(
        _ format: TableFormat, _ kind: TableKind, _ header: [String]?, _ description: TableDescription,
        _ input: TableInput, cells: Int
    ) throws(ImportError) -> TableColumns {
        if !description.columns.entries.isEmpty {
            return try TableColumns(
                map: description.columns, header: header, kind, table: input.name, cells: cells)
        }
        if let header { return try TableColumns(header: header, kind, table: input.name) }
        guard let layout = format.layout else {
            throw .noHeader(table: input.name, column: kind.required[0].headers[0])
        }
        guard layout.counts.contains(cells) else {
            throw .columnCount(table: input.name, count: cells, expected: layout.counts)
        }
        return TableColumns(layout: layout.fields)
    }

    private static func split(
        _ row: inout TableRow, _ line: UnsafeBufferPointer<UInt8>, _ input: TableInput, _ number: Int
    ) throws(ImportError) {
        do throws(RowFault) {
            try row.split(line)
        } catch {
            throw .rows([RefusedRow(table: input.name, line: number, fault: error)], isMore: false)
        }
    }
}
