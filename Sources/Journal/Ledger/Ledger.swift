import CSQLite
import Glibc
import Quantities

/// The accounts of all runs, in a SQLite database that any notebook can read.
///
/// - A batch is one transaction: all of its rows are there, or none. What was recorded survives
///   the end of the process; after a power cut the last batches may be missing, never a part.
/// - Every row has a key. Recording a fact again changes nothing; another fact under the same key
///   is an error, except where a row says that the later one replaces it.
/// - One thread at a time. Other connections may read at any moment.
package final class Ledger {
    let database: Database

    package var path: String { database.path }

    /// Opens a ledger, and creates it (for its owner only) when there is none.
    ///
    /// Another program's file and a ledger of a later version are refused and left as they are.
    package init(path: String) throws(LedgerError) {
        try Self.createFile(path)
        database = try Self.inDatabase { () throws(DatabaseError) in
            try Database(path: path, mode: .readWrite)
        }
        let version = try schemaVersion()
        try Self.inDatabase { () throws(DatabaseError) in
            try database.execute("PRAGMA journal_mode = WAL")
            try database.execute("PRAGMA synchronous = NORMAL")
        }
        if version < LedgerSchema.version {
            try atomically { () throws(LedgerError) in try migrate() }
        }
    }

    /// Opens a ledger for reading only: nothing in it is changed, not even its version.
    package init(reading path: String) throws(LedgerError) {
        database = try Self.inDatabase { () throws(DatabaseError) in
            try Database(path: path, mode: .readOnly)
        }
        let version = try schemaVersion()
        guard version == LedgerSchema.version else {
            throw .olderSchema(path: path, found: version, known: LedgerSchema.version)
        }
    }

    /// Begins a run under a number that no other run has had.
    package func begin(_ record: RunRecord) throws(LedgerError) -> RunID {
        try Self.inDatabase { () throws(DatabaseError) in
            let insertion = try Statement(
                database,
                "INSERT INTO runs (started_at, mode, config_text, config_hash, seed, folder)"
                    + " VALUES (?, ?, ?, ?, ?, ?)")
            try insertion.bind(record.startedAt.nanoseconds, at: 1)
            try insertion.bind(record.mode, at: 2)
            try insertion.bind(record.configText, at: 3)
            try insertion.bind(record.configHash, at: 4)
            try insertion.bind(String(record.seed), at: 5)
            try insertion.bind(record.folder, at: 6)
            try insertion.run()
            return RunID(sqlite3_last_insert_rowid(database.handle))
        }
    }

    /// Forgets the runs of a folder: one that is gone on with is written anew from its tape, which has all of it.
    package func forget(folder: String) throws(LedgerError) {
        let tables = [
            "fill_mids", "notes", "prices", "markets", "equity", "balances", "entries", "fills", "orders",
        ]
        let runs = "SELECT id FROM runs WHERE folder = ?"
        let statements = tables.map { "DELETE FROM \($0) WHERE run IN (\(runs))" }
        try atomically { () throws(LedgerError) in
            try Self.inDatabase { () throws(DatabaseError) in
                for text in statements + ["DELETE FROM runs WHERE folder = ?"] {
                    let deletion = try Statement(database, text)
                    try deletion.bind(folder, at: 1)
                    try deletion.run()
                }
            }
        }
    }

    /// Ends a run; a second ending replaces the first.
    package func end(_ run: RunID, _ ending: RunRecord.Ending) throws(LedgerError) {
        try Self.inDatabase { () throws(DatabaseError) in
            let update = try Statement(
                database,
                "UPDATE runs SET ended_at = ?, outcome = ?, decisions = ?, decision_hash = ?"
                    + " WHERE id = ?")
            try update.bind(ending.at.nanoseconds, at: 1)
            try update.bind(ending.outcome, at: 2)
            try update.bind(ending.decisions, at: 3)
            try update.bind(hexadecimal(ending.decisionHash), at: 4)
            try update.bind(run.number, at: 5)
            try update.run()
        }
        if database.changedRows == 0 { throw .unknownRun(run) }
    }

    /// Records a batch, all of it or nothing; recording it again changes nothing.
    package func record(_ batch: LedgerBatch) throws(LedgerError) {
        var entries: [EntryRow] = []
        for transaction in batch.transactions {
            entries += try transaction.entries()
        }
        let count =
            batch.orders.count + batch.fills.count + entries.count + batch.balances.count
            + batch.equity.count + batch.markets.count + batch.prices.count + batch.fillMids.count
            + batch.notes.count
        guard count <= LedgerLimits.batchRowsMax else { throw .batchTooLarge(rows: count) }
        try atomically { () throws(LedgerError) in
            try insert(batch.orders)
            try insert(batch.fills)
            try insert(entries)
            try insert(batch.balances)
            try insert(batch.equity)
            try insert(batch.markets)
            try insert(batch.prices)
            try insert(batch.fillMids)
            try insert(batch.notes)
        }
    }

    /// Moves what is in the write-ahead log into the database file, as far as readers let it.
    package func checkpoint() throws(LedgerError) {
        try Self.inDatabase { () throws(DatabaseError) in
            try database.execute("PRAGMA wal_checkpoint(PASSIVE)")
        }
    }

    // MARK: - Reading

    /// The record of a run; nil when it was never begun.
    package func run(_ id: RunID) throws(LedgerError) -> RunRecord? {
        let query = try prepare(
            "SELECT started_at, mode, config_text, config_hash, seed, ended_at, outcome, decisions,"
                + " decision_hash, folder FROM runs WHERE id = \(id.number)")
        guard try step(query) else { return nil }
        var record = RunRecord(
            startedAt: Instant(nanoseconds: query.integer(0)), mode: query.text(1),
            configText: query.text(2), configHash: query.text(3),
            seed: try number(query.text(4), radix: 10, column: "seed"),
            folder: query.isNull(9) ? nil : query.text(9))
        if !query.isNull(5) {
            record.ending = RunRecord.Ending(
                at: Instant(nanoseconds: query.integer(5)), outcome: query.text(6),
                decisions: query.integer(7),
                decisionHash: try number(query.text(8), radix: 16, column: "decision_hash"))
        }
        return record
    }

    /// Calls `body` with the rows of a run, in the order of their keys.
    package func forEach<Row: LedgerRow>(
        _ type: Row.Type, of run: RunID, _ body: (Row) throws(LedgerError) -> Void
    ) throws(LedgerError) {
        let query = try prepare(Row.table.selection)
        do throws(DatabaseError) {
            try query.bind(run.number, at: 1)
        } catch {
            throw .database(error)
        }
        while try step(query) {
            var columns = ColumnReader(query, Row.table)
            try body(try Row(reading: &columns))
        }
    }

    /// What every account holds of every asset after all transactions of a run: exact, in the order
    /// of accounts and assets, and zero in sum for every asset.
    package func trialBalance(of run: RunID) throws(LedgerError) -> [LedgerTransaction.Posting] {
        var sums: [[String]: Amount] = [:]
        try forEach(EntryRow.self, of: run) { (entry: EntryRow) throws(LedgerError) in
            let key = [entry.posting.account, entry.posting.asset]
            do throws(ArithmeticError) {
                sums[key] = try sums[key, default: .zero].adding(entry.posting.amount)
            } catch {
                throw .amountOutOfRange(column: "amount")
            }
        }
        return sums.sorted { $0.key.lexicographicallyPrecedes($1.key) }
            .map { LedgerTransaction.Posting($0.key[0], $0.key[1], $0.value) }
    }
}

