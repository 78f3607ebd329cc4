import CSQLite

/// A prepared statement: bind its parameters, step through its rows, reset, again.
///
/// Parameters count from 1 and columns from 0, as SQLite has them. It keeps its connection open.
package final class Statement {
    package let database: Database
    private let sql: String
    private let handle: OpaquePointer

    /// Prepares the first statement of a text.
    package init(_ database: Database, _ sql: String) throws(DatabaseError) {
        var prepared: OpaquePointer?
        let status = sqlite3_prepare_v2(database.handle, sql, -1, &prepared, nil)
        guard status == SQLITE_OK else { throw database.error(status, sql) }
        guard let prepared else {
            throw DatabaseError(code: SQLITE_MISUSE, message: "no statement", subject: sql)
        }
        self.database = database
        self.sql = sql
        handle = prepared
    }

    deinit {
        sqlite3_finalize(handle)
    }

    package func bind(_ value: Int64, at index: Int32) throws(DatabaseError) {
        try check(sqlite3_bind_int64(handle, index, value))
    }

    /// Binds a text, or NULL for nil.
    package func bind(_ value: String?, at index: Int32) throws(DatabaseError) {
        guard var text = value else {
            try check(sqlite3_bind_null(handle, index))
            return
        }
        let status = text.withUTF8 { bytes -> Int32 in
            guard let count = Int32(exactly: bytes.count) else { return SQLITE_TOOBIG }
            return bytes.withMemoryRebound(to: CChar.self) {
                // The base address of an empty text may be missing, which SQLite takes for NULL.
                guard let base = $0.baseAddress else {
                    return csqlite_bind_text(handle, index, "", 0)
                }
                return csqlite_bind_text(handle, index, base, count)
            }
        }
        try check(status)
    }

    /// Runs to the next row; false when there is none. After an error the statement is reset.
    package func step() throws(DatabaseError) -> Bool {
        let status = sqlite3_step(handle)
        if status == SQLITE_ROW { return true }
        if status == SQLITE_DONE { return false }
        let error = database.error(status, sql)
        sqlite3_reset(handle)
        throw error
    }

    /// Runs a statement without rows, and makes it ready for the next time.
    package func run() throws(DatabaseError) {
        _ = try step()
        sqlite3_reset(handle)
    }

    /// Makes the statement ready to run again; parameters stay bound.
    package func reset() {
        sqlite3_reset(handle)
    }

    /// How many columns a row has.
    package var columnCount: Int32 { sqlite3_column_count(handle) }

    package func isNull(_ column: Int32) -> Bool {
        sqlite3_column_type(handle, column) == SQLITE_NULL
    }

    package func integer(_ column: Int32) -> Int64 {
        sqlite3_column_int64(handle, column)
    }

    /// The text of a column; empty for NULL.
    package func text(_ column: Int32) -> String {
        guard let bytes = sqlite3_column_text(handle, column) else { return "" }
        let count = Int(sqlite3_column_bytes(handle, column))
        return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }

    private func check(_ status: Int32) throws(DatabaseError) {
        if status != SQLITE_OK { throw database.error(status, sql) }
    }
}
