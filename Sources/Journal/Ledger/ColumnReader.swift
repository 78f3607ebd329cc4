import Quantities

/// Takes the values of a row from a statement, column after column.
package struct ColumnReader {
    private let statement: Statement
    private let columns: [String]
    private var index: Int32 = -1

    init(_ statement: Statement, _ table: LedgerTable) {
        self.statement = statement
        columns = table.columns
    }

    mutating func run() -> RunID { RunID(integer()) }

    mutating func integer() -> Int64 {
        index += 1
        return statement.integer(index)
    }

    mutating func text() -> String {
        index += 1
        return statement.text(index)
    }

    mutating func optionalText() -> String? {
        index += 1
        return statement.isNull(index) ? nil : statement.text(index)
    }

    mutating func time() -> Instant { Instant(nanoseconds: integer()) }

    mutating func optionalTime() -> Instant? {
        index += 1
        return statement.isNull(index) ? nil : Instant(nanoseconds: statement.integer(index))
    }

    mutating func amount<Value: FixedPoint>() throws(LedgerError) -> Value {
        let text = text()
        do throws(DecimalError) {
            return try Value(text)
        } catch {
            throw .unreadableAmount(column: columns[Int(index)], text: text)
        }
    }

    mutating func optionalAmount<Value: FixedPoint>() throws(LedgerError) -> Value? {
        if statement.isNull(index + 1) {
            index += 1
            return nil
        }
        return try amount()
    }
}