// MARK: - Writing

extension Ledger {
    private func insert<Row: LedgerRow>(_ rows: [Row]) throws(LedgerError) {
        if rows.isEmpty { return }
        let insertion = try prepare(Row.table.insertion)
        for row in rows {
            var columns = ColumnWriter(insertion, Row.table)
            try row.write(to: &columns)
            do throws(DatabaseError) {
                try insertion.run()
            } catch {
                let isUnknownRun = error.code == csqlite_constraint_foreign_key
                throw isUnknownRun ? .unknownRun(row.run) : .database(error)
            }
            if database.changedRows == 0 {
                throw .conflict(table: Row.table.name, key: row.key)
            }
        }
    }

    /// Runs `body` in a transaction, which is undone when it throws.
    private func atomically(_ body: () throws(LedgerError) -> Void) throws(LedgerError) {
        try Self.inDatabase { () throws(DatabaseError) in try database.begin() }
        do throws(LedgerError) {
            try body()
            try Self.inDatabase { () throws(DatabaseError) in try database.commit() }
        } catch {
            database.rollBack()
            throw error
        }
    }

    func prepare(_ sql: String) throws(LedgerError) -> Statement {
        try Self.inDatabase { () throws(DatabaseError) in try Statement(database, sql) }
    }

    func step(_ query: Statement) throws(LedgerError) -> Bool {
        try Self.inDatabase { () throws(DatabaseError) in try query.step() }
    }

