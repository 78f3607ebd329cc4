import Quantities

/// The number of a run in its ledger: never used twice.
package struct RunID: Hashable, Sendable {
    package var number: Int64
    package init(_ number: Int64) { self.number = number }
}

/// A row of one of the tables that hold the facts of a run.
///
/// `write` and `init(reading:)` go through the columns in the order of `table`.
package protocol LedgerRow: Equatable, Sendable {
    static var table: LedgerTable { get }
    var run: RunID { get }
    /// The row's name within its run, for messages.
    var key: String { get }
    func write(to columns: inout ColumnWriter) throws(LedgerError)
    init(reading columns: inout ColumnReader) throws(LedgerError)
}

/// A table as the ledger writes it: which columns name a row, which may change, which may not.
package struct LedgerTable: Sendable {
    package let name: String
    /// The columns that name a row; first, and the run is the first of them.
    let key: [String]
    /// What never changes: a row that is there with something else here is a conflict.
    let fixed: [String]
    /// What the latest row replaces.
    let changing: [String]

    var columns: [String] { key + fixed + changing }

    /// Inserts a row; changes no row when the key is there with other fixed facts.
    var insertion: String {
        let marks = repeatElement("?", count: columns.count).joined(separator: ", ")
        // Setting a key to itself: so that an equal row counts as changed, and a conflict as not.
        let updates = (changing.isEmpty ? [key[0]] : changing)
            .map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
        let equals = fixed.map { " AND \(name).\($0) IS excluded.\($0)" }.joined()
        return "INSERT INTO \(name) (\(columns.joined(separator: ", "))) VALUES (\(marks))"
            + " ON CONFLICT (\(key.joined(separator: ", "))) DO UPDATE SET \(updates) WHERE true"
            + equals
    }

    /// All rows of a run, in the order of their keys.
    var selection: String {
        "SELECT \(columns.joined(separator: ", ")) FROM \(name) WHERE run = ?"
            + " ORDER BY \(key.joined(separator: ", "))"
    }
}
