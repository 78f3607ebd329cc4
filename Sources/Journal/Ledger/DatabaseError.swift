import CSQLite

/// A failure that SQLite reported.
package struct DatabaseError: Error, Equatable, Sendable {
    /// What kind of failure it is, as far as callers react differently.
    package enum Kind: Sendable {
        /// The disk or the size allowed is full.
        case full
        /// Another connection holds the database for longer than the busy timeout.
        case busy
        /// The content is damaged.
        case corrupt
        /// The file is something else.
        case notADatabase
        /// A row breaks a rule of the schema.
        case constraint
        /// The disk failed.
        case inputOutput
        /// The file cannot be opened.
        case cannotOpen
        /// The file or the connection does not allow writing.
        case readOnly
        /// Everything else: see the code.
        case other
    }

    /// SQLite's extended result code.
    package var code: Int32
    /// SQLite's words.
    package var message: String
    /// The file or the statement that failed.
    package var subject: String

    package var kind: Kind {
        switch code & 0xFF {
        case SQLITE_FULL: .full
        case SQLITE_BUSY, SQLITE_LOCKED: .busy
        case SQLITE_CORRUPT: .corrupt
        case SQLITE_NOTADB: .notADatabase
        case SQLITE_CONSTRAINT: .constraint
        case SQLITE_IOERR: .inputOutput
        case SQLITE_CANTOPEN: .cannotOpen
        case SQLITE_READONLY: .readOnly
        default: .other
        }
    }
}

extension DatabaseError: CustomStringConvertible {
    package var description: String { "\(message) (SQLite \(code)): \(subject)" }
}
