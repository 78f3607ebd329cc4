import Journal
import MarketModel
import Quantities
import Recordings

/// Why tables were not imported.
package enum ImportError: Error, Equatable, Sendable {
    /// The system refused something with a file.
    case file(FileError)
    case archive(path: String, ZipFault)
    /// An archive has no entry whose name ends with `.csv`.
    case noTable(path: String)
    /// The bytes of a table end too early, are corrupt, or are no lines.
    case source(name: String, line: Int, fault: SourceFault)
    /// Rows that cannot be read, more than may be left out; `isMore` when there are others behind them.
    case rows([RefusedRow], isMore: Bool)
    /// No file was named.
    case noFiles
    case unknownFormat(table: String)
    /// The caller names columns, and not what the rows are.
    case unknownKind(table: String)
    case missingColumn(table: String, field: String, known: [String], nearest: String?)
    case unmappedField(table: String, field: String)
    case columnBeyond(table: String, number: Int, count: Int)
    /// A column is named and the table has no header line.
    case noHeader(table: String, column: String)
    /// A table has no header line, and not as many columns as its format has.
    case columnCount(table: String, count: Int, expected: ClosedRange<Int>)
    case unknownMarket(table: String)
    /// Candles whose end is not known: told too early, their close would be a look into the future.
    case unknownPeriod(table: String)
    /// The caller gives the assets of one market, and there are several.
    case severalMarkets([String])
    case unknownQuoteAsset(market: String)
    /// Not one row tells of a market.
    case noRows
    /// Two tables of a book cover the same time.
    case overlap(first: String, second: String)
    /// More rows out of order than can be put in order.
    case tooManyRows(limit: Int)
    /// Two rows have one number and one time, and differ.
    case contradiction(market: String, id: UInt64, at: Instant)
    /// The record file cannot be written.
    case target(RecordingError)
    case interrupted
}

/// A row that was not taken, with its place.
package struct RefusedRow: Equatable, Sendable, CustomStringConvertible {
    package var table: String
    package var line: Int
    package var fault: RowFault

    package var description: String { "\(table):\(line): \(fault)" }
}

extension ImportError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .file(let error): "\(error)"
        case .archive(let path, let fault): "\(path): \(fault)"
        case .noTable(let path): "\(path): the archive has no entry whose name ends with .csv"
        case .source(let name, let line, let fault): "\(name):\(line): \(fault)"
        case .rows(let rows, let isMore):
            rows.map { "\($0)" }.joined(separator: "\n") + (isMore ? "\nand more behind these" : "")
        case .noFiles: "no file was named"
        case .unknownFormat(let table): "\(table): which format is it? Name it, or name its columns"
        case .unknownKind(let table): "\(table): what are its rows? Give their kind"
        case .missingColumn(let table, let field, let known, let nearest):
            "\(table):1: no column for the \(field): expected \(known.joined(separator: " or "))"
                + (nearest.map { "; did you mean '\($0)'?" } ?? "")
        case .unmappedField(let table, let field): "\(table): no column was named for '\(field)'"
        case .columnBeyond(let table, let number, let count):
            "\(table):1: there is no column \(number): the line has \(count)"
        case .noHeader(let table, let column):
            "\(table):1: no column is called '\(column)': the table has no header line, give numbers"
        case .columnCount(let table, let count, let expected):
            "\(table):1: the line has \(count) columns: expected "
                + (expected.count == 1
                    ? "\(expected.lowerBound)" : "\(expected.lowerBound) to \(expected.upperBound)")
        case .unknownMarket(let table): "\(table): which market is it? Give its name"
        case .unknownPeriod(let table):
            "\(table): when do its candles end? Name the column of their close_time, or give their period"
        case .severalMarkets(let names):
            "base and quote are those of one market, and here are \(names.joined(separator: ", "))"
        case .unknownQuoteAsset(let market): "\(market): what is it quoted in? Give base and quote"
        case .noRows: "not one row tells of a market"
        case .overlap(let first, let second):
            "\(second): begins before \(first) ends; tables of a book follow each other"
        case .tooManyRows(let limit): "more than \(limit) rows, and out of order: too many to be sorted"
        case .contradiction(let market, let id, let at):
            "\(market): two rows of \(at) have the number \(id) and differ"
        case .target(let error): "\(error)"
        case .interrupted: "interrupted; nothing was written"
        }
    }
}
