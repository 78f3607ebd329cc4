import MarketModel
import Quantities

/// The cells of a row by what they hold, as exact values.
struct RowCells {
    typealias Text = UnsafeBufferPointer<UInt8>

    /// Bytes of a cell that are shown in an error.
    private static let shownMax = 40

    let columns: TableColumns
    let timeForm: TimeForm
    var row: TableRow

    func has(_ field: TableField) -> Bool { columns.index(of: field) != nil }

    func isEmpty(_ field: TableField) -> Bool {
        guard let index = columns.index(of: field), index < row.cells.count else { return true }
        return row.cells[index].isEmpty
    }

    func text(_ field: TableField) throws(RowFault) -> Text {
        try value(field) { text throws(CellFault) in text }
    }

    func time(_ field: TableField) throws(RowFault) -> Instant {
        try value(field) { text throws(CellFault) in
            guard let time = timeForm.read(text) else { throw .notATime(timeForm) }
            return time
        }
    }

    func positive<Number: FixedPoint>(_ field: TableField) throws(RowFault) -> Number {
        try value(field) { text throws(CellFault) in
            let number: Number = try Self.number(text)
            guard number.isPositive else { throw .notPositive }
            return number
        }
    }

    func notNegative<Number: FixedPoint>(_ field: TableField) throws(RowFault) -> Number {
        try value(field) { text throws(CellFault) in
            let number: Number = try Self.number(text)
            if number.isNegative { throw .negative }
            return number
        }
    }

    func whole(_ field: TableField) throws(RowFault) -> UInt64 {
        try value(field) { text throws(CellFault) in
            guard let number = WholeNumber.read(text) else { throw .notAnID }
            return number
        }
    }

    func boolean(_ field: TableField) throws(RowFault) -> Bool {
        try value(field) { text throws(CellFault) in
            switch Self.lower(text) {
            case "true", "1": return true
            case "false", "0": return false
            default: throw .notABoolean  // open set: texts
            }
        }
    }

    /// Nil for `unknown` and for nothing, which some tables have.
    func side(_ field: TableField) throws(RowFault) -> Side? {
        try value(field) { text throws(CellFault) in
            switch Self.lower(text) {
            case "buy", "b", "bid": return .buy
            case "sell", "s", "ask", "a": return .sell
            case "unknown", "": return nil
            default: throw .notASide  // open set: texts
            }
        }
    }

    /// The error of a cell.
    func fault(_ field: TableField, _ fault: CellFault) -> RowFault {
        let index = columns.index(of: field) ?? 0
        let cell = index < row.cells.count ? Array(row.cells[index].prefix(Self.shownMax)) : []
        let shown = cell.map { (0x20..<0x7F).contains($0) ? $0 : UInt8(ascii: "?") }
        return .cell(
            column: index + 1, name: columns.name(of: field), found: String(decoding: shown, as: UTF8.self),
            fault: fault)
    }

    private func value<Value>(
        _ field: TableField, _ read: (Text) throws(CellFault) -> Value
    ) throws(RowFault) -> Value {
        do throws(CellFault) {
            guard let index = columns.index(of: field), index < row.cells.count else { throw .missing }
            return try read(row.cells[index])
        } catch {
            throw self.fault(field, error)
        }
    }

    private static func number<Number: FixedPoint>(_ text: Text) throws(CellFault) -> Number {
        do throws(DecimalError) {
            return try Number(parsing: text)
        } catch {
            throw .notANumber(error)
        }
    }

    private static func lower(_ text: Text) -> String {
        text.count > 16 ? "?" : String(decoding: text, as: UTF8.self).lowercased()
    }
}
