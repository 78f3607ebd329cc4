import Quantities

/// How tables are imported.
package struct ImportSettings: Sendable {
    package var table = TableDescription()
    /// Rows that may be left out because they cannot be read; one more ends the import.
    package var refusedMax = 0
    /// Whether quotes are inferred where there are trades alone.
    package var infersQuotes = true
    /// The shortest silence of a market that the summary mentions.
    package var silenceMin = Interval.minutes(1)
    /// How long candles last, where no column tells when they close.
    package var period: Interval?
    /// Rows that are sorted in memory at a time; 40 MiB. What is more goes through a file beside the target.
    package var sortedRowsMax = 1 << 19
    /// Rows between two reports of progress.
    package var reportRows = 1 << 16

    package init() {}
}

/// How far an import has come.
package struct ImportProgress: Equatable, Sendable {
    package enum Stage: String, Sendable {
        /// The first reading: are all rows good, how many digits have they, are they in order.
        case checking
        case sorting
        case writing
    }

    package var stage: Stage
    /// Bytes as stored, of all tables.
    package var done: Int
    package var total: Int
    package var rows: Int
}