    private func number(
        _ text: String, radix: Int, column: String
    ) throws(LedgerError) -> UInt64 {
        guard let number = UInt64(text, radix: radix) else {
            throw .unreadableNumber(column: column, text: text)
        }
        return number
    }
}

// MARK: - Opening

extension Ledger {
    /// Creates an empty file that only its owner may read, unless there is one.
    ///
    /// An existing file is not even opened here: closing it would drop the locks that another
    /// connection of this process has on it.
    private static func createFile(_ path: String) throws(LedgerError) {
        do throws(FileError) {
            _ = try OpenFile(
                path, O_RDWR | O_CREAT | O_EXCL, permissions: S_IRUSR | S_IWUSR, as: .create)
        } catch {
            guard error.code == EEXIST else { throw .file(error) }
            var status = stat()
            // SQLite takes a file of one byte for an empty one, and would overwrite it.
            if stat(path, &status) == 0, status.st_size == 1 { throw .foreignFile(path: path) }
        }
    }

    /// The version of the file, 0 for a new one. Refuses files that are not ours, before anything
    /// is written.
    private func schemaVersion() throws(LedgerError) -> Int {
        let owner: Int64
        let version: Int64
        let tables: Int64
        do throws(DatabaseError) {
            owner = try database.integer("PRAGMA application_id")
            version = try database.integer("PRAGMA user_version")
            tables = try database.integer("SELECT count(*) FROM sqlite_schema")
        } catch {
            throw error.kind == .notADatabase ? .foreignFile(path: path) : .database(error)
        }
        let isNew = owner == 0 && version == 0 && tables == 0
        guard isNew || owner == LedgerSchema.applicationID else { throw .foreignFile(path: path) }
        guard version <= LedgerSchema.version else {
            throw .newerSchema(path: path, found: Int(version), known: LedgerSchema.version)
        }
        return Int(version)
    }

    /// Brings the schema to the version of this program, inside a transaction.
    private func migrate() throws(LedgerError) {
        try Self.inDatabase { () throws(DatabaseError) in
            // Asked again under the lock: another process may have been faster.
            let version = Int(try database.integer("PRAGMA user_version"))
            guard version < LedgerSchema.version else { return }
            for migration in LedgerSchema.migrations[max(0, version)...] {
                try database.execute(migration)
            }
            try database.execute("PRAGMA application_id = \(LedgerSchema.applicationID)")
            try database.execute("PRAGMA user_version = \(LedgerSchema.version)")
        }
    }

    private static func inDatabase<Result>(
        _ body: () throws(DatabaseError) -> Result
    ) throws(LedgerError) -> Result {
        do throws(DatabaseError) {
            return try body()
        } catch {
            throw .database(error)
        }
    }
}

/// Sixteen hexadecimal digits.
private func hexadecimal(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
}
