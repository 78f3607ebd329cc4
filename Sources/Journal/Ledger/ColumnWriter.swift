import Quantities

/// Binds the values of a row to a statement, column after column.
package struct ColumnWriter {
    private let statement: Statement
    private let columns: [String]
    private var index = 0

    init(_ statement: Statement, _ table: LedgerTable) {
        self.statement = statement
        columns = table.columns
    }

    mutating func write(_ run: RunID) throws(LedgerError) {
        try write(run.number)
    }

    mutating func write(_ number: Int64) throws(LedgerError) {
        index += 1
        do throws(DatabaseError) {
            try statement.bind(number, at: Int32(index))
        } catch {
            throw .database(error)
        }
    }

    mutating func write(_ text: String?) throws(LedgerError) {
        index += 1
        do throws(DatabaseError) {
            try statement.bind(text, at: Int32(index))
        } catch {
            throw .database(error)
        }
    }

    mutating func write(_ time: Instant) throws(LedgerError) {
        try write(time.nanoseconds)
    }

    mutating func write(_ time: Instant?) throws(LedgerError) {
        if let time { try write(time.nanoseconds) } else { try write(String?.none) }
    }

    /// Writes the shortest exact text of an amount.
    mutating func write(_ amount: some FixedPoint) throws(LedgerError) {
        guard amount.raw.magnitude < LedgerLimits.rawMagnitudeEnd else {
            throw .amountOutOfRange(column: columns[index])
        }
        try write(amount.description)
    }

    mutating func write<Value: FixedPoint>(_ amount: Value?) throws(LedgerError) {
        if let amount { try write(amount) } else { try write(String?.none) }
    }
}

/// The limits of the ledger that are not a table's own.
package enum LedgerLimits {
    /// The rows of one batch: what one transaction of the database holds at most.
    package static let batchRowsMax = 100_000

    /// Amounts are below 10^18 units, the most that a text of an amount may have.
    static let rawMagnitudeEnd: UInt128 = 1_000_000_000_000_000_000 * UInt128(FixedPointScale.unit)
}
