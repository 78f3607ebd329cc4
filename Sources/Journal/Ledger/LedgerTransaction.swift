import Quantities

/// A movement of assets between accounts, in double entry: in every asset the postings add up to
/// zero. It is named by run and id, and never changed.
package struct LedgerTransaction: Equatable, Sendable {
    /// The most postings of one transaction.
    package static let postingsMax = 64

    package struct Posting: Equatable, Sendable {
        package var account: String
        package var asset: String
        /// Positive into the account, negative out of it.
        package var amount: Amount

        package init(_ account: String, _ asset: String, _ amount: Amount) {
            self.account = account
            self.asset = asset
            self.amount = amount
        }
    }

    package var run: RunID
    package var id: String
    package var at: Instant
    package var postings: [Posting]

    package init(run: RunID, id: String, at: Instant, postings: [Posting]) {
        self.run = run
        self.id = id
        self.at = at
        self.postings = postings
    }

    /// The rows that it consists of, or the reason why it is no transaction.
    func entries() throws(LedgerError) -> [EntryRow] {
        guard (1...Self.postingsMax).contains(postings.count) else {
            throw .wrongPostingCount(transaction: id, count: postings.count)
        }
        for posting in postings {
            // Sixty-four amounts below 10^18 units are far from the end of the range.
            guard posting.amount.raw.magnitude < LedgerLimits.rawMagnitudeEnd else {
                throw .amountOutOfRange(column: "amount")
            }
        }
        for posting in postings {
            let sum = postings.lazy.filter { $0.asset == posting.asset }
                .reduce(Amount.zero) { $0 + $1.amount }
            guard sum.isZero else {
                throw .unbalanced(transaction: id, asset: posting.asset, sum: sum)
            }
        }
        return postings.indices.map { leg in
            EntryRow(
                run: run, transactionID: id, leg: leg, legs: postings.count, at: at,
                posting: postings[leg])
        }
    }
}

/// One posting of a transaction as a row of the table `entries`.
package struct EntryRow: LedgerRow {
    package var run: RunID
    package var transactionID: String
    /// Which posting it is, from 0.
    package var leg: Int
    /// How many postings the transaction has.
    package var legs: Int
    package var at: Instant
    package var posting: LedgerTransaction.Posting

    init(
        run: RunID, transactionID: String, leg: Int, legs: Int, at: Instant,
        posting: LedgerTransaction.Posting
    ) {
        self.run = run
        self.transactionID = transactionID
        self.leg = leg
        self.legs = legs
        self.at = at
        self.posting = posting
    }

    package static let table = LedgerTable(
        name: "entries", key: ["run", "transaction_id", "leg"],
        fixed: ["legs", "at", "account", "asset", "amount"], changing: [])

    package var key: String { "\(transactionID) leg \(leg)" }

    package func write(to columns: inout ColumnWriter) throws(LedgerError) {
        try columns.write(run)
        try columns.write(transactionID)
        try columns.write(Int64(leg))
        try columns.write(Int64(legs))
        try columns.write(at)
        try columns.write(posting.account)
        try columns.write(posting.asset)
        try columns.write(posting.amount)
    }

    package init(reading columns: inout ColumnReader) throws(LedgerError) {
        run = columns.run()
        transactionID = columns.text()
        leg = Int(columns.integer())
        legs = Int(columns.integer())
        at = columns.time()
        let account = columns.text()
        let asset = columns.text()
        posting = LedgerTransaction.Posting(account, asset, try columns.amount())
    }
}
