import Quantities

/// Why the ledger refused something.
package enum LedgerError: Error, Equatable, Sendable {
    /// SQLite failed: disk full, busy, damaged, a broken rule of the schema.
    case database(DatabaseError)
    /// The file cannot be created or read.
    case file(FileError)
    /// The file is no ledger: another program's database, or no database at all.
    case foreignFile(path: String)
    /// A later version of Martlet has written the ledger.
    case newerSchema(path: String, found: Int, known: Int)
    /// An earlier version of Martlet has written the ledger, and it is opened for reading only.
    case olderSchema(path: String, found: Int, known: Int)
    /// The postings of a transaction do not add up to zero in an asset.
    case unbalanced(transaction: String, asset: String, sum: Amount)
    /// A transaction without postings, or with more than `LedgerTransaction.postingsMax`.
    case wrongPostingCount(transaction: String, count: Int)
    /// More rows than `LedgerLimits.batchRowsMax`.
    case batchTooLarge(rows: Int)
    /// Different facts under a key that is already there.
    case conflict(table: String, key: String)
    /// The run was never begun.
    case unknownRun(RunID)
    /// An amount beyond ±10^18 units, which could be written but not read back.
    case amountOutOfRange(column: String)
    /// A stored text that is no exact decimal.
    case unreadableAmount(column: String, text: String)
    /// A stored text that is no number of 64 bits in its notation.
    case unreadableNumber(column: String, text: String)
}

extension LedgerError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .database(let error): "the ledger failed: \(error)"
        case .file(let error): error.description
        case .foreignFile(let path): "\(path) is not a ledger of Martlet; it was left as it is"
        case .newerSchema(let path, let found, let known):
            "\(path) has schema \(found), this program knows schema \(known) and older ones"
        case .olderSchema(let path, let found, let known):
            "\(path) is of an earlier version (schema \(found), this program reads \(known));"
                + " the next run that is recorded beside it brings it up to date"
        case .unbalanced(let transaction, let asset, let sum):
            "transaction \(transaction) does not balance: \(sum) \(asset) left over"
        case .wrongPostingCount(let transaction, let count):
            "transaction \(transaction) has \(count) postings,"
                + " not 1 to \(LedgerTransaction.postingsMax)"
        case .batchTooLarge(let rows):
            "a batch of \(rows) rows, at most \(LedgerLimits.batchRowsMax) go together"
        case .conflict(let table, let key): "\(table): \(key) is already there with other facts"
        case .unknownRun(let run): "run \(run.number) was never begun"
        case .amountOutOfRange(let column): "\(column): an amount of 10^18 or more"
        case .unreadableAmount(let column, let text): "\(column): '\(text)' is no exact decimal"
        case .unreadableNumber(let column, let text): "\(column): '\(text)' is no number"
        }
    }
}
