import CSQLite

/// A connection to a SQLite database, for one thread at a time.
///
/// Opening touches nothing but the file's name: whether it is a database shows with the first
/// statement. The connection closes when it and all its statements are gone.
package final class Database {
    package enum Mode: Sendable {
        /// Reads and writes; the file is created when it is missing.
        case readWrite
        case readOnly
    }

    /// How long a statement waits for another connection before it fails as busy.
    package static let busyTimeoutMilliseconds: Int32 = 2_000

    package let path: String
    let handle: OpaquePointer

    package init(path: String, mode: Mode) throws(DatabaseError) {
        let flags: Int32
        switch mode {
        case .readWrite: flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        case .readOnly: flags = SQLITE_OPEN_READONLY
        }
        var opened: OpaquePointer?
        let status = sqlite3_open_v2(path, &opened, flags | SQLITE_OPEN_NOMUTEX, nil)
        guard status == SQLITE_OK, let opened else {
            // Even a failed opening leaves a handle, which has the words.
            let message = String(cString: sqlite3_errmsg(opened))
            sqlite3_close_v2(opened)
            throw DatabaseError(code: status, message: message, subject: path)
        }
        self.path = path
        handle = opened
        sqlite3_extended_result_codes(handle, 1)
        sqlite3_busy_timeout(handle, Self.busyTimeoutMilliseconds)
        try execute("PRAGMA foreign_keys = ON")
        // The schema of the file must not call functions with effects.
        try execute("PRAGMA trusted_schema = OFF")
    }

    deinit {
        sqlite3_close_v2(handle)
    }

    /// Runs statements that have no parameters and whose rows do not matter.
    package func execute(_ sql: String) throws(DatabaseError) {
        let status = sqlite3_exec(handle, sql, nil, nil, nil)
        if status != SQLITE_OK { throw error(status, sql) }
    }

    /// The number in the first column of the first row; 0 when there is none.
    package func integer(_ sql: String) throws(DatabaseError) -> Int64 {
        let statement = try Statement(self, sql)
        return try statement.step() ? statement.integer(0) : 0
    }

    /// How many rows the last INSERT, UPDATE or DELETE changed.
    package var changedRows: Int { Int(sqlite3_changes64(handle)) }

    /// Begins a transaction and takes the write lock at once, so that no later statement is busy.
    package func begin() throws(DatabaseError) {
        try execute("BEGIN IMMEDIATE")
    }

    package func commit() throws(DatabaseError) {
        try execute("COMMIT")
    }

    /// Undoes the open transaction; without one (SQLite ends it itself when the disk is full) it
    /// does nothing.
    package func rollBack() {
        guard sqlite3_get_autocommit(handle) == 0 else { return }
        // A failure here leaves the transaction to the recovery at the next opening.
        sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
    }

    /// The error of the last call.
    func error(_ status: Int32, _ subject: String) -> DatabaseError {
        DatabaseError(
            code: status, message: String(cString: sqlite3_errmsg(handle)), subject: subject)
    }
}
